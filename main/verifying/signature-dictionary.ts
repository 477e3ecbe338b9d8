// Finds the signature fields of a PDF and reads their dictionaries by offset (ISO 32000-2, 12.8.1): the range that was
// signed, the place of /Contents, the kind. A field with a value that cannot be read stays in the list as damaged.
import type { Code } from '../../preload/contract/codes';
import { isFailure } from '../../preload/contract/failure';
import {
  entryOf,
  fileSpanOf,
  isArray,
  isCount,
  isDict,
  isName,
  isRef,
  isString,
  type PdfDict,
  type PdfField,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  type PdfView,
  textOf,
} from '../pdf';

export interface SignatureSite {
  /** Full name; a damaged form may leave it empty. */
  readonly field: string;
  readonly fieldDict: PdfDict;
  readonly kind: 'signature' | 'timestamp';
  readonly subFilter: string;
  /** Undefined when there is no dictionary to read. */
  readonly dict: PdfDict | undefined;
  /** The object in whose bytes the dictionary stands. */
  readonly holder: PdfObject | undefined;
  /** Undefined when malformed. */
  readonly range: SignedRange | undefined;
  /** Raw bytes of /Contents, padding included. */
  readonly contents: Uint8Array | undefined;
  /** Claimed time /M. */
  readonly claimed: Date | undefined;
  /** Revision whose form lists the field with this value, newest that does. */
  readonly revision: number;
  readonly codes: readonly Code[];
}

/** The signed bytes are [0, gapStart) and [gapEnd, end). */
export interface SignedRange {
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

/**
 * All signatures of the newest revision, and those of earlier ones that a later revision took away.
 * Throws the Failures of the pdf room when the form cannot be read.
 */
export function findSignatures(file: PdfFile): SignatureSite[] {
  const sites: SignatureSite[] = [];
  const seen = new Set<string>();
  for (let index = file.revisions.length - 1; index >= 0; index--) {
    for (const site of sitesOf(file, index)) {
      const key = siteKey(site);
      if (!seen.has(key)) sites.push(site);
      seen.add(key);
    }
  }
  return sites.sort(
    (one, other) => (one.range?.end ?? file.source.size) - (other.range?.end ?? file.source.size),
  );
}

function sitesOf(file: PdfFile, index: number): SignatureSite[] {
  const newest = index === file.revisions.length - 1;
  const view = newest ? file : file.asOf(index);
  const sites: SignatureSite[] = [];
  try {
    for (const field of view.fields()) {
      const site = readSite(file, view, field, index);
      if (site !== undefined) sites.push(site);
    }
  } catch (error) {
    // What counts is the newest state; an older one that cannot be read shows up as a change that cannot be read.
    if (newest || !isFailure(error)) throw error;
  }
  return sites;
}

/** One signature is one place in the file; without a place it is one field. */
function siteKey(site: SignatureSite): string {
  const start = site.holder?.base === undefined ? undefined : site.holder.base + (site.dict?.start ?? 0);
  return start === undefined ? `field ${site.field}` : `place ${start}`;
}

function readSite(
  file: PdfFile,
  view: PdfView,
  field: PdfField,
  revision: number,
): SignatureSite | undefined {
  const { value } = field;
  if (value === undefined || value === null) return undefined;
  const target = isRef(value) ? readTarget(view, value) : undefined;
  const resolved = isRef(value) ? target?.value : value;
  const dict = isDict(resolved) ? resolved : undefined;
  const looksSigned = dict !== undefined && (dict.entries.has('ByteRange') || dict.entries.has('SubFilter'));
  if (field.type !== 'Sig' && !looksSigned) return undefined;
  const base = { field: field.name, fieldDict: field.dict, revision };
  if (dict === undefined) {
    return {
      ...base,
      kind: 'signature',
      subFilter: '',
      dict: undefined,
      holder: undefined,
      range: undefined,
      contents: undefined,
      claimed: undefined,
      codes: ['signature-unreadable'],
    };
  }
  const holder = isRef(value) ? target : field.ownValue ? field.object : undefined;
  const filter = view.get(dict, 'SubFilter');
  const subFilter = isName(filter) ? filter.name : '';
  const stamp = isName(view.get(dict, 'Type'), 'DocTimeStamp') || subFilter === 'ETSI.RFC3161';
  const moment = view.get(dict, 'M');
  const codes: Code[] = [];
  // Two entries of one name are two readings of one dictionary.
  if (dict.duplicates.length > 0) codes.push('signature-unreadable');
  const contents = entryOf(dict, 'Contents');
  const bytes = isString(contents) && contents.bytes.length > 0 ? contents.bytes : undefined;
  if (bytes === undefined) codes.push('signature-unreadable');
  const range = readRange(file.source.size, dict);
  if (range === undefined) codes.push('signature-byte-range');
  else if (!fillsGap(file, holder, dict, range)) codes.push('signature-gap');
  return {
    ...base,
    kind: stamp ? 'timestamp' : 'signature',
    subFilter,
    dict,
    holder,
    range,
    contents: bytes,
    claimed: isString(moment) ? pdfDate(textOf(moment.bytes)) : undefined,
    codes: [...new Set(codes)],
  };
}

/** The object a field's value refers to; a damaged one is as good as none, and the field then counts as damaged. */
function readTarget(view: PdfView, reference: PdfRef): PdfObject | undefined {
  try {
    return view.object(reference.number, reference.generation);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}

/** Exactly [0 a b c], written directly, inside the file. */
function readRange(size: number, dict: PdfDict): SignedRange | undefined {
  const array = entryOf(dict, 'ByteRange');
  if (!isArray(array) || array.items.length !== 4 || !array.items.every(isCount)) return undefined;
  const [start, gapStart, gapEnd, length] = array.items.filter(isCount);
  if (start !== 0 || gapStart === undefined || gapEnd === undefined || length === undefined) return undefined;
  if (gapStart === 0 || gapEnd <= gapStart || length === 0 || gapEnd + length > size) return undefined;
  return { gapStart, gapEnd, end: gapEnd + length };
}

/** The gap must be the hexadecimal string of this very /Contents, from < to >, by offset and not by its looks. */
function fillsGap(file: PdfFile, holder: PdfObject | undefined, dict: PdfDict, range: SignedRange): boolean {
  const span = holder === undefined ? undefined : fileSpanOf(holder, dict, 'Contents');
  if (span?.start !== range.gapStart || span.end !== range.gapEnd) return false;
  return file.source.read(range.gapStart, 1)[0] === 0x3c && file.source.read(range.gapEnd - 1, 1)[0] === 0x3e;
}

const datePattern = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z|[+-])(?:(\d{2})'?(\d{2})?'?)?)?/;

/** A PDF date (7.9.4); without a zone it is read as Vietnam's. */
export function pdfDate(text: string): Date | undefined {
  const found = datePattern.exec(text);
  if (found === null) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, hours, minutes] =
    found;
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const minutesAhead =
    sign === undefined
      ? 420
      : sign === 'Z'
        ? 0
        : Number(`${sign}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const date = new Date(time - minutesAhead * 60_000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
