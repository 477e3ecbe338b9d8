// Looks for signature data that no field refers to any more: a file that was signed must not read as "unsigned" because
// somebody damaged the way to its signature. It looks only; it verifies nothing.
import type { ByteSource } from '../../preload/contract/byte-source';

const chunk = 1 << 20;
const key = '/ByteRange';
/** How far around the key the rest of the dictionary is looked for; /Contents may reserve much room. */
const around = 256 * 1024;

/** True when a dictionary with /ByteRange and a long hexadecimal /Contents stands in the file in the clear. */
export function findOrphan(source: ByteSource): boolean {
  let from = 0;
  let hits = 0;
  while (from < source.size) {
    const length = Math.min(chunk + key.length, source.size - from);
    const bytes = Buffer.from(source.read(from, length));
    for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
      hits += 1;
      if (hits > 100) return true;
      if (looksLikeSignature(source, from + at)) return true;
    }
    from += chunk;
  }
  return false;
}

function looksLikeSignature(source: ByteSource, at: number): boolean {
  const start = Math.max(0, at - around);
  const text = Buffer.from(source.read(start, Math.min(source.size - start, 2 * around))).toString('latin1');
  const place = at - start;
  // The object around the key, as far as it can be told without parsing.
  const begin = Math.max(text.lastIndexOf(' obj', place), text.lastIndexOf('endobj', place), 0);
  const close = text.indexOf('endobj', place);
  const object = text.slice(begin, close < 0 ? undefined : close);
  return /\/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+/.test(object) && /<[0-9A-Fa-f\s]{128,}>/.test(object);
}
