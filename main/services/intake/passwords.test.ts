// Passwords of encrypted PDFs: kept for the file and what comes of it, gone with the desk unless the clerk wants them kept,
// and never in clear on the disk.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asSha256 } from '../../../preload/contract/ids';
import { seal, unseal } from '../../vault/seal';
import { openPasswords } from './passwords';

const key = new Uint8Array(32).fill(7);
const vault = {
  sealSecret: (name: string, secret: Uint8Array) => seal(key, secret, name),
  openSecret: (name: string, sealed: Uint8Array) => unseal(key, sealed, name) ?? new Uint8Array(0),
};
const plain = asSha256('a'.repeat(64));
const signed = asSha256('b'.repeat(64));
const other = asSha256('c'.repeat(64));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passwords-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('opens the file, and what came of it, until the desk is closed', async () => {
  const passwords = await openPasswords(folder, vault);
  await passwords.remember(plain, 'Mật khẩu', false);
  await passwords.inherit(plain, signed);
  expect([passwords.of(plain), passwords.of(signed), passwords.of(other)]).toEqual([
    'Mật khẩu',
    'Mật khẩu',
    null,
  ]);
  expect(readdirSync(folder)).toEqual([]);
  expect((await openPasswords(folder, vault)).of(plain)).toBeNull();
});

it('is kept over a restart when the clerk says so, also for what came of it, and never in clear', async () => {
  const passwords = await openPasswords(folder, vault);
  await passwords.remember(plain, 'bi-mat-2026', true);
  await passwords.inherit(plain, signed);
  await passwords.remember(other, 'khac', false);
  const again = await openPasswords(folder, vault);
  expect([again.of(plain), again.of(signed), again.of(other)]).toEqual(['bi-mat-2026', 'bi-mat-2026', null]);
  for (const name of readdirSync(folder)) {
    expect(readFileSync(join(folder, name), 'latin1')).not.toContain('bi-mat');
  }
});

it('is kept no more over a restart once the clerk does not want it kept', async () => {
  const passwords = await openPasswords(folder, vault);
  await passwords.remember(plain, 'bi-mat-2026', true);
  await passwords.remember(plain, 'bi-mat-2026', false);
  expect(passwords.of(plain)).toBe('bi-mat-2026');
  expect((await openPasswords(folder, vault)).of(plain)).toBeNull();
});
