// Finds what earlier signatures allow (DocMDP, FieldMDP, locks: ISO 32000-2, 12.8.2) and where a signature's field stands.
// It changes nothing and judges no signature's cryptography.
import { Failure } from '../../preload/contract/failure';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isString,
  type PdfDict,
  type PdfField,
  type PdfFile,
  type PdfPage,
  type PdfValue,
  type PdfView,
  textOf,
} from '../pdf';
import { geometryOf, type Rect, rectOf } from './geometry';
import type { Role } from './request';

/** A signature field with a visible place, as shown on its page. */
export interface SignedPlace {
  readonly field: string;
  readonly page: number;
  readonly rect: Rect;
}

/** What the document's form says that matters for one more signature. */
export interface SigningFacts {
  readonly fields: readonly PdfField[];
  readonly names: ReadonlySet<string>;
  readonly signed: readonly PdfField[];
  /** Signature fields without a signature, each an object of its own. */
  readonly waiting: readonly PdfField[];
  /** Certified (DocMDP): a new field may not show anything. */
  readonly certified: boolean;
  readonly locked: (field: string) => boolean;
}

type Lock = { readonly action: string; readonly fields: readonly string[] };

const lockAll: Lock = { action: 'All', fields: [] };

function lockOf(view: PdfView, parameters: PdfDict): Lock {
  const action = view.get(parameters, 'Action');
  const list = view.get(parameters, 'Fields');
  const fields = isArray(list)
    ? list.items.flatMap((item) => {
        const text = view.resolve(item);
        return isString(text) ? [textOf(text.bytes)] : [];
      })
    : [];
  return { action: isName(action) ? action.name : '', fields };
}

function covers(lock: Lock, field: string): boolean {
  const named = lock.fields.some((one) => field === one || field.startsWith(`${one}.`));
  switch (lock.action) {
    case 'All':
      return true;
    case 'Include':
      return named;
    case 'Exclude':
      return !named;
    default:
      // An action of a later standard: whoever judges it takes the strictest.
      return true;
  }
}

/** The transforms of a signature: [method, parameters]. */
function transformsOf(
  view: PdfView,
  signature: PdfDict,
): readonly (readonly [string, PdfDict | undefined])[] {
  const references = view.get(signature, 'Reference');
  if (!isArray(references)) return [];
  return references.items.flatMap((item): [string, PdfDict | undefined][] => {
    const reference = view.resolve(item);
    if (!isDict(reference)) return [];
    const method = view.get(reference, 'TransformMethod');
    const parameters = view.get(reference, 'TransformParams');
    return isName(method) ? [[method.name, isDict(parameters) ? parameters : undefined]] : [];
  });
}

function permission(view: PdfView, parameters: PdfDict | undefined, absent: number): number {
  const value = parameters === undefined ? null : view.get(parameters, 'P');
  return typeof value === 'number' ? value : absent;
}

/**
 * Reads the form for signing. Throws Failure `signing-certified-closed` where an earlier signature allows no change
 * at all (DocMDP P = 1, or a lock with P = 1), `pdf-form-damaged` and those of reading.
 */
export function readSigningFacts(file: PdfFile): SigningFacts {
  const fields = [...file.fields()];
  const signatures = fields.filter((field) => field.type === 'Sig');
  const signed = signatures.filter((field) => file.resolve(field.value) !== null);
  const locks: Lock[] = [];
  let certified = false;
  const perms = file.get(file.catalog.dict, 'Perms');
  const certifying = isDict(perms) ? file.get(perms, 'DocMDP') : null;
  const dictionaries = [certifying, ...signed.map((field) => file.resolve(field.value))];
  for (const signature of dictionaries.filter(isDict)) {
    for (const [method, parameters] of transformsOf(file, signature)) {
      // 12.8.2.2: P is 2 where it is left out.
      const closed = method === 'DocMDP' && permission(file, parameters, 2) === 1;
      if (closed) throw new Failure('signing-certified-closed', 'DocMDP P=1');
      certified ||= method === 'DocMDP';
      if (method === 'FieldMDP') locks.push(parameters === undefined ? lockAll : lockOf(file, parameters));
    }
  }
  for (const field of signed) {
    const lock = file.get(field.dict, 'Lock');
    if (!isDict(lock)) continue;
    if (permission(file, lock, 0) === 1)
      throw new Failure('signing-certified-closed', `lock of field ${field.name}`);
    locks.push(lockOf(file, lock));
  }
  return {
    fields,
    names: new Set(fields.map((field) => field.name)),
    signed,
    waiting: signatures.filter((field) => field.object !== undefined && file.resolve(field.value) === null),
    certified,
    locked: (field) => locks.some((lock) => covers(lock, field)),
  };
}

