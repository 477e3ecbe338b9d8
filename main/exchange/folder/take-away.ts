// Moves a package that is durable elsewhere out of the folder it arrived in. It overwrites nothing and deletes only what lies
// in the done folder already, byte for byte.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pieceBytes } from '../package-body';
import type { Disk } from './disk';
import { systemCode } from './disk-answers';
import type { InboxFile } from './inbox';
import { withSuffix } from './names';

async function exists(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.facts(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function removeQuietly(disk: Disk, path: string): Promise<void> {
  try {
    await disk.remove(path);
  } catch (error) {
    // What stopped us is told already.
    if (systemCode(error) === '') throw error;
  }
}

/** The answers that prove that a file was not removed. */
const stays: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'EBUSY']);

/** Another volume takes no rename: copy, fsync, name, then remove. It is tried again and again: what failed leaves nothing behind. */
async function copyOver(disk: Disk, from: string, folder: string, to: string): Promise<void> {
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  try {
    await copy(disk, from, temporary);
    await disk.rename(temporary, to);
  } catch (error) {
    await removeQuietly(disk, temporary);
    throw error;
  }
  await disk.syncFolder(folder);
  try {
    await disk.remove(from);
  } catch (error) {
    if (stays.has(systemCode(error))) await removeQuietly(disk, to);
    throw error;
  }
}

async function copy(disk: Disk, from: string, temporary: string): Promise<void> {
  const source = await disk.openRead(from);
  try {
    const target = await disk.create(temporary);
    try {
      for (let offset = 0; ; ) {
        const piece = await source.read(offset, pieceBytes);
        if (piece.length === 0) break;
        await target.write(piece);
        offset += piece.length;
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Throws the system's errors; the package then still lies in one of the two folders, whole. */
export async function takeAway(disk: Disk, file: InboxFile, done: string): Promise<void> {
  await disk.makeFolder(done);
  const from = join(file.folder, file.name);
  const free = async (name: string) => !(await exists(disk, join(done, name)));
  const byHash = withSuffix(file.name, file.sha256.slice(0, 16));
  // A twin that was taken away before keeps its name; this one gets its hash, then anything free.
  const name = (await free(file.name))
    ? file.name
    : (await free(byHash))
      ? byHash
      : withSuffix(file.name, `${file.sha256.slice(0, 16)}-${randomBytes(4).toString('hex')}`);
  const to = join(done, name);
  try {
    await disk.rename(from, to);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
    await copyOver(disk, from, done, to);
  }
  await disk.syncFolder(done);
  await disk.syncFolder(file.folder);
}
