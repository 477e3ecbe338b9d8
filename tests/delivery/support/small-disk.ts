// A disk of a few hundred megabytes that can be filled: the one that build/delivery-tests.mjs has mounted for the tests.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const smallDisk = process.env.VAN_THU_SMALL_DISK ?? '';
const filler = join(smallDisk, 'filler');
const part = Buffer.alloc(1 << 20);

/** Bytes that are free there. */
export function freeBytes(): number {
  const { bavail, bsize } = statfsSync(smallDisk);
  return bavail * bsize;
}

/** Fills the disk until only this many megabytes are left. */
export function leaveFree(megabytes: number): void {
  for (let left = freeBytes() - megabytes * part.length; left > 0; left -= part.length) {
    writeFileSync(filler, part, { flag: 'a' });
  }
}

/** Takes away what filled it. */
export function makeRoom(): void {
  rmSync(filler, { force: true });
}
