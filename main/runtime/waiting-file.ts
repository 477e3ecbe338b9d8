// Durable names for a thread that may wait for the disk: rename and fsync of the folder, each call in this very thread. Never
// for the thread that serves windows.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { isNotFound } from './disk-failure';

function syncFolderWaiting(folder: string): void {
  // Windows has no such call: its rename goes through the NTFS log.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a finished, fsynced file its name, in a folder that may be missing below an existing one; durable when it returns. */
export function publishWaiting(temporary: string, path: string): void {
  const folder = dirname(path);
  try {
    renameSync(temporary, path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    syncFolderWaiting(dirname(folder));
    renameSync(temporary, path);
  }
  syncFolderWaiting(folder);
}

/** Removes a file; one that is already gone is as good. */
export function removeWaiting(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
