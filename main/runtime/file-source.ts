// A ByteSource over a plain file on disk, for the command line and the tests. It never writes.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';

export interface FileSource extends ByteSource {
  close(): void;
}

/** Opens a file for reading. Throws Failure `file-unreadable`. */
export function openFileSource(path: string): FileSource {
  let descriptor: number;
  let size: number;
  try {
    descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      closeSync(descriptor);
      throw new Failure('file-unreadable', 'not a regular file');
    }
    size = stat.size;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('file-unreadable', path, { cause: error });
  }
  const readInto = (offset: number, target: Uint8Array): void => {
    const { length } = target;
    if (offset < 0 || offset + length > size) throw new RangeError(`read ${offset}+${length} of ${size}`);
    let done = 0;
    while (done < length) {
      const got = readSync(descriptor, target, done, length - done, offset + done);
      if (got === 0) throw new RangeError('file became shorter while it was read');
      done += got;
    }
  };
  return {
    size,
    readInto,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new RangeError(`read ${offset}+${length} of ${size}`);
      }
      const bytes = new Uint8Array(length);
      readInto(offset, bytes);
      return bytes;
    },
    close() {
      closeSync(descriptor);
    },
  };
}
