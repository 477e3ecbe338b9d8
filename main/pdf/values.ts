// The values a PDF file is made of, as read, with the byte span of every dictionary entry. It reads nothing itself.

/** A byte span: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface PdfName {
  readonly kind: 'name';
  /** Without the slash, #xx decoded, one char a byte (latin1). */
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  /** The decoded bytes, decrypted where the file is encrypted. */
  readonly bytes: Uint8Array;
  /** True when written as <...>. */
  readonly hex: boolean;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly number: number;
  readonly generation: number;
}

/**
 * A token that is no value of PDF (`1.2.3`, `foo`, a reference out of range). Every reader takes one token here and reads on;
 * it stands for nothing, is the same only as itself, and stays byte for byte where its object is written again.
 */
export interface PdfUnknown {
  readonly kind: 'unknown';
  /** As written, one char a byte. */
  readonly text: string;
}

export interface PdfArray extends Span {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
}

export interface DictEntry extends Span {
  /** Where the key's slash stands; `start` and `end` span the value alone. */
  readonly keyStart: number;
  readonly value: PdfValue;
}

export interface PdfDict extends Span {
  readonly kind: 'dict';
  /**
   * Where a key stands twice the last one is here and its name is in `duplicates`. Tokens where a key should stand are here
   * under `strayKey` and their count.
   */
  readonly entries: ReadonlyMap<string, DictEntry>;
  readonly duplicates: readonly string[];
}

/** Begins the key of what stands in a dictionary without one: no name of a file has this character. */
export const strayKey = '\u2717';

export interface PdfStream {
  readonly kind: 'stream';
  /** The object it is, which its encryption depends on. */
  readonly number: number;
  readonly generation: number;
  readonly dict: PdfDict;
  /** Absolute offset in the file of the first byte after `stream` and its line end. */
  readonly dataStart: number;
}

export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfUnknown
  | PdfArray
  | PdfDict
  | PdfStream;

/** An indirect object as it stands in one place of the file. All spans inside `value` count from `raw[0]`. */
export interface PdfObject {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** The bytes from the object's number (or, inside an object stream, from its first byte) to the end of the value. */
  readonly raw: Uint8Array;
  /** Absolute offset of `raw[0]` in the file, or undefined for an object inside an object stream. */
  readonly base: number | undefined;
  /** Number of the object stream that holds it, or undefined. */
  readonly container: number | undefined;
}

/** The value of a key, or undefined. References are not followed. */
export function entryOf(dict: PdfDict, key: string): PdfValue | undefined {
  return dict.entries.get(key)?.value;
}

export function isName(value: PdfValue | undefined, name?: string): value is PdfName {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.kind === 'name' &&
    (name === undefined || value.name === name)
  );
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && value.kind === 'ref';
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && value.kind === 'dict';
}

export function isArray(value: PdfValue | undefined): value is PdfArray {
  return typeof value === 'object' && value !== null && value.kind === 'array';
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && value.kind === 'string';
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return typeof value === 'object' && value !== null && value.kind === 'stream';
}

/** A whole number of at least 0 that fits a file offset. */
export function isCount(value: PdfValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The dictionary of a dictionary or stream object, or undefined. */
export function dictOf(object: PdfObject | undefined): PdfDict | undefined {
  if (object === undefined) return undefined;
  if (isDict(object.value)) return object.value;
  return isStream(object.value) ? object.value.dict : undefined;
}

/** The absolute byte span in the file of a value of a dictionary in `object` (with < > of a hex string), or undefined. */
export function fileSpanOf(object: PdfObject, dict: PdfDict, key: string): Span | undefined {
  const entry = dict.entries.get(key);
  if (entry === undefined || object.base === undefined) return undefined;
  return { start: object.base + entry.start, end: object.base + entry.end };
}
