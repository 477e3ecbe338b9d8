// Changes one word of a signed PDF in place, the way a forger would: same length, same structure, another text. It exists so
// that the desk has a document whose signatures do not hold.
import { deflateSync, inflateSync } from 'node:zlib';

function inflated(bytes: Uint8Array): string | undefined {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/**
 * Replaces the first `from` (as the page's content shows it, in hexadecimal) by `to` inside a deflated content stream. The
 * stream keeps its length: what deflate leaves free is filled with zeros behind it. Throws when it cannot.
 */
export function withChangedText(pdf: Uint8Array, from: string, to: string): Uint8Array {
  const bytes = Buffer.from(pdf);
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 7)) {
    const start = at + 7;
    const end = bytes.indexOf('\nendstream', start);
    if (end < 0) break;
    const content = inflated(bytes.subarray(start, end));
    if (content === undefined || !content.includes(from)) continue;
    const changed = deflateSync(Buffer.from(content.replace(from, to), 'latin1'), { level: 9 });
    if (changed.length > end - start) throw new Error('the changed text does not fit');
    bytes.fill(0, start, end);
    changed.copy(bytes, start);
    return bytes;
  }
  throw new Error('the text to change was not found');
}
