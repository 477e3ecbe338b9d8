// Puts a downloaded package in the place of the running one. Every way hashes again the very bytes that it installs, after
// nobody else can change them, and leaves the version before where it can be had again.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, constants, copyFile, link, open, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../preload/contract/failure';
import { removeFile, syncFolder } from '../runtime/durable-file';
import type { ReleaseFile } from './release';

/** SHA-512 of a file in base64. */
export async function sha512Of(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const hash = createHash('sha512');
    const part = Buffer.alloc(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(part, 0, part.length, null);
      if (bytesRead === 0) return hash.digest('base64');
      hash.update(part.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Throws Failure `update-payload-changed` when a file is not what the signed description says. */
export async function checkPayload(path: string, file: ReleaseFile): Promise<void> {
  let found: string;
  try {
    found = await sha512Of(path);
  } catch (error) {
    throw new Failure('update-payload-changed', 'not there', { cause: error });
  }
  if (found !== file.sha512) throw new Failure('update-payload-changed', found.slice(0, 12));
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return new Failure('update-disk-full', code, { cause: error });
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new Failure('update-not-allowed', code, { cause: error });
  return new Failure('update-install-failed', error instanceof Error ? error.message : '', { cause: error });
}

/** Keeps the present file as `NAME.previous`; false when it is the new one already: another session was faster. */
async function keepBefore(path: string, file: ReleaseFile): Promise<boolean> {
  const second = besides(path);
  try {
    // A second name costs no space; where the file system knows none, the bytes are copied.
    await link(path, second).catch(() => copyFile(path, second));
    if ((await stat(second)).size === file.size && (await sha512Of(second)) === file.sha512) return false;
    await rename(second, `${path}.previous`);
    return true;
  } finally {
    // Also after a rename over another name of the same bytes, which changes nothing.
    await removeFile(second);
  }
}

/** A name beside a file that nobody else writes to. */
const besides = (path: string): string => `${path}.new-${randomBytes(6).toString('hex')}`;

/** What a replacement that was cut off has left beside the file; those of the last hour may be another session's work. */
async function removeLeft(running: string): Promise<void> {
  const folder = dirname(running);
  const begin = `${basename(running)}.new-`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(begin)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > 3_600_000) await removeFile(path);
  }
}

/**
 * Replaces an AppImage: a copy beside it under a name of its own, hashed there, then one rename. A full disk or a power cut
 * leaves the old file whole, and two sessions that do this at once never write into one file. The old one stays as
 * `NAME.previous`.
 */
export async function replaceAppImage(running: string, downloaded: string, file: ReleaseFile): Promise<void> {
  const fresh = besides(running);
  try {
    await removeLeft(running);
    await copyFile(downloaded, fresh, constants.COPYFILE_EXCL);
    await checkPayload(fresh, file);
    await chmod(fresh, 0o755);
    const handle = await open(fresh, 'r+');
    await handle.sync().finally(() => handle.close());
    if (!(await keepBefore(running, file))) {
      await removeFile(fresh);
      return;
    }
    await rename(fresh, running);
    await syncFolder(dirname(running));
  } catch (error) {
    // Where nothing may be written there is nothing to clear either.
    await removeFile(fresh).catch(() => undefined);
    throw failureOf(error);
  }
}

/** Exit codes of install-package, and what sudo and pkexec say when they let nobody through. */
export function codeOfHelper(status: number | null): Failure | null {
  switch (status) {
    case 0:
      return null;
    case 21:
      return new Failure('update-payload-changed', 'install-package 21');
    case 22:
      return new Failure('update-payload-changed', 'install-package 22: another package or version');
    case 23:
      return new Failure('update-disk-full', 'install-package 23');
    case 24:
      return new Failure('update-install-failed', 'install-package 24');
    // Another session has installed for a long time: it is tried again by a person.
    case 25:
      return new Failure('update-not-ready', 'install-package 25');
    case 1:
    case 20:
    case 126:
    case 127:
      return new Failure('update-not-allowed', String(status));
    default:
      return new Failure('update-install-failed', String(status));
  }
}

/** Runs a program to its end without a shell; gives its exit code. */
export type Run = (program: string, args: readonly string[]) => Promise<number | null>;

const runHere: Run = (program, args) =>
  new Promise((done) => {
    const child = spawn(program, [...args], { stdio: 'ignore' });
    child.once('error', () => done(null));
    child.once('exit', done);
  });

/**
 * Installs a deb through the helper that belongs to root: at once where the administrator allows it by a rule of sudo, else
 * after the password question of polkit.
 */
export async function installDeb(
  helper: string,
  downloaded: string,
  file: ReleaseFile,
  version: string,
  run: Run = runHere,
): Promise<void> {
  await checkPayload(downloaded, file);
  const args = [helper, downloaded, Buffer.from(file.sha512, 'base64').toString('hex'), version];
  let status = await run('/usr/bin/sudo', ['--non-interactive', ...args]);
  if (status === 1 || status === null) status = await run('/usr/bin/pkexec', args);
  const failure = codeOfHelper(status === null ? 127 : status);
  if (failure !== null) throw failure;
}
