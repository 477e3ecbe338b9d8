// Reads directories of tags (TIFF 6.0, section 2), as they stand in TIFF files and in the EXIF part of a JPEG.
// It knows no tag's meaning and follows no pointer but those of values.
import type { ByteSource } from '../../preload/contract/byte-source';
import { damaged } from './picture';

const sizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};
const mostEntries = 1000;
const mostValues = 1_000_000;

export interface Directory {
  /** Whole numbers and fractions (as quotients) of a tag; empty when it is absent. */
  numbers(tag: number): readonly number[];
  /** The bytes of a tag; undefined when it is absent. */
  bytes(tag: number): Uint8Array | undefined;
  has(tag: number): boolean;
  /** Offset of the next directory, 0 at the end. */
  readonly next: number;
}

export interface DirectoryFile {
  readonly little: boolean;
  readonly first: number;
  directory(offset: number): Directory;
}

/** Reads bytes, or throws Failure `convert-image-damaged` where the file ends before. */
export function take(source: ByteSource, offset: number, length: number): Uint8Array {
  if (offset < 0 || length < 0 || offset + length > source.size) throw damaged('cut off');
  return source.read(offset, length);
}

/** Opens at the byte order mark; `undefined` when this is no such file. Throws Failure `convert-image-damaged`. */
export function openDirectories(source: ByteSource): DirectoryFile | undefined {
  if (source.size < 8) return undefined;
  const head = Buffer.from(source.read(0, 8));
  const mark = head.toString('latin1', 0, 2);
  if (mark !== 'II' && mark !== 'MM') return undefined;
  const little = mark === 'II';
  const short = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  const long = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  if (short(head, 2) !== 42) return undefined;
  const part = (offset: number, length: number): Buffer => Buffer.from(take(source, offset, length));

  const numberAt = (type: number, bytes: Buffer, at: number): number => {
    switch (type) {
      case 3:
        return short(bytes, at);
      case 4:
        return long(bytes, at);
      case 5:
        return long(bytes, at) / long(bytes, at + 4);
      default:
        return bytes[at] ?? 0;
    }
  };

  return {
    little,
    first: long(head, 4),
    directory(offset) {
      const count = short(part(offset, 2), 0);
      if (count === 0 || count > mostEntries) throw damaged('directory');
      const body = part(offset + 2, count * 12);
      const entries = new Map<number, { type: number; count: number; data: () => Buffer }>();
      for (let index = 0; index < count; index += 1) {
        const at = index * 12;
        const type = short(body, at + 2);
        const values = long(body, at + 4);
        const length = (sizes[type] ?? 0) * values;
        const inline = length <= 4;
        const where = long(body, at + 8);
        entries.set(short(body, at), {
          type,
          count: values,
          data: () => (inline ? body.subarray(at + 8, at + 8 + length) : part(where, length)),
        });
      }
      const end = offset + 2 + count * 12;
      return {
        next: end + 4 <= source.size ? long(part(end, 4), 0) : 0,
        has: (tag) => entries.has(tag),
        numbers(tag) {
          const entry = entries.get(tag);
          if (entry === undefined) return [];
          if (entry.count > mostValues) throw damaged(`tag ${tag}`);
          const data = entry.data();
          const size = sizes[entry.type] ?? 1;
          return Array.from({ length: Math.floor(data.length / size) }, (_, index) =>
            numberAt(entry.type, data, index * size),
          );
        },
        bytes: (tag) => entries.get(tag)?.data(),
      };
    },
  };
}

/** Dots an inch by the tags 282, 283 and 296. */
export function densityOf(directory: Directory): readonly [number, number] {
  const [across = 0] = directory.numbers(282);
  const [down = across] = directory.numbers(283);
  const [unit = 2] = directory.numbers(296);
  if (unit === 1) return [0, 0];
  const factor = unit === 3 ? 2.54 : 1;
  return [across * factor, down * factor];
}
