// Reads the names that a Windows library exports from its PE headers and export directory (Microsoft PE format, "The .edata
// Section"). It loads nothing, follows no offset outside the file and gives up on tables of absurd size.

/** Reads `length` bytes at `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

/** A library of a vendor exports some hundreds of names; more than this is no library that was built by anybody. */
const nameLimit = 20_000;

interface Section {
  readonly address: number;
  readonly size: number;
  readonly offset: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function exactly(read: ReadAt, offset: number, length: number): DataView | undefined {
  const bytes = read(offset, length);
  return bytes.length === length ? viewOf(bytes) : undefined;
}

/** Offset in the file of an address in memory, or undefined where no section holds it. */
function fileOffset(sections: readonly Section[], address: number): number | undefined {
  const section = sections.find((one) => address >= one.address && address < one.address + one.size);
  return section === undefined ? undefined : section.offset + (address - section.address);
}

function sectionsOf(read: ReadAt, at: number, count: number): Section[] | undefined {
  if (count > 96) return undefined;
  const table = exactly(read, at, count * 40);
  if (table === undefined) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const base = index * 40;
    return {
      address: table.getUint32(base + 12, true),
      size: Math.max(table.getUint32(base + 8, true), table.getUint32(base + 16, true)),
      offset: table.getUint32(base + 20, true),
    };
  });
}

function textAt(read: ReadAt, offset: number, limit: number): string {
  const bytes = read(offset, limit);
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('latin1');
}

/** Whether a PE library exports this name. False for anything that cannot be read as PE. */
export function exportsName(read: ReadAt, wanted: string): boolean {
  const start = exactly(read, 0x3c, 4)?.getUint32(0, true);
  const header = start === undefined ? undefined : exactly(read, start, 24);
  if (start === undefined || header === undefined || header.getUint32(0) !== 0x50450000) return false;
  const sectionCount = header.getUint16(6, true);
  const optionalSize = header.getUint16(20, true);
  const optional = exactly(read, start + 24, optionalSize);
  if (optional === undefined || optionalSize < 104) return false;
  // PE32 keeps its data directories 16 bytes before PE32+ does; the first directory is that of exports.
  const directoryAt = optional.getUint16(0, true) === 0x20b ? 112 : 96;
  if (optionalSize < directoryAt + 8) return false;
  const sections = sectionsOf(read, start + 24 + optionalSize, sectionCount);
  if (sections === undefined) return false;
  const directoryOffset = fileOffset(sections, optional.getUint32(directoryAt, true));
  const directory = directoryOffset === undefined ? undefined : exactly(read, directoryOffset, 40);
  if (directory === undefined) return false;
  const count = directory.getUint32(24, true);
  const namesOffset = fileOffset(sections, directory.getUint32(32, true));
  if (count > nameLimit || namesOffset === undefined) return false;
  const names = exactly(read, namesOffset, count * 4);
  if (names === undefined) return false;
  for (let index = 0; index < count; index += 1) {
    const offset = fileOffset(sections, names.getUint32(index * 4, true));
    if (offset !== undefined && textAt(read, offset, wanted.length + 1) === wanted) return true;
  }
  return false;
}
