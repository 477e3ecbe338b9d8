// Signs a file on disk into another: copy, increment, fsync, check, rename. It never writes to the input, and a signed
// file is under its name only when it is whole and has passed the caller's check.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure, isFailure } from '../../preload/contract/failure';
import { openFileSource } from '../runtime/file-source';
import type { PreparedSignature, SigningResources } from './prepare';
import {
  completeSignature,
  type KnownSigner,
  type ReadyToSign,
  readyToSign,
  type SigningOrder,
} from './sign';

export interface SignedFile {
  readonly prepared: PreparedSignature;
  /** Size of the output. */
  readonly bytes: number;
}

/** Looks at the finished file, still under its temporary name; throws to keep it from being published. */
export type FileCheck = (path: string) => Promise<void>;

/** A Failure and our own mistakes pass unchanged; what the system says of the disk becomes a Failure. */
export function unwritable(error: unknown): unknown {
  if (isFailure(error) || !(error instanceof Error && 'code' in error)) return error;
  const code = `${error.code}`;
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new Failure('disk-full', error.message, { cause: error });
  return /^E[A-Z0-9]+$/.test(code) && !code.startsWith('ERR_')
    ? new Failure('file-unwritable', error.message, { cause: error })
    : error;
}

async function sameFile(one: string, other: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([stat(one), stat(other)]);
    return first.dev === second.dev && first.ino === second.ino;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw unwritable(error);
  }
}

/**
 * Refuses an output that is the input, also through links, and a folder that cannot take one: before a token signs
 * for nothing. Throws Failure `signing-same-file` or `file-unwritable`.
 */
export async function checkOutput(sourcePath: string, outputPath: string): Promise<void> {
  if (await sameFile(sourcePath, outputPath)) throw new Failure('signing-same-file', outputPath);
  try {
    await access(dirname(outputPath), constants.W_OK);
  } catch (error) {
    throw unwritable(error);
  }
}

/** Prepares a file. Throws as readyToSign, and Failure `file-unreadable`. */
export function prepareFile(
  sourcePath: string,
  order: SigningOrder,
  known: KnownSigner,
  resources: SigningResources,
): ReadyToSign {
  const source = openFileSource(sourcePath);
  try {
    return readyToSign(source, order, known, resources);
  } finally {
    source.close();
  }
}

export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder to flush it; its rename is written through by the file system's own journal.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function appendAndSync(path: string, sourceSize: number, increment: Uint8Array): Promise<void> {
  // The copy has the mode of the input, which may be read-only.
  await chmod(path, ((await stat(path)).mode & 0o777) | 0o600);
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    if (size !== sourceSize)
      throw new Failure('signing-source-changed', `${size} instead of ${sourceSize} bytes`);
    let done = 0;
    while (done < increment.length) {
      const { bytesWritten } = await handle.write(
        increment,
        done,
        increment.length - done,
        sourceSize + done,
      );
      done += bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes the signed file: temporary name in the output's folder, fsync, check, rename, fsync of the folder.
 * An output that was there before is replaced in one step; on any failure it stays and nothing else is left behind.
 * Throws Failure `file-unwritable`, `signing-source-changed`, `signing-same-file` and what `check` throws.
 */
export async function publishSigned(
  sourcePath: string,
  outputPath: string,
  ready: ReadyToSign,
  increment: Uint8Array,
  check: FileCheck,
): Promise<SignedFile> {
  await checkOutput(sourcePath, outputPath);
  const folder = dirname(outputPath);
  const temporary = join(folder, `.${basename(outputPath)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // The kernel copies (or shares blocks where the file system can): no byte passes through this process.
    await copyFile(sourcePath, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await appendAndSync(temporary, ready.prepared.sourceSize, increment);
    await check(temporary);
    await rename(temporary, outputPath);
    await syncFolder(await realpath(folder));
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(error);
  }
  return { prepared: ready.prepared, bytes: ready.prepared.sourceSize + increment.length };
}

/** Prepares, signs and publishes one file. Throws as its parts. */
export async function signFile(
  sourcePath: string,
  outputPath: string,
  order: SigningOrder,
  known: KnownSigner,
  resources: SigningResources,
  check: FileCheck,
): Promise<SignedFile> {
  await checkOutput(sourcePath, outputPath);
  const ready = prepareFile(sourcePath, order, known, resources);
  const increment = await completeSignature(ready, known);
  return publishSigned(sourcePath, outputPath, ready, increment, check);
}
