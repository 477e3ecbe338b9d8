// Random access to the bytes of one file, wherever they lie. It only reads and knows no format.

/** Synchronous random access. `read` returns exactly `length` bytes and throws RangeError outside `size`. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** A ByteSource over bytes in memory; `read` returns views, never copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new RangeError(`read ${offset}+${length} of ${bytes.length}`);
      }
      return bytes.subarray(offset, offset + length);
    },
  };
}
