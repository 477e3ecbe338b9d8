// Reads syntax at an offset of a file, taking only as many bytes as it needs. It knows no object and keeps nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { limits } from './limits';
import { damaged, needMoreBytes, SyntaxReader } from './syntax';

const FIRST_TAKE = 2048;

/** Runs `parse` on a reader whose byte 0 is `offset` of the file, with more bytes each time it asks for more. */
export function parseAt<T>(source: ByteSource, offset: number, parse: (reader: SyntaxReader) => T): T {
  if (offset < 0 || offset >= source.size) throw damaged(`offset ${offset} is outside the file`);
  const available = source.size - offset;
  for (let take = FIRST_TAKE; take <= limits.objectBytes; take *= 8) {
    const length = Math.min(take, available);
    const reader = new SyntaxReader(source.read(offset, length), 0, length === available);
    try {
      return parse(reader);
    } catch (error) {
      if (error !== needMoreBytes) throw error;
    }
  }
  throw damaged(`object at ${offset} is over ${limits.objectBytes} bytes`);
}

/** The bytes from `offset`, at most `length`, fewer at the end of the file. */
export function readSome(source: ByteSource, offset: number, length: number): Uint8Array {
  const start = Math.max(0, offset);
  return start >= source.size ? new Uint8Array(0) : source.read(start, Math.min(length, source.size - start));
}

/** The last place of `word` (ASCII) in `bytes` that begins before `before`, or -1. */
export function lastIndexOf(bytes: Uint8Array, word: string, before = bytes.length): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(word, before - 1, 'latin1');
}

/** The first place of `word` (ASCII) in `bytes` at or after `from`, or -1. */
export function firstIndexOf(bytes: Uint8Array, word: string, from = 0): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(word, from, 'latin1');
}
