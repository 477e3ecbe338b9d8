// Reads the machine a shared library was built for from its ELF, PE or Mach-O header, and whether a PE is PKCS#11 at all.
// It loads nothing.
import { closeSync, openSync, readSync } from 'node:fs';
import { exportsName, type ReadAt } from './pe-exports';

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

/**
 * Whether this process can load the library as a driver. `narrow`: a 32-bit library for a 64-bit process, which is what
 * people meet most; `not-pkcs11`: a PE without C_GetFunctionList, such as the shell of a CSP.
 */
export type Fit = 'yes' | 'narrow' | 'wrong-machine' | 'no-library' | 'not-pkcs11';

function withFile<T>(path: string, look: (read: ReadAt) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return look((offset, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    });
  } finally {
    closeSync(descriptor);
  }
}

/** True for a PE file that exports C_GetFunctionList; false for everything else, also what cannot be read. */
export function isPkcs11File(path: string): boolean {
  try {
    return withFile(path, (read) => exportsName(read, 'C_GetFunctionList'));
  } catch {
    // Not to be opened by us: then it is no driver for us either.
    return false;
  }
}

/** Reads the file's headers and judges them. Throws if the file cannot be read. */
export function fitsThisProcess(
  path: string,
  arch: string = process.arch,
  platform: string = process.platform,
): Fit {
  return withFile(path, (read) => {
    const library = libraryKindOf(read(0, 4096));
    if (library.kind === 'none') return 'no-library';
    if (library.kind !== (kinds[platform] ?? 'elf')) return 'wrong-machine';
    if (!library.machines.some((machine) => machine === arch)) {
      const wide = arch === 'x64' || arch === 'arm64';
      const narrow = library.machines.every((machine) => machine === 'ia32' || machine === 'arm');
      return wide && narrow ? 'narrow' : 'wrong-machine';
    }
    return library.kind === 'pe' && !exportsName(read, 'C_GetFunctionList') ? 'not-pkcs11' : 'yes';
  });
}
