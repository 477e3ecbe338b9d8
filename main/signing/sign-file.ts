// Signs a file on disk into another: copy, increment, fsync, check, rename. It never writes to the input, and a signed
// file is under its name only when it is whole and has passed the caller's check.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
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

const flush = promisify(fsync);
/** Up to this size a copy is made at once: handing it to another thread would take longer. */
const SMALL = 1024 * 1024;

const WRITE_OUT_EVERY_MS = 20;

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

function sameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [statSync(one), statSync(other)];
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
  if (sameFile(sourcePath, outputPath)) throw new Failure('signing-same-file', outputPath);
  try {
    accessSync(dirname(outputPath), constants.W_OK);
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

async function flushFolder(folder: string): Promise<void> {
  const descriptor = openSync(folder, 'r');
  try {
    await flush(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

interface Flushing {
  readonly running: Promise<void>;
  /** The flush for all that came while one was running: that one may have begun before their names were there. */
  next: Promise<void> | undefined;
}

const flushing = new Map<string, Flushing>();

function startFlush(folder: string): Promise<void> {
  const mine: Flushing = { running: flushFolder(folder), next: undefined };
  flushing.set(folder, mine);
  return mine.running.finally(() => {
    if (flushing.get(folder) === mine) flushing.delete(folder);
  });
}

/** Ends when a flush of the folder that began after this call has ended. Files of one folder share flushes. */
export function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder to flush it; its rename is written through by the file system's own journal.
  if (process.platform === 'win32') return Promise.resolve();
  const known = flushing.get(folder);
  if (known === undefined) return startFlush(folder);
  known.next ??= known.running.then(
    () => startFlush(folder),
    () => startFlush(folder),
  );
  return known.next;
}

/**
 * Appends to the copy of a file of `sourceSize` bytes and waits until all of it is on the disk and `meanwhile`, which may read
 * what was appended, is over.
 */
export async function appendAndSync(
  path: string,
  sourceSize: number,
  increment: Uint8Array,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const mode = statSync(path).mode & 0o777;
  // The copy has the mode of the input, which may be read-only.
  if ((mode & 0o600) !== 0o600) chmodSync(path, mode | 0o600);
  const descriptor = openSync(path, 'r+');
  try {
    const { size } = fstatSync(descriptor);
    if (size !== sourceSize)
      throw new Failure('signing-source-changed', `${size} instead of ${sourceSize} bytes`);
    let done = 0;
    while (done < increment.length) {
      done += writeSync(descriptor, increment, done, increment.length - done, sourceSize + done);
    }
    // The disk writes while the processor checks; both have to be over before anybody may name or remove the file.
    const [synced, other] = await Promise.allSettled([flush(descriptor), meanwhile()]);
    if (synced.status === 'rejected') throw synced.reason;
    if (other.status === 'rejected') throw other.reason;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Copies a large file and has its beginning written to the disk while the rest is still being copied: the flush that counts,
 * later, finds less to do. What the disk says against it on the way is said here, since it is said once only.
 */
async function copyLarge(source: string, target: string, how: number): Promise<void> {
  let copying = true;
  const copy = copyFile(source, target, how).finally(() => {
    copying = false;
  });
  const writeOut = async (): Promise<void> => {
    while (copying && process.platform === 'linux') {
      await setTimeout(WRITE_OUT_EVERY_MS);
      if (!existsSync(target)) continue;
      const descriptor = openSync(target, 'r');
      try {
        await flush(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
  };
  // Both have to be over before anybody may remove the target.
  const [copied, written] = await Promise.allSettled([copy, writeOut()]);
  if (copied.status === 'rejected') throw copied.reason;
  if (written.status === 'rejected') throw written.reason;
}

/**
 * Writes the signed file: temporary name in the output's folder, fsync and check, rename, fsync of the folder.
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
  const { sourceSize } = ready.prepared;
  const bytes = await publishAppended(sourcePath, outputPath, sourceSize, increment, check);
  return { prepared: ready.prepared, bytes };
}

/** The same for any update of a file that was `sourceSize` bytes when it was read; gives the size of the output. */
export async function publishAppended(
  sourcePath: string,
  outputPath: string,
  sourceSize: number,
  increment: Uint8Array,
  check: FileCheck,
): Promise<number> {
  await checkOutput(sourcePath, outputPath);
  const folder = dirname(outputPath);
  const temporary = join(folder, `.${basename(outputPath)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // The kernel copies (or shares blocks where the file system can): no byte passes through this process.
    const how = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    if (sourceSize <= SMALL) copyFileSync(sourcePath, temporary, how);
    else await copyLarge(sourcePath, temporary, how);
    await appendAndSync(temporary, sourceSize, increment, () => check(temporary));
    renameSync(temporary, outputPath);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(error);
  }
  return sourceSize + increment.length;
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
