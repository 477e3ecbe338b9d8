// Writes a new file whole or not at all: under a temporary name, flushed, then named. It knows no content.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isFailure } from '../../preload/contract/failure';
import { unwritable } from './io';

/** Throws Failure `file-unwritable`, `disk-full`, and what `fill` throws; nothing is left behind then. */
export async function writeWhole<T>(path: string, fill: (part: string) => Promise<T>): Promise<T> {
  const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    const value = await fill(part);
    const file = await open(part, 'r');
    await file.sync();
    await file.close();
    await rename(part, path);
    return value;
  } catch (error) {
    await rm(part, { force: true });
    throw isFailure(error) ? error : unwritable(path, error);
  }
}
