// Puts a downloaded package in the place of the running one. Every way hashes again the very bytes that it installs, after
// nobody else can change them, and leaves the version before where it can be had again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, link, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
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

async function keepBefore(path: string): Promise<void> {
  const kept = `${path}.previous`;
  await removeFile(kept);
  // A second name costs no space; where the file system knows none, the bytes are copied.
  await link(path, kept).catch(() => copyFile(path, kept));
}

/**
 * Replaces an AppImage: a copy beside it, hashed there, then one rename. A full disk or a power cut leaves the old file whole.
 * The old one stays as `NAME.previous`.
 */
export async function replaceAppImage(running: string, downloaded: string, file: ReleaseFile): Promise<void> {
  const fresh = `${running}.new`;
  try {
    await removeFile(fresh);
    await copyFile(downloaded, fresh);
    await checkPayload(fresh, file);
    await chmod(fresh, 0o755);
    const handle = await open(fresh, 'r+');
    await handle.sync().finally(() => handle.close());
    await keepBefore(running);
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
