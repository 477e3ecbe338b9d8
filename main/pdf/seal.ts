// Passes over the strings of values and of syntax: opens those of an object that was read, seals those of syntax that is
// to be written. It knows no cipher and touches nothing but strings.
import { latin1 } from './edit';
import { SyntaxReader } from './syntax';
import { type DictEntry, isString, type PdfDict, type PdfValue } from './values';

type Change = (bytes: Uint8Array) => Uint8Array;

/** A signature's /Contents is never encrypted (ISO 32000-2, 7.6.2); it is the one whose /ByteRange spares it. */
function isSparedKey(dict: PdfDict, key: string): boolean {
  return key === 'Contents' && dict.entries.has('ByteRange');
}

/** The value with every string changed; spans stay those of the bytes that were read. */
export function withStrings(value: PdfValue, change: Change): PdfValue {
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'string':
      return { ...value, bytes: change(value.bytes) };
    case 'array':
      return { ...value, items: value.items.map((item) => withStrings(item, change)) };
    case 'dict':
      return dictWithStrings(value, change);
    case 'stream':
      return { ...value, dict: dictWithStrings(value.dict, change) };
    case 'name':
    case 'ref':
    case 'unknown':
      return value;
  }
}

function dictWithStrings(dict: PdfDict, change: Change): PdfDict {
  const entries = new Map<string, DictEntry>();
  for (const [key, entry] of dict.entries) {
    entries.set(key, isSparedKey(dict, key) ? entry : { ...entry, value: withStrings(entry.value, change) });
  }
  return { ...dict, entries };
}

/** Syntax (latin1, it may be a part of a value) with each string changed and written in hexadecimal. */
export function sealedSyntax(syntax: string, change: Change): string {
  const bytes = Buffer.from(syntax, 'latin1');
  const reader = new SyntaxReader(bytes, 0, true);
  let out = '';
  let kept = 0;
  while (reader.position < bytes.length) {
    const byte = bytes[reader.position];
    const next = bytes[reader.position + 1];
    if (byte === 37) {
      reader.skipWhite();
    } else if ((byte === 60 && next === 60) || (byte === 62 && next === 62)) {
      reader.position += 2;
    } else if (byte === 40 || byte === 60) {
      out += latin1(bytes.subarray(kept, reader.position));
      const value = reader.readValue();
      kept = reader.position;
      if (isString(value)) out += `<${Buffer.from(change(value.bytes)).toString('hex')}>`;
    } else {
      reader.position += 1;
    }
  }
  return out + latin1(bytes.subarray(kept));
}
