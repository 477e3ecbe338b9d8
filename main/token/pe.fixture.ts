// Builds small PE files for tests: headers, one section, an export directory with the names asked for. It is no loadable library.

export interface PeWish {
  readonly machine: 'x64' | 'ia32';
  readonly names: readonly string[];
}

const sectionAddress = 0x1000;
const sectionOffset = 0x400;

/** The bytes of a PE32+ (x64) or PE32 (ia32) file that exports `names`. */
export function peFile({ machine, names }: PeWish): Buffer {
  const wide = machine === 'x64';
  const optionalSize = wide ? 240 : 224;
  const file = Buffer.alloc(sectionOffset + 0x1000);
  file.write('MZ');
  file.writeUInt32LE(0x80, 0x3c);
  file.write('PE\0\0', 0x80);
  file.writeUInt16LE(wide ? 0x8664 : 0x14c, 0x84);
  file.writeUInt16LE(1, 0x86);
  file.writeUInt16LE(optionalSize, 0x94);
  const optional = 0x98;
  file.writeUInt16LE(wide ? 0x20b : 0x10b, optional);
  file.writeUInt32LE(sectionAddress, optional + (wide ? 112 : 96));
  const section = optional + optionalSize;
  file.write('.edata', section);
  file.writeUInt32LE(0x1000, section + 8);
  file.writeUInt32LE(sectionAddress, section + 12);
  file.writeUInt32LE(0x1000, section + 16);
  file.writeUInt32LE(sectionOffset, section + 20);
  const at = (address: number): number => sectionOffset + (address - sectionAddress);
  const table = sectionAddress + 40;
  file.writeUInt32LE(names.length, at(sectionAddress + 24));
  file.writeUInt32LE(table, at(sectionAddress + 32));
  let text = table + names.length * 4;
  names.forEach((name, index) => {
    file.writeUInt32LE(text, at(table + index * 4));
    file.write(`${name}\0`, at(text), 'latin1');
    text += name.length + 1;
  });
  return file;
}
