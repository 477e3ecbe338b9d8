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

/** A signed field with a visible place, as shown on its page. */
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
  readonly locked: (field: string) => boolean;
}

type Lock = { readonly action: string; readonly fields: readonly string[] };

function lockOf(view: PdfView, parameters: PdfDict): Lock | undefined {
  const action = view.get(parameters, 'Action');
  if (!isName(action)) return undefined;
  const list = view.get(parameters, 'Fields');
  const fields = isArray(list)
    ? list.items.flatMap((item) => {
        const text = view.resolve(item);
        return isString(text) ? [textOf(text.bytes)] : [];
      })
    : [];
  return { action: action.name, fields };
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
      return false;
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
  const perms = file.get(file.catalog.dict, 'Perms');
  const certifying = isDict(perms) ? file.get(perms, 'DocMDP') : null;
  const dictionaries = [certifying, ...signed.map((field) => file.resolve(field.value))];
  for (const signature of dictionaries.filter(isDict)) {
    for (const [method, parameters] of transformsOf(file, signature)) {
      // 12.8.2.2: P is 2 where it is left out.
      const closed = method === 'DocMDP' && permission(file, parameters, 2) === 1;
      if (closed) throw new Failure('signing-certified-closed', 'DocMDP P=1');
      const lock = method === 'FieldMDP' && parameters !== undefined ? lockOf(file, parameters) : undefined;
      if (lock !== undefined) locks.push(lock);
    }
  }
  for (const field of signed) {
    const lock = file.get(field.dict, 'Lock');
    if (isDict(lock) && permission(file, lock, 0) === 1) {
      throw new Failure('signing-certified-closed', `lock of field ${field.name}`);
    }
  }
  return {
    fields,
    names: new Set(fields.map((field) => field.name)),
    signed,
    locked: (field) => locks.some((lock) => covers(lock, field)),
  };
}

/** A name no field has, and under which no field stands. */
export function freeFieldName(facts: SigningFacts): string {
  const taken = new Set([...facts.names].map((name) => name.split('.')[0]));
  let number = facts.signed.length + 1;
  while (taken.has(`Signature${number}`)) number += 1;
  return `Signature${number}`;
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
  for (const page of file.pages()) {
    if (isRef(parent) ? page.ref.number === parent.number : listed(page)) return page;
  }
  return undefined;
}

/** The last signed field that shows something, with its place; undefined when none does. */
export function lastSignedPlace(file: PdfFile, facts: SigningFacts): SignedPlace | undefined {
  for (const field of [...facts.signed].reverse()) {
    const [widget] = field.widgets;
    const onPage = widget === undefined ? undefined : rectOf(file, entryOf(widget.dict, 'Rect'));
    if (widget === undefined || onPage === undefined || onPage.width < 2 || onPage.height < 2) continue;
    const page = pageOfWidget(file, widget);
    if (page === undefined) continue;
    return { field: field.name, page: page.index, rect: geometryOf(file, page).toShown(onPage) };
  }
  return undefined;
}
