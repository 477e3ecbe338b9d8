// The packages under test and the machine they are installed on. Only dpkg is run as root, through a rule of sudo that
// build/test.mjs makes for the time of the tests.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const folder = process.env.VAN_THU_DELIVERY ?? 'out/delivery';
export const program = '/opt/van-thu/van-thu';
export type Which = 'first' | 'next';

/** The package of a version: first is 9.0.0, next is 9.0.1. */
export function packageOf(which: Which, kind: 'deb' | 'AppImage'): string {
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
  return asked.status === 0 ? asked.stdout.replace(/^installed /, '') : '';
}
