// The text of a file that is nothing but text, in the encodings that are met: UTF-8, UTF-16 with a mark or without, codes of before
// Unicode, whose bytes are kept as letters. It reads the beginning of the file and no more.
import type { ByteSource } from '../../preload/contract/byte-source';
import { type FilePreview, mostLetters } from '../../preload/contract/preview';
import { cutText } from './cut-text';

type Wide = 'utf-16le' | 'utf-16be';

function strictly(encoding: string, bytes: Uint8Array, whole: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !whole });
  } catch {
    return undefined;
  }
}

/** Control characters that no text has. */
const noText = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;
/** DOS ends a text with this sign, or fills its last block with it. */
const endOfDos = /\u001a+$/;
/** Of the letters of a text that is no Far Eastern one: blanks, stops, line ends and plain letters are at least so many. */
const fewestPlain = 0.2;

/** UTF-16 without a mark: plain letters have an empty byte, always on the same side, and nothing else of the text has one. */
function wideWithoutMark(bytes: Uint8Array): Wide | undefined {
  const empty: [number, number] = [0, 0];
  bytes.forEach((byte, at) => {
    if (byte === 0) empty[at % 2 === 0 ? 0 : 1] += 1;
  });
  const most = Math.max(...empty);
  if (Math.min(...empty) > 0 || most === 0 || most < (bytes.length / 2) * fewestPlain) return undefined;
  return empty[1] > 0 ? 'utf-16le' : 'utf-16be';
}

/** What is shown of a file that is no office file, picture or archive; `none` where it is no text. */
export function plainText(source: ByteSource): FilePreview {
  const length = Math.min(source.size, mostLetters * 2);
  const bytes = source.read(0, length);
  const whole = length === source.size;
  const withoutEnd = (text: string): string => (whole ? text.replace(endOfDos, '') : text);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const text = strictly(first === 0xff ? 'utf-16le' : 'utf-16be', bytes, whole);
    return text === undefined ? { kind: 'none' } : cutText(withoutEnd(text), 'utf-16', !whole);
  }
  const wide = wideWithoutMark(bytes);
  if (wide !== undefined) {
    const text = strictly(wide, bytes, whole);
    const shown = text === undefined ? undefined : withoutEnd(text);
    if (shown !== undefined && !noText.test(shown)) return cutText(shown, 'utf-16', !whole);
  }
  const text = strictly('utf-8', bytes, whole);
  const encoding = text === undefined ? 'legacy' : 'utf-8';
  const shown = withoutEnd(text ?? new TextDecoder('windows-1252').decode(bytes));
  return noText.test(shown) ? { kind: 'none' } : cutText(shown, encoding, !whole);
}
