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

const page = 1 << 18;
const pages = 64;

/** A source that keeps the pages it read last: walking an object graph asks for many small pieces close together. */
export function pagedSource(source: ByteSource): ByteSource {
  const kept = new Map<number, Uint8Array>();
  const pageAt = (index: number): Uint8Array => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const bytes = source.read(index * page, Math.min(page, source.size - index * page));
    kept.set(index, bytes);
    const oldest = kept.keys().next();
    if (kept.size > pages && oldest.done !== true) kept.delete(oldest.value);
    return bytes;
  };
  return {
    size: source.size,
    read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > source.size) {
        throw new RangeError(`read ${offset}+${length} of ${source.size}`);
      }
      if (length === 0) return new Uint8Array();
      const first = Math.floor(offset / page);
      const last = Math.floor((offset + length - 1) / page);
      if (last - first > 4) return source.read(offset, length);
      const start = offset - first * page;
      if (first === last) return pageAt(first).subarray(start, start + length);
      const out = new Uint8Array(length);
      for (let index = first; index <= last; index++) {
        const bytes = pageAt(index);
        const from = index === first ? start : 0;
        const piece = bytes.subarray(
          from,
          Math.min(bytes.length, from + offset + length - (index * page + from)),
        );
        out.set(piece, index * page + from - offset);
      }
      return out;
    },
  };
}
