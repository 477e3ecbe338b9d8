// Reads the machine a shared library was built for from its ELF, PE or Mach-O header. It loads nothing.
import { closeSync, openSync, readSync } from 'node:fs';

export type Machine = 'x64' | 'ia32' | 'arm64' | 'arm' | 'other';

/** `none`: not a shared library of any of the three kinds. A fat Mach-O has several machines. */
export type LibraryKind =
  | { readonly kind: 'elf' | 'pe' | 'mach-o'; readonly machines: readonly Machine[] }
  | { readonly kind: 'none' };

const elfMachines: Readonly<Record<number, Machine>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64' };
const peMachines: Readonly<Record<number, Machine>> = {
  332: 'ia32',
  452: 'arm',
  34404: 'x64',
  43620: 'arm64',
};
const machMachines: Readonly<Record<number, Machine>> = {
  7: 'ia32',
  16777223: 'x64',
  12: 'arm',
  16777228: 'arm64',
};

/** Judges the first bytes of a file; 4 KiB are enough. */
export function libraryKindOf(head: Uint8Array): LibraryKind {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const has = (offset: number, length: number): boolean => offset >= 0 && offset + length <= view.byteLength;
  if (!has(0, 20)) return { kind: 'none' };
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46) {
    const little = view.getUint8(5) === 1;
    return { kind: 'elf', machines: [elfMachines[view.getUint16(18, little)] ?? 'other'] };
  }
  if (view.getUint16(0) === 0x4d5a && has(0x3c, 4)) {
    const offset = view.getUint32(0x3c, true);
    if (!has(offset, 6) || view.getUint32(offset) !== 0x50450000) return { kind: 'none' };
    return { kind: 'pe', machines: [peMachines[view.getUint16(offset + 4, true)] ?? 'other'] };
  }
  if (magic === 0xcffaedfe || magic === 0xcefaedfe) {
    return { kind: 'mach-o', machines: [machMachines[view.getUint32(4, true)] ?? 'other'] };
  }
  // 0xcafebabe is also a Java class: there the next number is a version, far above any count of machines.
  if (magic === 0xcafebabe && view.getUint32(4) <= 16) {
    const machines: Machine[] = [];
    for (let i = 0; i < view.getUint32(4) && has(8 + i * 20, 4); i += 1) {
      machines.push(machMachines[view.getUint32(8 + i * 20)] ?? 'other');
    }
    return { kind: 'mach-o', machines };
  }
  return { kind: 'none' };
}

const kinds: Readonly<Record<string, 'elf' | 'pe' | 'mach-o'>> = { win32: 'pe', darwin: 'mach-o' };

/** Whether this process can load the library: `yes`, `wrong-machine`, or `no-library`. Throws if the file cannot be read. */
export function fitsThisProcess(
  path: string,
  arch: string = process.arch,
  platform: string = process.platform,
): 'yes' | 'wrong-machine' | 'no-library' {
  const descriptor = openSync(path, 'r');
  const head = Buffer.alloc(4096);
  let length: number;
  try {
    length = readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  const library = libraryKindOf(head.subarray(0, length));
  if (library.kind === 'none') return 'no-library';
  if (library.kind !== (kinds[platform] ?? 'elf')) return 'wrong-machine';
  return library.machines.some((machine) => machine === arch) ? 'yes' : 'wrong-machine';
}
