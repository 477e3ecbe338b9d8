// Random access to the bytes of one file, wherever they lie. It only reads and knows no format.

/** Synchronous random access. `read` returns exactly `length` bytes and throws RangeError outside `size`. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` from `offset`, for those who go through much and keep nothing. Throws as `read`. */
  readInto?(offset: number, target: Uint8Array): void;
}

/** Pieces that stay in the processor's cache hash faster than large ones. */
const PIECE = 256 * 1024;

/** Hands a range to `take` piece by piece, in order. A piece holds only until `take` returns. Throws RangeError. */
export function eachPiece(
  source: ByteSource,
  start: number,
  length: number,
  take: (piece: Uint8Array, offset: number) => void,
): void {
  // One buffer for all: a fresh one for each piece would cost more than reading it.
  const buffer = source.readInto === undefined ? undefined : new Uint8Array(Math.min(PIECE, length));
  for (let done = 0; done < length; done += PIECE) {
    const offset = start + done;
    const size = Math.min(PIECE, length - done);
    if (buffer === undefined) {
      take(source.read(offset, size), offset);
    } else {
      const piece = buffer.subarray(0, size);
      source.readInto?.(offset, piece);
      take(piece, offset);
    }
  }
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
