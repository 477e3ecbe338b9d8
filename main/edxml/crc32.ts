// CRC-32 of zip entries (ISO 3309), computed piece by piece. The floor runtime's zlib does not offer it.

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The CRC of `bytes` after the CRC of everything before them (0 at the start). */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let index = 0; index < bytes.length; index += 1) {
    crc = (table[(crc ^ (bytes[index] as number)) & 255] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
