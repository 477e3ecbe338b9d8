// Putting a package in place: the bytes that are installed are the bytes that were signed, and every failure has its code.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPayload, codeOfHelper, installDeb, replaceAppImage } from './installer';
import { downloadFailure } from './transport';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = Buffer.from('the new package');
const fileOf = (content: string | Buffer) => ({
  kind: 'deb' as const,
  name: 'a.deb',
  size: content.length,
  sha512: createHash('sha512').update(content).digest('base64'),
});
const file = fileOf(bytes);

describe('an AppImage', () => {
  it('is replaced whole, can be started, and its forerunner is kept; a second time as well', async () => {
    const [running, downloaded] = [join(folder, 'app'), join(folder, 'down')];
    writeFileSync(running, 'old');
    writeFileSync(downloaded, bytes);
    await replaceAppImage(running, downloaded, file);
    expect(readFileSync(running)).toEqual(bytes);
    expect(statSync(running).mode & 0o111).toBe(0o111);
    expect(readFileSync(`${running}.previous`, 'utf8')).toBe('old');
    writeFileSync(downloaded, 'newer');
    await replaceAppImage(running, downloaded, fileOf('newer'));
    expect(readFileSync(`${running}.previous`)).toEqual(bytes);
    expect(readdirSync(folder).sort()).toEqual(['app', 'app.previous', 'down']);
  });

  it('is whole, and its forerunner kept, when sessions replace it at the same time', async () => {
    const [running, downloaded] = [join(folder, 'app'), join(folder, 'down')];
    writeFileSync(running, 'old');
    const large = 'n'.repeat(5_000_000);
    writeFileSync(downloaded, large);
    const done = await Promise.allSettled(
      Array.from({ length: 6 }, () => replaceAppImage(running, downloaded, fileOf(large))),
    );
    expect(done.some((one) => one.status === 'fulfilled')).toBe(true);
    expect(readFileSync(running, 'utf8') === large).toBe(true);
    await replaceAppImage(running, downloaded, fileOf(large));
    expect(readdirSync(folder).sort()).toEqual(['app', 'app.previous', 'down']);
  });

  it('takes no link to another file for what was signed, and clears what a power cut has left', async () => {
    const [running, downloaded] = [join(folder, 'app'), join(folder, 'down')];
    writeFileSync(running, 'old');
    writeFileSync(join(folder, 'secret'), 'secret');
    symlinkSync(join(folder, 'secret'), downloaded);
    const left = `${running}.new-0123456789ab`;
    writeFileSync(left, 'half');
    utimesSync(left, 1, 1);
    await expect(replaceAppImage(running, downloaded, file)).rejects.toMatchObject({
      code: 'update-payload-changed',
    });
    expect(readFileSync(running, 'utf8')).toBe('old');
    expect(existsSync(left)).toBe(false);
  });

  it('stays when the downloaded file is another one, or none', async () => {
    const running = join(folder, 'app');
    writeFileSync(running, 'old');
    writeFileSync(join(folder, 'down'), 'other');
    await expect(replaceAppImage(running, join(folder, 'down'), file)).rejects.toMatchObject({
      code: 'update-payload-changed',
    });
    await expect(checkPayload(join(folder, 'none'), file)).rejects.toMatchObject({
      code: 'update-payload-changed',
    });
    expect(readFileSync(running, 'utf8')).toBe('old');
  });
});

describe('a deb', () => {
  const calls: string[][] = [];
  const run = (statuses: readonly (number | null)[]) => async (program: string, args: readonly string[]) => {
    calls.push([program, ...args]);
    return statuses[calls.length - 1] ?? null;
  };
  beforeEach(() => {
    calls.length = 0;
    writeFileSync(join(folder, 'down'), bytes);
  });
  const install = (statuses: readonly (number | null)[]) =>
    installDeb('/opt/helper', join(folder, 'down'), file, '9.0.1', run(statuses));

  it('goes to the helper of root with its hash and version, and to polkit where sudo lets nobody through', async () => {
    await install([0]);
    const hash = createHash('sha512').update(bytes).digest('hex');
    const args = ['/opt/helper', join(folder, 'down'), hash, '9.0.1'];
    expect(calls).toEqual([['/usr/bin/sudo', '--non-interactive', ...args]]);
    calls.length = 0;
    await install([1, 0]);
    expect(calls[1]).toEqual(['/usr/bin/pkexec', ...args]);
  });

  it('never reaches the helper when the file was changed', async () => {
    writeFileSync(join(folder, 'down'), 'other');
    await expect(install([0])).rejects.toMatchObject({ code: 'update-payload-changed' });
    expect(calls).toEqual([]);
  });

  it.each([
    [[21], 'update-payload-changed'],
    [[22], 'update-payload-changed'],
    [[23], 'update-disk-full'],
    [[24], 'update-install-failed'],
    [[25], 'update-not-ready'],
    [[1, 126], 'update-not-allowed'],
    [[null, null], 'update-not-allowed'],
    [[99], 'update-install-failed'],
  ] as const)('ends with %j in %s', async (statuses, code) => {
    await expect(install(statuses)).rejects.toMatchObject({ code });
  });

  it('is installed when the helper says so', () => {
    expect(codeOfHelper(0)).toBeNull();
  });
});

it.each([
  ['ENOSPC', 'update-disk-full'],
  ['EDQUOT', 'update-disk-full'],
  ['ERR_CHECKSUM_MISMATCH', 'update-payload-changed'],
  ['ECONNRESET', 'update-download-cut'],
])('a download that ends in %s is told as %s', (code, told) => {
  expect(downloadFailure(Object.assign(new Error('x'), { code }))).toMatchObject({ code: told });
});
