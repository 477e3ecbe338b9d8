// The packages under test and the machine they are installed on. What is run as root goes through a rule of sudo that
// build/delivery-tests.mjs makes for the time of the tests.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const folder = process.env.VAN_THU_DELIVERY ?? 'out/delivery';
export const program = '/opt/van-thu/van-thu';
export type Which = 'first' | 'next';

/** The package of a version: first is 9.0.0, next is 9.0.1. */
export function packageOf(which: Which, kind: 'deb' | 'AppImage' | 'rpm' | 'tar.gz'): string {
  const name = readdirSync(join(folder, which)).find((one) => one.endsWith(`.${kind}`));
  if (name === undefined) throw new Error(`no ${kind} in ${which}`);
  return join(folder, which, name);
}

/** Runs a program as root; throws with its words. */
export function asRoot(command: readonly string[], input?: string): string {
  const done = spawnSync('sudo', ['-n', ...command], {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** Runs the helper of root as an account that may; gives its exit code. */
export function runHelper(path: string, sha512: string, version: string): Promise<number | null> {
  const helper = '/opt/van-thu/resources/install-package';
  return new Promise((done, failed) => {
    const child = spawn('sudo', ['-n', helper, path, sha512, version], { stdio: 'ignore' });
    child.once('error', failed);
    child.once('exit', done);
  });
}

/** SHA-512 of a package in hexadecimal. */
export const sha512Of = (path: string): string =>
  createHash('sha512').update(readFileSync(path)).digest('hex');

/** Installs a version, whatever was there before. */
export function install(which: Which): void {
  asRoot(['/usr/bin/dpkg', '--install', packageOf(which, 'deb')]);
}

/** What dpkg says is installed; '' when nothing is. */
export function installedVersion(): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own way to name its fields
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Version}', 'van-thu'], {
    encoding: 'utf8',
  });
  return /^installed (.*)$/.exec(asked.stdout)?.[1] ?? '';
}

/** Removes the package as an administrator does; `purge` also takes what is the package's own on the machine. */
export function remove(how: 'remove' | 'purge', deleteDataOf = ''): void {
  asRoot(['/usr/bin/env', `VAN_THU_DELETE_DATA_OF=${deleteDataOf}`, '/usr/bin/dpkg', `--${how}`, 'van-thu']);
}

/** Root's own folder for packages stands on a disk of one megabyte until the answer is called. */
export function withFullStore(): () => void {
  asRoot(['/usr/bin/mkdir', '--parents', '/var/cache/van-thu']);
  asRoot(['/usr/bin/mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/var/cache/van-thu']);
  return () => void asRoot(['/usr/bin/umount', '/var/cache/van-thu']);
}
