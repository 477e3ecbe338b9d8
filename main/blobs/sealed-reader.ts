// Random access to a sealed file with nothing but its path and its own key, so that a process without the vault can read it.
// It never gives out a byte that was not authenticated, and never writes.
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { diskFailure, isNotFound } from '../runtime/disk-failure';
import {
  chunkCount,
  chunkSize,
  type Description,
  headerSize,
  largestDescription,
  lengthSize,
  openChunk,
  openDescription,
  readHeader,
  tagSize,
} from './format';

/** What a host is given to read one file: no other file opens with it. */
export interface FileAccess {
  readonly path: string;
  readonly fileKey: Uint8Array;
}

export interface SealedSource extends ByteSource {
  readonly description: Description;
  close(): void;
}

/** Plain chunks kept at hand: 2 MiB, enough for a parser that jumps between two places. */
const keptChunks = 32;

function readExactly(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const got = readSync(descriptor, bytes, done, length - done, offset + done);
    if (got === 0) throw new Failure('blob-damaged', 'the file is shorter than it says');
    done += got;
  }
  return bytes;
}

function openForReading(path: string): number {
  try {
    // Never through a link: the name stands for the very file we wrote.
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw isNotFound(error) ? new Failure('blob-missing', '', { cause: error }) : diskFailure(error);
  }
}

/** The salt in a sealed file's header. Throws Failure `blob-missing`, `blob-damaged`, `blob-from-the-future`, `disk-error`. */
export function readSalt(path: string): Uint8Array {
  const descriptor = openForReading(path);
  try {
    return checkedSalt(readExactly(descriptor, 0, headerSize));
  } catch (error) {
    throw diskFailure(error);
  } finally {
    closeSync(descriptor);
  }
}

function checkedSalt(header: Uint8Array): Uint8Array {
  const read = readHeader(header);
  if (read.kind === 'newer') throw new Failure('blob-from-the-future');
  if (read.kind === 'damaged') throw new Failure('blob-damaged', 'header');
  return read.salt;
}

function readDescription(descriptor: number, key: Uint8Array): Description {
  const total = fstatSync(descriptor).size;
  if (total < headerSize + 2 * tagSize + lengthSize) throw new Failure('blob-damaged', 'too short');
  checkedSalt(readExactly(descriptor, 0, headerSize));
  const length = Buffer.from(readExactly(descriptor, total - lengthSize, lengthSize)).readUInt32BE(0);
  const body = total - headerSize - lengthSize - length;
  if (length > largestDescription || body < tagSize) throw new Failure('blob-damaged', 'length');
  const read = openDescription(key, readExactly(descriptor, headerSize + body, length), body);
  if (read === null) throw new Failure('blob-damaged', 'description');
  return read;
}

/**
 * Opens a sealed file. Throws Failure `blob-missing`, `blob-damaged`, `blob-from-the-future`, `disk-error`; `read` throws
 * RangeError outside `size` and `blob-damaged` where a chunk is not what was sealed.
 */
export function openSealed(access: FileAccess): SealedSource {
  const key = Uint8Array.from(access.fileKey);
  const descriptor = openForReading(access.path);
  let read: Description;
  try {
    read = readDescription(descriptor, key);
  } catch (error) {
    closeSync(descriptor);
    throw diskFailure(error);
  }
  const { size } = read;
  const count = chunkCount(size);
  const kept = new Map<number, Uint8Array>();

  function chunk(index: number): Uint8Array {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const length = Math.min(chunkSize, size - index * chunkSize);
    const offset = headerSize + index * (chunkSize + tagSize);
    const sealed = readExactly(descriptor, offset, length + tagSize);
    const plain = openChunk(key, index, index === count - 1 ? count : null, sealed);
    if (plain === null) throw new Failure('blob-damaged', `chunk ${index}`);
    if (kept.size >= keptChunks) {
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    }
    kept.set(index, plain);
    return plain;
  }

  return {
    size,
    description: read,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new RangeError(`read ${offset}+${length} of ${size}`);
      }
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const index = Math.floor((offset + done) / chunkSize);
        const from = offset + done - index * chunkSize;
        let plain: Uint8Array;
        try {
          plain = chunk(index);
        } catch (error) {
          throw diskFailure(error);
        }
        const part = plain.subarray(from, from + length - done);
        bytes.set(part, done);
        done += part.length;
      }
      return bytes;
    },
    close() {
      closeSync(descriptor);
      key.fill(0);
      kept.clear();
    },
  };
}

/** Hex SHA-256 of all plain bytes; reads every chunk, so it also proves that none is damaged. */
export async function hashSource(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  const step = 1 << 20;
  for (let offset = 0; offset < source.size; offset += step) {
    hash.update(source.read(offset, Math.min(step, source.size - offset)));
    // A file may have half a gigabyte: other work of this process goes on in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest('hex');
}
