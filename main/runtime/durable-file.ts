// Writes that survive a power cut: temporary file, fsync, rename, fsync of the folder. It knows no format.
import { randomBytes } from 'node:crypto';
import { closeSync, fsync, openSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isFailure } from '../../preload/contract/failure';
import { diskFailure, isNotFound } from './disk-failure';

const syncDescriptor = promisify(fsync);

/** Opens a file; a test may give one whose disk is full. */
export type OpenFile = (path: string, flags: string, mode?: number) => Promise<FileHandle>;

/** Makes names in a folder durable. Windows has no such call: its rename goes through the NTFS log. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  // Opening and closing wait for no disk, and a trip to another thread each costs more than both; the sync is waited for there.
  const descriptor = openSync(folder, 'r');
  try {
    await syncDescriptor(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder and those above it where missing; their names are durable when it returns. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const top = dirname(first);
  for (let made = folder; made !== top && made !== dirname(made); made = dirname(made)) {
    await syncFolder(dirname(made)).catch((error: unknown) => {
      // A home folder's parent may be closed to us: its name there is as durable as the system makes it.
      const failure = diskFailure(error);
      if (!isFailure(failure) || failure.code !== 'store-unwritable') throw error;
    });
  }
}

/** Removes a file; one that is already gone is as good. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Gives a finished, fsynced file its name and makes the name durable. An existing file of that name is replaced whole. */
export async function publishFile(temporary: string, path: string): Promise<void> {
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/**
 * Writes a small file whole or not at all; a crash leaves the old or the new bytes.
 * Throws Failure `disk-full`, `store-unwritable` or `disk-error`, and then leaves nothing behind.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  openFile: OpenFile = open,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const handle = await openFile(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await publishFile(temporary, path);
  } catch (error) {
    await removeFile(temporary);
    throw diskFailure(error);
  }
}
