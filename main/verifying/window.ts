// Windows onto a file's bytes: its beginning as a file of its own, chunks for hashing, a look at what trails. No format.
import type { ByteSource } from '../../preload/contract/byte-source';

const chunk = 1 << 20;

/** The first `size` bytes of a source as a source. */
export function beginningOf(source: ByteSource, size: number): ByteSource {
  return {
    size,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new RangeError(`read ${offset}+${length} of ${size}`);
      return source.read(offset, length);
    },
  };
}

/** Hands a range to `update` in chunks, so that memory stays small whatever the file. */
export function feedRange(
  source: ByteSource,
  start: number,
  length: number,
  update: (bytes: Uint8Array) => void,
): void {
  for (let done = 0; done < length; done += chunk) {
    update(source.read(start + done, Math.min(chunk, length - done)));
  }
}

/** True when nothing but white space (and NUL, which some transports pad with) stands from `start` to the end. */
export function onlyWhiteFrom(source: ByteSource, start: number): boolean {
  for (let at = start; at < source.size; at += chunk) {
    const bytes = source.read(at, Math.min(chunk, source.size - at));
    if (
      bytes.some((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09 && byte !== 0)
    ) {
      return false;
    }
  }
  return true;
}