/** Names of the fields made here, by role: what a signature stands for is then known without guessing from its picture. */
const fieldNames: Readonly<Record<Role, string>> = {
  leader: 'NguoiCoThamQuyen',
  seal: 'CoQuan',
  attachment: 'VanBanKemTheo',
  copy: 'BanSao',
  number: 'SoVaNgay',
  invisible: 'ChuKySo',
};

/** The role a field made here was signed in; undefined for fields of other programs. */
export function roleOfField(name: string): Role | undefined {
  const roles: readonly Role[] = ['leader', 'seal', 'attachment', 'copy', 'number', 'invisible'];
  return roles.find(
    (role) => name.startsWith(fieldNames[role]) && /^\d+$/.test(name.slice(fieldNames[role].length)),
  );
}

/** A name for a new field of a role: no field has it, and no field stands under it. */
export function freeFieldName(facts: SigningFacts, role: Role): string {
  const taken = new Set([...facts.names].map((name) => name.split('.')[0]));
  let number = 1;
  while (taken.has(`${fieldNames[role]}${number}`)) number += 1;
  return `${fieldNames[role]}${number}`;
}

/** The page that shows a widget: the one its /P names if it is in the page tree, else the one that lists it. */
export function pageOfWidget(
  file: PdfFile,
  widget: { readonly ref: { readonly number: number } | undefined; readonly dict: PdfDict },
): PdfPage | undefined {
  const parent = entryOf(widget.dict, 'P');
  const listed = (page: PdfPage): boolean => {
    const annotations: PdfValue = file.get(page.dict, 'Annots');
    return (
      isArray(annotations) &&
      annotations.items.some((item) => isRef(item) && item.number === widget.ref?.number)
    );
  };
  // A page that cannot be read shows no widget.
  for (const page of file.pages(() => undefined)) {
    if (isRef(parent) ? page.ref.number === parent.number : listed(page)) return page;
  }
  return undefined;
}

/** The place of a field that shows something, signed or not, or undefined. */
function placeOf(file: PdfFile, field: PdfField): SignedPlace | undefined {
  const [widget] = field.widgets;
  const onPage = widget === undefined ? undefined : rectOf(file, entryOf(widget.dict, 'Rect'));
  if (widget === undefined || onPage === undefined || onPage.width < 2 || onPage.height < 2) return undefined;
  const page = pageOfWidget(file, widget);
  if (page === undefined) return undefined;
  return { field: field.name, page: page.index, rect: geometryOf(file, page).toShown(onPage) };
}

/** The visible signature of the leader: the last one made here as such, else the last of another program. */
export function leaderPlace(file: PdfFile, facts: SigningFacts): SignedPlace | undefined {
  const latest = [...facts.signed].reverse();
  for (const role of ['leader', undefined] as const) {
    for (const field of latest.filter((one) => roleOfField(one.name) === role)) {
      const place = placeOf(file, field);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

/** The same for a file that was just opened. Throws as readSigningFacts. */
export function leaderPlaceOn(file: PdfFile): SignedPlace | undefined {
  return leaderPlace(file, readSigningFacts(file));
}

/** Places of fields that wait for a signature and may have one. */
export function waitingPlaces(file: PdfFile, facts: SigningFacts): SignedPlace[] {
  return facts.waiting.flatMap((field) => {
    const place = facts.locked(field.name) ? undefined : placeOf(file, field);
    return place === undefined ? [] : [place];
  });
}

/** The only one of a file that was just opened, or undefined. Throws as readSigningFacts. */
export function waitingPlaceOn(file: PdfFile): SignedPlace | undefined {
  const [only, second] = waitingPlaces(file, readSigningFacts(file));
  return second === undefined ? only : undefined;
}
