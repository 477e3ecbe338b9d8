// Compares the interactive form before and after one step: filled fields, signed fields, new signature fields.
// Everything else that happens to the form is refused.
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfValue,
  type PdfView,
  textOf,
} from '../../pdf';
import { changedKeys } from './equality';
import type { Explanation } from './explanation';
import { readValue } from './graph';
import { showsItsValue } from './shown-text';

/** What a field may change when it is filled. */
const fillKeys = new Set(['V', 'AP', 'AS', 'M', 'I', 'TI', 'RV']);
/** What an empty signature field may change when it is signed. */
const signKeys = new Set(['V', 'AP', 'AS', 'M', 'P', 'F', 'Rect', 'MK', 'DA']);
/** What makes a bare signature field a widget: may be added when it is signed, never altered. */
const widgetMarks: ReadonlyMap<string, string> = new Map([
  ['Type', 'Annot'],
  ['Subtype', 'Widget'],
]);
/** What the form's own dictionary may change beside /Fields. */
const formKeys = new Set(['DR', 'DA', 'Q', 'NeedAppearances']);

const maxFields = 100_000;
const maxDepth = 64;

interface Inherited {
  readonly name: string;
  readonly type: string | undefined;
  /** True below a field that was signed before this step: nothing there may change any more. */
  readonly signed: boolean;
  /** A field above holds a signature after this step. */
  readonly signedNow: boolean;
  /** The value of a field above changed in this step: its widgets may then look different. */
  readonly valueChanged: boolean;
  /** /V and /Ff after this step, own or of a field above. */
  readonly value: PdfValue | undefined;
  readonly flags: PdfValue | undefined;
  readonly depth: number;
}

/** Where a dictionary stands: its object, and the way inside it when it is written directly in another. */
interface Site {
  readonly holder: number;
  readonly path: string;
}

export class FieldComparison {
  /** Widgets of signature fields that are new or newly signed: a page may list them. */
  readonly signatureWidgets = new Set<number>();
  /** Viewers paint every value anew, as the signer already let them: appearances say nothing then. */
  private madeAnew = false;
  #count = 0;
  readonly #seen = new Set<number>();

  constructor(
    readonly step: Explanation,
    readonly before: PdfView,
    readonly after: PdfView,
  ) {}

  /** Compares the forms of two catalogs; `catalog` is the catalog's object number. */
  compareForms(catalog: number, before: PdfValue | undefined, after: PdfValue | undefined): void {
    const one = this.before.resolve(before);
    const other = this.after.resolve(after);
    if (other === null && one === null) return;
    if (!isDict(other) || (one !== null && !isDict(one))) {
      this.step.refuse('form removed or malformed');
      return;
    }
    const site: Site = isRef(before)
      ? { holder: before.number, path: '' }
      : { holder: catalog, path: 'AcroForm/' };
    if (isRef(before)) this.step.settle(before.number);
    const old: PdfDict | undefined = one ?? undefined;
    this.madeAnew = entryOf(other, 'NeedAppearances') === true;
    for (const key of old === undefined ? [...other.entries.keys()] : changedKeys(old, other)) {
      if (key === 'Fields') continue;
      if (key === 'SigFlags') this.step.raise('lta');
      else if (key === 'NeedAppearances' && entryOf(other, key) === true) {
        // Viewers would then paint every value anew: another picture than the signed one.
        this.step.refuse('appearances are to be made anew');
      } else if (formKeys.has(key)) this.step.raise(old === undefined ? 'lta' : 'form');
      else this.step.refuse(`form key ${key}`);
    }
    this.step.allowSubtree(
      site.holder,
      `${site.path}DR`,
      old === undefined ? undefined : entryOf(old, 'DR'),
      'form',
    );
    const root: Inherited = {
      name: '',
      type: undefined,
      signed: false,
      signedNow: false,
      valueChanged: false,
      value: undefined,
      flags: undefined,
      depth: 0,
    };
    this.compareLists(site, 'Fields', old, other, root);
  }

