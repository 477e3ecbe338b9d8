// Reads single entries of a zip by its central directory, each within a limit. Two entries may have one name, and neither hides
// the other. It follows no path and writes nothing.
import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { zipName } from './zip-names';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endLength = 22;
const mostEntries = 20_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  /** Unpacked, as the directory says. */
  readonly size: number;
  readonly offset: number;
  readonly encrypted: boolean;
}

export interface Zip {
  /** Each name once. */
  readonly names: readonly string[];
  /** What the directory says of each, in its order, twins among them; nothing of it is checked against the bytes. */
  readonly entries: readonly { readonly name: string; readonly size: number; readonly encrypted: boolean }[];
  /** The bytes of the last entry of a name, of at most `limit` bytes; undefined when there is none, or it is larger or damaged. */
  read(name: string, limit: number): Uint8Array | undefined;
  /** As `read`, for one of `entries` by its place there. */
  readAt(index: number, limit: number): Uint8Array | undefined;
}

function broken(detail: string): Failure {
  return new Failure('convert-unknown-kind', detail);
}

function part(source: ByteSource, offset: number, length: number): Buffer {
  if (offset < 0 || length < 0 || offset + length > source.size) throw broken('zip cut off');
  return Buffer.from(source.read(offset, length));
}

/** A damaged entry says nothing and keeps nobody from the others. */
function bytesOf(source: ByteSource, entry: Entry, limit: number): Uint8Array | undefined {
  if (entry.encrypted || entry.packed > limit || entry.offset + 30 > source.size) return undefined;
  const head = part(source, entry.offset, 30);
  if (head.readUInt32LE(0) !== localMark) return undefined;
  const from = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (from + entry.packed > source.size) return undefined;
  const packed = part(source, from, entry.packed);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch {
    // Larger than the limit, or damaged: nothing is said of it.
    return undefined;
  }
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
  const entries: Entry[] = [];
  for (let place = 0, index = 0; index < count; index += 1) {
    if (place + 46 > directory.length || directory.readUInt32LE(place) !== entryMark)
      throw broken('zip entry');
    const nameLength = directory.readUInt16LE(place + 28);
    const flags = directory.readUInt16LE(place + 8);
    entries.push({
      name: zipName(directory.subarray(place + 46, place + 46 + nameLength), (flags & 0x800) !== 0),
      method: directory.readUInt16LE(place + 10),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
      encrypted: (flags & 1) !== 0,
    });
    place += 46 + nameLength + directory.readUInt16LE(place + 30) + directory.readUInt16LE(place + 32);
  }
  const lastOf = new Map(entries.map(({ name }, index) => [name, index]));
  const readAt = (index: number, limit: number): Uint8Array | undefined => {
    const entry = entries[index];
    return entry === undefined ? undefined : bytesOf(source, entry, limit);
  };
  return {
    names: [...lastOf.keys()],
    entries: entries.map(({ name, size, encrypted }) => ({ name, size, encrypted })),
    read: (name, limit) => readAt(lastOf.get(name) ?? -1, limit),
    readAt,
  };
}
