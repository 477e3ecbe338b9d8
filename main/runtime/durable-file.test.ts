// Small files written whole or not at all, and the codes of what a disk may say.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { diskFailure } from './disk-failure';
import { makeFolder, removeFile, writeDurably } from './durable-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('replaces a file whole and lets nobody else read it', async () => {
  const path = join(folder, 'a');
  await writeDurably(path, Buffer.from('one'));
  await writeDurably(path, Buffer.from('two'));
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('keeps the old bytes and leaves nothing behind when the disk is full', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'old');
  const full: typeof open = async (name, flags, mode) => {
    const handle = await open(name, flags, mode);
    handle.sync = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    return handle;
  };
  await expect(writeDurably(path, Buffer.from('new'), full)).rejects.toMatchObject({ code: 'disk-full' });
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a']);
});

it('makes folders several deep, for the owner alone, and is content with those that are there', async () => {
  const deep = join(folder, 'x', 'y', 'z');
  await makeFolder(deep);
  await makeFolder(deep);
  expect(statSync(deep).mode & 0o077).toBe(0);
});

it('takes a file that is already gone for removed, and a folder for an error', async () => {
  await removeFile(join(folder, 'nothing'));
  await expect(removeFile(folder)).rejects.toThrow();
});

it.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'store-unwritable'],
  ['EROFS', 'store-unwritable'],
  ['EIO', 'disk-error'],
])('turns %s into %s', (code, expected) => {
  expect(diskFailure(Object.assign(new Error(code), { code }))).toMatchObject({ code: expected });
});

it('leaves a Failure and a mistake of our own as they are', () => {
  const failure = new Failure('disk-low');
  const mistake = new TypeError('x');
  expect(diskFailure(failure)).toBe(failure);
  expect(diskFailure(mistake)).toBe(mistake);
});