  /** Compares an array of fields or widgets: what was there stays in order, what is new is a signature field. */
  private compareLists(
    site: Site,
    key: string,
    before: PdfDict | undefined,
    after: PdfDict,
    inherited: Inherited,
  ): void {
    const oldEntry = before === undefined ? undefined : entryOf(before, key);
    const newEntry = entryOf(after, key);
    const oldList = this.before.resolve(oldEntry);
    const newList = this.after.resolve(newEntry);
    if (isRef(oldEntry)) this.step.allowList(site.holder, `${site.path}${key}`, oldEntry.number);
    const oldItems = isArray(oldList) ? oldList.items : [];
    const newItems = isArray(newList) ? newList.items : [];
    let place = 0;
    for (const [index, item] of newItems.entries()) {
      const old = oldItems[place];
      if (isRef(item) && isRef(old) && old.number === item.number) {
        place += 1;
        this.compareField(item.number, inherited);
      } else if (isRef(item)) {
        if (inherited.signed) this.step.refuse('widget added to a signed field');
        this.meetNewField(item.number, inherited);
      } else if (isDict(item) && isDict(old)) {
        place += 1;
        const inside = isRef(oldEntry) ? oldEntry.number : site.holder;
        const path = isRef(oldEntry) ? `/${place - 1}/` : `${site.path}${key}/${place - 1}/`;
        this.compareDicts({ holder: inside, path }, old, item, inherited);
      } else this.step.refuse(`field ${index} of ${inherited.name || 'the form'} is written directly`);
    }
    if (place < oldItems.length) this.step.refuse(`field removed from ${inherited.name || 'the form'}`);
  }

  /** False, and refused, for a circle, a field in two places, or a tree without end. */
  private enter(number: number, inherited: Inherited): boolean {
    this.#count += 1;
    const fine = this.#count <= maxFields && inherited.depth <= maxDepth && !this.#seen.has(number);
    this.#seen.add(number);
    if (!fine) this.step.refuse('field tree too large, too deep or a circle', 'changes-unreadable');
    return fine;
  }

  private compareField(number: number, inherited: Inherited): void {
    if (!this.enter(number, inherited)) return;
    const one = readValue(this.before, number);
    const other = readValue(this.after, number);
    if (!isDict(one) || !isDict(other)) {
      // A place in the list that led nowhere and still does.
      if (one === undefined && other === undefined) return;
      this.step.refuse(`field ${number} is no dictionary`);
      return;
    }
    if (this.compareDicts({ holder: number, path: '' }, one, other, inherited)) this.step.settle(number);
  }

  /** Returns false when the change was refused. */
  private compareDicts(site: Site, before: PdfDict, after: PdfDict, inherited: Inherited): boolean {
    const differing = changedKeys(before, after);
    const keys = differing.filter((key) => key !== 'Kids');
    const named = this.inherit(this.before, before, inherited, keys.includes('V'));
    const own: Inherited = {
      ...named,
      value: entryOf(after, 'V') ?? inherited.value,
      flags: entryOf(after, 'Ff') ?? inherited.flags,
    };
    const wasSigned = own.signed;
    const isSigned = own.type === 'Sig' && this.after.get(after, 'V') !== null;
    const refused = keys.filter((key) => !this.mayChange(key, own, before, after));
    for (const key of refused) {
      const active = key === 'A' || key === 'AA';
      this.step.refuse(`field ${own.name} key ${key}`, active ? 'changes-active-content' : 'changes-other');
    }
    const fine = refused.length === 0;
    const kids = this.after.get(after, 'Kids');
    if (isArray(kids) && kids.items.length > 0) this.compareLists(site, 'Kids', before, after, own);
    else if (differing.includes('Kids')) this.step.refuse(`field ${own.name} key Kids`);
    if (wasSigned) return fine;
    if (isSigned && keys.includes('V')) {
      this.step.filled.add(own.name);
      this.noteWidgets(site, kids);
      this.step.raise(this.signatureLevel(after));
    } else if (keys.length > 0) {
      this.step.filled.add(own.name);
      this.step.raise('form');
      if (own.type === 'Sig' && this.shows(after)) this.step.unsignedPicture = true;
    }
    if (own.type === 'Tx' && own.valueChanged) this.checkText(after, own);
    // A field that looks different while its value stays is another document (shadow attack by replacement).
    const mayLookDifferent = own.type === 'Sig' || own.valueChanged;
    for (const key of mayLookDifferent ? ['AP', 'V', 'RV'] : ['V']) {
      this.step.allowSubtree(site.holder, `${site.path}${key}`, entryOf(before, key), 'form', own.name);
    }
    return fine;
  }

