// Reads single named entries of a zip by its central directory, each within a limit. It follows no path and writes nothing.
import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endLength = 22;
const mostEntries = 20_000;

interface Entry {
  readonly method: number;
  readonly packed: number;
  /** Unpacked, as the directory says. */
  readonly size: number;
  readonly offset: number;
  readonly encrypted: boolean;
}

export interface Zip {
  readonly names: readonly string[];
  /** What the directory says of each; nothing of it is checked against the bytes. */
  readonly entries: readonly { readonly name: string; readonly size: number; readonly encrypted: boolean }[];
  /** The bytes of an entry of at most `limit` bytes; undefined when there is none, or it is larger or damaged. */
  read(name: string, limit: number): Uint8Array | undefined;
}

function broken(detail: string): Failure {
  return new Failure('convert-unknown-kind', detail);
}

function part(source: ByteSource, offset: number, length: number): Buffer {
  if (offset < 0 || length < 0 || offset + length > source.size) throw broken('zip cut off');
  return Buffer.from(source.read(offset, length));
}

/** Opens the directory. Throws Failure `convert-unknown-kind` when there is none that makes sense. */
export function openZip(source: ByteSource): Zip {
  const tailLength = Math.min(source.size, endLength + 65_535);
  const tail = part(source, source.size - tailLength, tailLength);
  const mark = Buffer.from([0x50, 0x4b, 5, 6]);
  const at = tail.lastIndexOf(mark);
  if (at < 0 || at + endLength > tail.length || tail.readUInt32LE(at) !== endMark) throw broken('no zip');
  const count = tail.readUInt16LE(at + 10);
  const directory = part(source, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  if (count > mostEntries) throw broken('too many entries');
  const entries = new Map<string, Entry>();
  for (let place = 0, index = 0; index < count; index += 1) {
    if (place + 46 > directory.length || directory.readUInt32LE(place) !== entryMark)
      throw broken('zip entry');
    const nameLength = directory.readUInt16LE(place + 28);
    const name = directory.toString('utf8', place + 46, place + 46 + nameLength);
    entries.set(name, {
      method: directory.readUInt16LE(place + 10),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
      encrypted: (directory.readUInt16LE(place + 8) & 1) !== 0,
    });
    place += 46 + nameLength + directory.readUInt16LE(place + 30) + directory.readUInt16LE(place + 32);
  }
  return {
    names: [...entries.keys()],
    entries: [...entries].map(([name, { size, encrypted }]) => ({ name, size, encrypted })),
    read(name, limit) {
      const entry = entries.get(name);
      if (entry === undefined || entry.encrypted || entry.packed > limit) return undefined;
      const head = part(source, entry.offset, 30);
      if (head.readUInt32LE(0) !== localMark) return undefined;
      const from = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
      const packed = part(source, from, entry.packed);
      if (entry.method === 0) return packed;
      if (entry.method !== 8) return undefined;
      try {
        return inflateRawSync(packed, { maxOutputLength: limit });
      } catch {
        // Larger than the limit, or damaged: nothing is said of it.
        return undefined;
      }
    },
  };
}
