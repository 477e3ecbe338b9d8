// Decodes the filters that cross-reference and object streams may use (ISO 32000-2, 7.4), within a size limit.
// It decodes no image filter and follows no reference.
import { constants, inflateSync } from 'node:zlib';
import { Failure } from '../../preload/contract/failure';
import { decodeLzw } from './lzw';
import { undoPredictor } from './predictor';
import { hexDigit, isWhite } from './syntax';
import { entryOf, isArray, isDict, isName, type PdfDict, type PdfValue } from './values';

export type Resolve = (value: PdfValue | undefined) => PdfValue;

function broken(detail: string, cause?: unknown): Failure {
  return new Failure('pdf-stream-damaged', detail, { cause });
}

function inflate(bytes: Uint8Array, limit: number): Uint8Array {
  try {
    // Z_SYNC_FLUSH: a stream whose checksum is cut off still gives its data, as every viewer shows it.
    return inflateSync(bytes, { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw broken('FlateDecode', error);
  }
}

function decodeHex(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / 2));
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 62) break;
    const digit = hexDigit(byte);
    if (digit < 0) {
      if (isWhite(byte)) continue;
      throw broken('ASCIIHexDecode');
    }
    const place = digits >> 1;
    out[place] = (out[place] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
    digits += 1;
  }
  return out.subarray(0, Math.ceil(digits / 2));
}

function decodeAscii85(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  const group: number[] = [];
  const flush = (): void => {
    const count = group.length;
    if (count === 0) return;
    if (count === 1) throw broken('ASCII85Decode');
    let value = 0;
    for (let index = 0; index < 5; index += 1) value = value * 85 + (group[index] ?? 84);
    if (value > 0xffffffff) throw broken('ASCII85Decode');
    for (let index = 0; index < count - 1; index += 1) out.push((value >>> (24 - 8 * index)) & 255);
    group.length = 0;
  };
  for (const byte of bytes) {
    if (byte === 126) break;
    if (isWhite(byte)) continue;
    if (byte === 122 && group.length === 0) {
      out.push(0, 0, 0, 0);
      continue;
    }
    if (byte < 33 || byte > 117) throw broken('ASCII85Decode');
    group.push(byte - 33);
    if (group.length === 5) flush();
  }
  flush();
  return Uint8Array.from(out);
}

function decodeRunLength(bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let position = 0;
  while (position < bytes.length) {
    const length = bytes[position] ?? 128;
    if (length === 128) break;
    const part =
      length < 128
        ? bytes.subarray(position + 1, position + 2 + length)
        : new Uint8Array(257 - length).fill(bytes[position + 1] ?? 0);
    position += length < 128 ? length + 2 : 2;
    total += part.length;
    if (total > limit) throw broken('RunLengthDecode over the limit');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parameter(parms: PdfDict | undefined, key: string, fallback: number, resolve: Resolve): number {
  const value = parms === undefined ? undefined : resolve(entryOf(parms, key));
  return typeof value === 'number' ? value : fallback;
}

function decodeOne(
  name: string,
  bytes: Uint8Array,
  parms: PdfDict | undefined,
  limit: number,
  resolve: Resolve,
): Uint8Array {
  const predicted = (data: Uint8Array): Uint8Array =>
    undoPredictor(data, {
      predictor: parameter(parms, 'Predictor', 1, resolve),
      colors: parameter(parms, 'Colors', 1, resolve),
      bits: parameter(parms, 'BitsPerComponent', 8, resolve),
      columns: parameter(parms, 'Columns', 1, resolve),
    });
  switch (name) {
    case 'FlateDecode':
    case 'Fl':
      return predicted(inflate(bytes, limit));
    case 'LZWDecode':
    case 'LZW':
      return predicted(decodeLzw(bytes, parameter(parms, 'EarlyChange', 1, resolve) !== 0, limit));
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeHex(bytes);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(bytes);
    case 'Crypt':
      // Undone before all filters, by the file's encryption.
      return bytes;
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(bytes, limit);
    default:
      throw new Failure('pdf-stream-unsupported', `filter ${name}`);
  }
}

/**
 * The decoded bytes of a stream, at most `limit` bytes a step.
 * Throws Failure `pdf-stream-damaged` or `pdf-stream-unsupported`.
 */
export function decodeStream(raw: Uint8Array, dict: PdfDict, limit: number, resolve: Resolve): Uint8Array {
  if (entryOf(dict, 'F') !== undefined) throw new Failure('pdf-stream-unsupported', 'external stream');
  const filter = resolve(entryOf(dict, 'Filter'));
  const parms = resolve(entryOf(dict, 'DecodeParms') ?? entryOf(dict, 'DP'));
  const filters = isArray(filter) ? filter.items : filter === null ? [] : [filter];
  if (filters.length > 8) throw new Failure('pdf-stream-unsupported', 'too many filters');
  return filters.reduce<Uint8Array>((bytes, one, index) => {
    const name = resolve(one);
    if (!isName(name)) throw broken('filter is not a name');
    const own = isArray(parms) ? resolve(parms.items[index]) : index === 0 ? parms : null;
    return decodeOne(name.name, bytes, isDict(own) ? own : undefined, limit, resolve);
  }, raw);
}