  /** A filled field that shows something else than its value would say one thing to people and another to programs. */
  private checkText(field: PdfDict, { name, value, flags }: Inherited): void {
    if (this.madeAnew) return;
    const set = this.after.resolve(flags);
    if (showsItsValue(this.after, field, this.after.resolve(value), typeof set === 'number' ? set : 0))
      return;
    this.step.refuse(`field ${name} does not show its value`, 'changes-appearance-differs');
  }

  private mayChange(key: string, own: Inherited, before: PdfDict, after: PdfDict): boolean {
    if (own.signed) return false;
    if (own.type !== 'Sig') return fillKeys.has(key) && (own.valueChanged || key !== 'AP');
    const mark = widgetMarks.get(key);
    if (mark !== undefined) return !before.entries.has(key) && isName(entryOf(after, key), mark);
    return signKeys.has(key);
  }

  private noteWidgets(site: Site, kids: PdfValue): void {
    if (site.path === '') this.signatureWidgets.add(site.holder);
    for (const kid of isArray(kids) ? kids.items : []) if (isRef(kid)) this.signatureWidgets.add(kid.number);
  }

  /** A time stamp that shows nothing only prolongs what is there (EN 319 142-1); all else is a signature. */
  private signatureLevel(field: PdfDict): 'lta' | 'signature' {
    const value = this.after.get(field, 'V');
    if (!isDict(value) || !isName(this.after.get(value, 'SubFilter'), 'ETSI.RFC3161')) return 'signature';
    return this.isVisible(field) ? 'signature' : 'lta';
  }

  private isUnsigned(field: PdfDict, inherited: Inherited): boolean {
    return this.after.get(field, 'V') === null && !inherited.signedNow;
  }

  /** True when the widget has an appearance with anything in it; comments, white space and q Q paint nothing. */
  private shows(field: PdfDict): boolean {
    const appearance = this.after.get(field, 'AP');
    if (appearance === null || !this.isVisible(field)) return false;
    const normal = isDict(appearance) ? this.after.get(appearance, 'N') : null;
    if (!isStream(normal)) return true;
    const text = Buffer.from(this.after.decoded(normal)).toString('latin1');
    return text.replace(/%[^\r\n]*/g, '').replace(/[qQ\s\0]/g, '') !== '';
  }

  private isVisible(field: PdfDict): boolean {
    const box = this.after.get(field, 'Rect');
    const [left, bottom, right, top] = isArray(box) ? box.items : [];
    return left !== right && bottom !== top;
  }

  private meetNewField(number: number, inherited: Inherited): void {
    if (!this.enter(number, inherited)) return;
    if (this.step.graph.reached.has(number)) {
      this.step.refuse(`field ${number} was something else before`);
      return;
    }
    const field = readValue(this.after, number);
    if (!isDict(field)) {
      this.step.refuse(`new field ${number} is no dictionary`);
      return;
    }
    const own = this.inherit(this.after, field, inherited, true);
    const kids = this.after.get(field, 'Kids');
    if (field.entries.has('AA') || field.entries.has('A')) {
      this.step.refuse(`new field ${own.name} acts`, 'changes-active-content');
      return;
    }
    if (own.type === 'Sig') {
      this.signatureWidgets.add(number);
      this.step.raise(this.signatureLevel(field));
      if (this.isVisible(field)) this.step.newVisibleField = true;
      if (this.shows(field) && this.isUnsigned(field, inherited)) this.step.unsignedPicture = true;
    } else if (!isArray(kids) || kids.items.length === 0) {
      this.step.refuse(`new field ${own.name} is not for a signature`);
      return;
    }
    for (const kid of isArray(kids) ? kids.items : []) {
      if (isRef(kid)) this.meetNewField(kid.number, own);
      else this.step.refuse(`kid of ${own.name} is written directly`);
    }
  }

  private inherit(view: PdfView, field: PdfDict, inherited: Inherited, valueChanged: boolean): Inherited {
    const partial = view.get(field, 'T');
    const type = view.get(field, 'FT');
    const name = isString(partial) ? textOf(partial.bytes) : '';
    const kind = isName(type) ? type.name : inherited.type;
    return {
      name: [inherited.name, name].filter((part) => part !== '').join('.'),
      type: kind,
      signed: inherited.signed || (view === this.before && kind === 'Sig' && view.get(field, 'V') !== null),
      signedNow: inherited.signedNow || (view === this.after && view.get(field, 'V') !== null),
      valueChanged: inherited.valueChanged || valueChanged,
      value: inherited.value,
      flags: inherited.flags,
      depth: inherited.depth + 1,
    };
  }
}
