// The packages beside deb and AppImage: what the rpm says of itself, that it installs, starts and goes, and that the archive
// holds the same application. Its own database of rpm stands for a machine that has one.
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { asRoot, folder, packageOf, program, sha512Of } from './support/packages';

const unpacked = join(folder, 'first/linux-unpacked');
const rpm = packageOf('first', 'rpm');

function run(command: string, args: readonly string[]): string {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** Paths of every file of the application, below its folder. */
const files = (): string[] =>
  readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
    .filter((name) => !lstatSync(join(unpacked, name)).isDirectory())
    .sort();

/** What starting it without its sandbox ends in; a program that cannot run at all ends otherwise. */
const refusal = (path: string): number | null =>
  spawnSync('xvfb-run', ['--auto-servernum', path, '--no-sandbox'], { encoding: 'utf8', timeout: 300_000 })
    .status;

describe('the rpm', () => {
  const query = (...what: readonly string[]) => run('rpm', ['--query', '--package', ...what, rpm]);

  it('is whole and says what it is and needs', () => {
    expect(run('rpm', ['--checksig', '--nosignature', rpm])).toContain('digests OK');
    const asked = query('--queryformat', '%{NAME} %{VERSION} %{ARCH} %{LICENSE}');
    expect(asked).toBe('van-thu 9.0.0 x86_64 Apache-2.0');
    const needs = query('--requires').split('\n');
    for (const one of ['gtk3', 'nss', 'alsa-lib', 'mesa-libgbm', 'xdg-utils', 'util-linux'])
      expect(needs).toContain(one);
  });

  it('holds the application, its entry in the menu and its icons, and no folder of the system', () => {
    const lines = query('--list').trim().split('\n');
    const held = lines.filter((path) => path.startsWith('/opt/van-thu/')).map((path) => path.slice(13));
    expect(files().filter((path) => !held.includes(path))).toEqual([]);
    const others = lines.filter((path) => !path.startsWith('/opt/van-thu'));
    expect(others).toContain('/usr/share/applications/van-thu.desktop');
    expect(others.filter((path) => !/\.(desktop|png|svg|gz)$/.test(path))).toEqual([]);
    const owners = query('--queryformat', '[%{FILEUSERNAME}:%{FILEGROUPNAME}:%{FILEMODES:perms}\n]');
    for (const line of owners.trim().split('\n'))
      expect(line).toMatch(/^root:root:[d-][rwxs-]{3}[r-]-[x-][r-]-/);
  });

  it('has the scripts of the deb, with nothing in them taken for rpm’s own', () => {
    const said = query('--scripts');
    for (const name of ['after-install.sh', 'after-remove.sh']) {
      const script = readFileSync(resolve('build/package', name), 'utf8')
        .replaceAll(/\$\{(executable|sanitizedProductName)\}/g, 'van-thu')
        .split('\n')
        .slice(1)
        .filter((line) => line.trim() !== '' && !line.startsWith('#'));
      for (const line of script) expect(said).toContain(line);
    }
  });

  it('installs, starts, and leaves nothing but data when it is removed', () => {
    const database = ['--dbpath', '/var/tmp/van-thu-delivery-rpm'];
    asRoot(['/usr/bin/rpm', ...database, '--install', '--nodeps', rpm]);
    expect(readlinkSync('/usr/bin/van-thu')).toBe(program);
    expect([0o755, 0o4755]).toContain(lstatSync('/opt/van-thu/chrome-sandbox').mode & 0o7777);
    expect(lstatSync(program).uid).toBe(0);
    expect(refusal(program)).toBe(3);
    const own = join(homedir(), '.config/Văn Thư');
    mkdirSync(own, { recursive: true });
    asRoot(['/usr/bin/rpm', ...database, '--erase', '--nodeps', 'van-thu']);
    expect(() => lstatSync('/opt/van-thu')).toThrow();
    expect(() => lstatSync('/usr/bin/van-thu')).toThrow();
    expect(lstatSync(own).isDirectory()).toBe(true);
    rmSync(own, { recursive: true });
  });
});

describe('the archive', () => {
  const place = stateFolder('archive');
  beforeAll(() => {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    run('tar', ['--extract', '--gzip', '--file', packageOf('first', 'tar.gz'), '--directory', place]);
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('holds the same application in one folder, and starts', () => {
    const [top = '', ...more] = readdirSync(place);
    expect(more).toEqual([]);
    // What deb and rpm add beside the application is theirs: the profile of AppArmor, and that they are what was installed.
    const own = /^resources\/(apparmor-profile|package-type|app-update\.yml)$/;
    for (const name of files().filter((one) => !own.test(one))) {
      expect([name, sha512Of(join(place, top, name))]).toEqual([name, sha512Of(join(unpacked, name))]);
    }
    expect(relative(place, join(place, top))).toContain('9.0.0-ci');
    expect(refusal(join(place, top, 'van-thu'))).toBe(3);
  });
});
