// What a release says about itself, on packages that were really made: the list of files is the same for the same sources,
// checksums and bill are true, and nothing packed on the floor can be released or published.
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { folder, packageOf, type Which } from './support/packages';

const work = stateFolder('release');
beforeAll(() => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
});

const listOf = (which: Which): string[] =>
  readFileSync(join(folder, which, 'files.txt'), 'utf8')
    .trim()
    .split('\n');
const pathOf = (line: string): string => line.slice(75);

function runScript(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const done = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, VAN_THU_FLOOR: '1', VAN_THU_RUNTIME_CACHE: '/var/tmp/van-thu-runtime', ...env },
  });
  return { code: done.status, said: `${done.stdout}${done.stderr}` };
}

describe('the list of files', () => {
  it('of two builds differs only where the version stands', () => {
    const [first, next] = [listOf('first'), listOf('next')];
    expect(first.map(pathOf)).toEqual(next.map(pathOf));
    const changed = first.filter((line, at) => line !== next[at]).map(pathOf);
    expect(changed).toEqual(['out/main/index.cjs', 'package.json']);
  });

  it('is what lies in the package', async () => {
    const { archiveFiles } = (await import(resolve('build/package/inspect.mjs'))) as {
      archiveFiles(archive: string): { path: string; sha256: string }[];
    };
    const packed = archiveFiles(join(folder, 'first/linux-unpacked/resources/app.asar'));
    expect(listOf('first').map((line) => `${line.slice(0, 64)} ${pathOf(line).replace(/ \*$/, '')}`)).toEqual(
      packed.map(({ path, sha256 }) => `${sha256} ${path}`),
    );
  });
});

it('checksums are those of the packages, and a changed package is found', async () => {
  const { writeChecksums } = (await import(resolve('build/package/lists.mjs'))) as {
    writeChecksums(paths: readonly string[], target: string): Promise<void>;
  };
  const copy = join(work, basename(packageOf('first', 'deb')));
  copyFileSync(packageOf('first', 'deb'), copy);
  writeFileSync(join(work, 'a.txt'), 'a');
  await writeChecksums([copy, join(work, 'a.txt')], join(work, 'SHA256SUMS'));
  const check = () => spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: work }).status;
  expect(check()).toBe(0);
  writeFileSync(copy, 'b', { flag: 'a' });
  expect(check()).toBe(1);
});

describe('what was packed on the floor', () => {
  it('is not made into a release', () => {
    const out = join(work, 'out');
    const { code, said } = runScript('build/release.mjs', ['--out', out]);
    expect(code).toBe(1);
    expect(said).toContain('mức sàn');
    expect(existsSync(out)).toBe(false);
  });

  it('is not published to an update server', () => {
    const key = join(work, 'key.pem');
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const feed = join(work, 'feed');
    const args = ['--to', feed, '--version', '9.0.0'];
    const keys = { VAN_THU_SIGNING_KEYS: key };
    const refused = runScript('build/publish-update.mjs', [...args, packageOf('first', 'deb')], keys);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('-ci') });
    expect(existsSync(feed)).toBe(false);
    const released = join(work, 'van-thu-9.0.0-amd64.deb');
    copyFileSync(packageOf('first', 'deb'), released);
    expect(runScript('build/publish-update.mjs', [...args, released], keys).code).toBe(0);
    expect(readdirSync(feed).sort()).toEqual([
      'van-thu-9.0.0-amd64.deb',
      'van-thu-linux-x64-general.json',
      'van-thu-linux-x64-general.json.sig',
    ]);
  });
});
