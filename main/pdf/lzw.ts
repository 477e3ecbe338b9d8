// LZWDecode (ISO 32000-2, 7.4.4). It knows nothing of streams or predictors.
import { Failure } from '../../preload/contract/failure';

const CLEAR = 256;
const END = 257;

/** Decodes LZW data, at most `limit` bytes. Throws Failure `pdf-stream-damaged`. */
export function decodeLzw(bytes: Uint8Array, earlyChange: boolean, limit: number): Uint8Array {
  const early = earlyChange ? 1 : 0;
  // Each code is its prefix's code and one byte: no copies of strings, so a bomb costs only what it writes.
  const prefix = new Uint16Array(4097);
  const suffix = new Uint8Array(4097);
  const length = new Uint16Array(4097);
  for (let code = 0; code < 256; code += 1) {
    suffix[code] = code;
    length[code] = 1;
  }
  let out = new Uint8Array(Math.min(limit, Math.max(1024, bytes.length * 4)));
  let size = 0;
  let next = 258;
  let width = 9;
  let previous = -1;
  let buffer = 0;
  let held = 0;
  let position = 0;
  for (;;) {
    while (held < width) {
      const byte = bytes[position];
      if (byte === undefined) return out.subarray(0, size);
      buffer = ((buffer << 8) | byte) & 0xffffff;
      held += 8;
      position += 1;
    }
    const code = (buffer >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (code === END) return out.subarray(0, size);
    if (code === CLEAR) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0) || (previous < 0 && code > 255)) {
      throw new Failure('pdf-stream-damaged', 'LZWDecode');
    }
    const source = code === next ? previous : code;
    const count = (length[source] ?? 0) + (code === next ? 1 : 0);
    if (size + count > limit) throw new Failure('pdf-stream-damaged', 'LZWDecode over the limit');
    if (size + count > out.length) {
      const larger = new Uint8Array(Math.min(limit, Math.max(out.length * 2, size + count)));
      larger.set(out.subarray(0, size));
      out = larger;
    }
    let walk = source;
    for (let place = size + (length[source] ?? 0) - 1; place >= size; place -= 1) {
      out[place] = suffix[walk] ?? 0;
      walk = prefix[walk] ?? 0;
    }
    const first = out[size] ?? 0;
    if (code === next) out[size + count - 1] = first;
    size += count;
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous;
      suffix[next] = first;
      length[next] = (length[previous] ?? 0) + 1;
      next += 1;
    }
    previous = code;
    if (next + early >= 2048) width = 12;
    else if (next + early >= 1024) width = 11;
    else if (next + early >= 512) width = 10;
    else width = 9;
  }
}
