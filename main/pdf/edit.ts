// Rewrites one dictionary or array by splicing its bytes, so that everything untouched stays byte for byte (encrypted
// strings too). It writes no file.
import { Failure } from '../../preload/contract/failure';
import type { PdfArray, PdfDict } from './values';

/** Bytes as latin1 text and back: one char a byte, so splicing never changes what it does not touch. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** A piece of text at a place: replaces `start` to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The syntax of `start` to `end` of `raw` with splices done. They must lie inside and not overlap. */
export function spliced(raw: Uint8Array, start: number, end: number, splices: readonly Splice[]): string {
  const text = latin1(raw);
  let out = '';
  let at = start;
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    out += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return out + text.slice(at, end);
}

/** The splice that sets a key of a dictionary. Throws Failure `pdf-object-damaged` where the key stands twice. */
export function setKey(dict: PdfDict, key: string, syntax: string): Splice {
  if (dict.duplicates.includes(key)) throw new Failure('pdf-object-damaged', `/${key} stands twice`);
  const entry = dict.entries.get(key);
  if (entry !== undefined) return { start: entry.start, end: entry.end, text: ` ${syntax}` };
  return { start: dict.end - 2, end: dict.end - 2, text: `\n/${key} ${syntax}` };
}

/** The splice that adds a value at the end of an array. */
export function appendItem(array: PdfArray, syntax: string): Splice {
  return { start: array.end - 1, end: array.end - 1, text: ` ${syntax}` };
}
