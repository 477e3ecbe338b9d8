// A document with bytes that are still to be appended, read as one. It writes nothing.
import type { ByteSource } from '../../preload/contract/byte-source';

/** The source with bytes appended, as one source. */
export function appended(source: ByteSource, bytes: Uint8Array): ByteSource {
  return {
    size: source.size + bytes.length,
    read(offset, length) {
      const end = offset + length;
      if (end <= source.size) return source.read(offset, length);
      if (offset >= source.size) return bytes.subarray(offset - source.size, end - source.size);
      const head = source.read(offset, source.size - offset);
      return Buffer.concat([head, bytes.subarray(0, end - source.size)]);
    },
  };
}
