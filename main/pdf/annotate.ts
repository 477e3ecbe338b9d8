// Adds an annotation to a page and a field to the form in an increment, rewriting the smallest object that holds the list.
// It draws nothing and knows no signature.
import { Failure } from '../../preload/contract/failure';
import { appendItem, type Splice, setKey } from './edit';
import type { PdfFile } from './file';
import { type Increment, refSyntax } from './increment';
import { limits } from './limits';
import type { PdfPage } from './pages';
import {
  entryOf,
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfValue,
} from './values';

/**
 * What must change to add `item` to the array of `key`: nothing here when the array is an object of its own
 * (that one is rewritten), else a splice of the dictionary.
 */
function addToArray(
  file: PdfFile,
  increment: Increment,
  dict: PdfDict,
  key: string,
  item: string,
): Splice | undefined {
  const written = entryOf(dict, key);
  if (isArray(written)) return appendItem(written, item);
  const object = lastOf(file, written);
  if (object !== undefined && isArray(object.value)) {
    const { value } = object;
    increment.rewrite(object, value, [appendItem(value, item)]);
    return undefined;
  }
  // What is no array holds nothing for any reader: nobody loses what was never shown.
  return setKey(dict, key, `[${item}]`);
}

/** The object at the end of a chain of references: the one whose value is none. */
function lastOf(file: PdfFile, value: PdfValue | undefined): PdfObject | undefined {
  let current = value;
  for (let step = 0; step < limits.referenceChain && isRef(current); step += 1) {
    const object = file.object(current.number, current.generation);
    if (!isRef(object?.value)) return object;
    current = object.value;
  }
  return undefined;
}

/** Adds annotations to a page's /Annots, once an update. Throws Failure `pdf-object-damaged`. */
export function addAnnotation(
  file: PdfFile,
  increment: Increment,
  page: PdfPage,
  ...annotations: readonly PdfRef[]
): void {
  const splice = addToArray(file, increment, page.dict, 'Annots', annotations.map(refSyntax).join(' '));
  if (splice !== undefined) increment.rewrite(page.object, page.dict, [splice]);
}

/** Signatures exist, and the file is to be appended to only (12.7.3, table 225). */
const SIG_FLAGS = 3;

function flagSplice(file: PdfFile, dict: PdfDict): readonly Splice[] {
  const flags = file.get(dict, 'SigFlags');
  const now = typeof flags === 'number' && Number.isInteger(flags) ? flags : 0;
  return (now & SIG_FLAGS) === SIG_FLAGS ? [] : [setKey(dict, 'SigFlags', `${now | SIG_FLAGS}`)];
}

function fontSplice(file: PdfFile, dict: PdfDict): readonly Splice[] {
  return file.get(dict, 'DR') === null ? [setKey(dict, 'DR', defaultResources)] : [];
}

/**
 * Makes sure that the form says the file holds signatures and, with `field`, that the field stands in it.
 * Throws Failure `pdf-object-damaged`.
 */
export function addField(file: PdfFile, increment: Increment, field: PdfRef | undefined): void {
  putFields(file, increment, field === undefined ? [] : [field], true);
}

/** The font that the default appearance of a text field names (12.7.4.3): viewers have it without a font file. */
const defaultResources =
  '<< /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>';

/** Adds text fields, once an update. Throws Failure `pdf-object-damaged`. */
export function addPlainFields(file: PdfFile, increment: Increment, added: readonly PdfRef[]): void {
  putFields(file, increment, added, false);
}

/** `signed`: the form is to say that the file holds signatures; else that it has a font for text. */
function putFields(file: PdfFile, increment: Increment, added: readonly PdfRef[], signed: boolean): void {
  const catalog = file.catalog;
  const written = entryOf(catalog.dict, 'AcroForm');
  const form = file.acroForm();
  if (form === undefined) {
    // What is no dictionary is no form for any reader; a stream may be one for some.
    if (isStream(file.resolve(written))) throw new Failure('pdf-object-damaged', '/AcroForm is a stream');
    const made = increment.allocate();
    const more = signed ? `/SigFlags ${SIG_FLAGS}` : `/DR ${defaultResources}`;
    increment.put(made, `<< /Fields [${added.map(refSyntax).join(' ')}] ${more} >>`);
    increment.rewrite(catalog.object, catalog.dict, [setKey(catalog.dict, 'AcroForm', refSyntax(made))]);
    return;
  }
  const list =
    added.length === 0
      ? undefined
      : addToArray(file, increment, form.dict, 'Fields', added.map(refSyntax).join(' '));
  const said = signed ? flagSplice(file, form.dict) : fontSplice(file, form.dict);
  const splices = [...(list === undefined ? [] : [list]), ...said];
  if (splices.length === 0) return;
  // A form written directly in the catalog has its spans in the catalog's bytes.
  if (form.object !== undefined) increment.rewrite(form.object, form.dict, splices);
  else if (isDict(written)) increment.rewrite(catalog.object, catalog.dict, splices);
}
