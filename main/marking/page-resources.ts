// Gives pages new named objects to draw, in the dictionary they already draw from (their own, one they share, or one they inherit),
// and a file new pages behind its last. It touches the smallest object that holds it, and each object once.
import { Failure } from '../../preload/contract/failure';
import {
  appendItem,
  dictOf,
  entryOf,
  type Increment,
  isArray,
  isDict,
  isRef,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfPage,
  type PdfRef,
  type PdfValue,
  refSyntax,
  type Splice,
  setKey,
} from '../pdf';

/** A dictionary and the object in whose bytes it stands. */
interface Home {
  readonly object: PdfObject;
  readonly dict: PdfDict;
}

/** References, and parents of pages, followed at most. */
const longest = 64;

function homeOf(file: PdfFile, holder: PdfObject, value: PdfValue | undefined): Home | undefined {
  let object: PdfObject | undefined = holder;
  let current = value;
  for (let step = 0; step < longest && isRef(current); step += 1) {
    object = file.object(current.number, current.generation);
    current = object?.value;
  }
  return object !== undefined && isDict(current) ? { object, dict: current } : undefined;
}

/** Where the resources of a page stand: at the page itself, or at the first node above it that has some. */
function resourcesOf(file: PdfFile, page: PdfPage): Home | undefined {
  let node: Home | undefined = { object: page.object, dict: page.dict };
  for (let step = 0; step < longest && node !== undefined; step += 1) {
    const written = entryOf(node.dict, 'Resources');
    if (written !== undefined) return homeOf(file, node.object, written);
    const parent = entryOf(node.dict, 'Parent');
    const object = isRef(parent) ? file.object(parent.number, parent.generation) : undefined;
    const dict = dictOf(object);
    node = object === undefined || dict === undefined ? undefined : { object, dict };
  }
  return undefined;
}

/** Objects that are written again, each once, with all that changes in them. */
export class Rewrites {
  private readonly waiting = new Map<number, { object: PdfObject; splices: Splice[] }>();
  /** Names to be added to dictionaries of forms, by where such a dictionary stands. */
  private readonly named = new Map<string, { home: Home; inside: PdfDict | undefined; names: string[] }>();

  constructor(
    private readonly file: PdfFile,
    private readonly increment: Increment,
  ) {}

  /** Sets a key of a page. */
  setPageKey(page: PdfPage, key: string, syntax: string): void {
    this.splice(page.object, setKey(page.dict, key, syntax));
  }

  /** Adds forms a page can draw by name. Names must be new to the file. Throws Failure `pdf-object-damaged`. */
  addForms(page: PdfPage, forms: readonly (readonly [string, PdfRef])[]): void {
    const names = forms.map(([name, ref]) => `/${name} ${refSyntax(ref)}`);
    const home = resourcesOf(this.file, page);
    if (home === undefined) {
      this.setPageKey(page, 'Resources', `<< /XObject << ${names.join(' ')} >> >>`);
      return;
    }
    const list = homeOf(this.file, home.object, entryOf(home.dict, 'XObject'));
    const place = list ?? home;
    const key = `${place.object.number}:${place.dict.start}:${list === undefined}`;
    const known = this.named.get(key) ?? { home: place, inside: list?.dict, names: [] };
    known.names.push(...names);
    this.named.set(key, known);
  }

  /** The root of the page tree; new pages name it as their parent. Throws Failure `pdf-object-damaged` where there is none. */
  pageTree(): PdfRef {
    const { number, generation } = this.tree().object;
    return { kind: 'ref', number, generation };
  }

  private tree(): Home {
    const { object, dict } = this.file.catalog;
    const home = homeOf(this.file, object, entryOf(dict, 'Pages'));
    if (home === undefined || home.dict !== home.object.value || entryOf(home.dict, 'Kids') === undefined)
      throw new Failure('pdf-object-damaged', 'no page tree to add to');
    return home;
  }

  /** Puts pages behind the last one; `before` is how many there are. Once a file. Throws as `pageTree` does. */
  addPages(pages: readonly PdfRef[], before: number): void {
    const { object, dict } = this.tree();
    const items = pages.map(refSyntax).join(' ');
    const written = entryOf(dict, 'Kids');
    const held = isRef(written) ? this.file.object(written.number, written.generation) : undefined;
    if (isArray(written)) this.splice(object, appendItem(written, items));
    else if (held !== undefined && isArray(held.value)) {
      this.increment.rewrite(held, held.value, [appendItem(held.value, items)]);
    } else throw new Failure('pdf-object-damaged', 'no page tree to add to');
    this.splice(object, setKey(dict, 'Count', `${before + pages.length}`));
  }

  private splice(object: PdfObject, splice: Splice): void {
    const known = this.waiting.get(object.number) ?? { object, splices: [] };
    known.splices.push(splice);
    this.waiting.set(object.number, known);
  }

  /** Writes all of it. Call once. */
  finish(): void {
    for (const { home, inside, names } of this.named.values()) {
      const text = names.join(' ');
      if (inside === undefined) this.splice(home.object, setKey(home.dict, 'XObject', `<< ${text} >>`));
      else {
        const end = inside.end - 2;
        this.splice(home.object, { start: end, end, text: `\n${text} ` });
      }
    }
    for (const { object, splices } of this.waiting.values()) {
      const { value } = object;
      if (isDict(value)) this.increment.rewrite(object, value, splices);
    }
  }
}
