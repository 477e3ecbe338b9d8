// What is started anew begins only when the old process is gone, with its arguments and without what belonged to the old one.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startAfter } from './start-after';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-after-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.skipIf(process.platform === 'win32')('starts when the old process has ended, not before', async () => {
  const out = join(folder, 'out');
  const old = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
  const program = `require('fs').writeFileSync(process.argv[1], JSON.stringify([process.argv[2], process.env.APPDIR ?? null, process.env.KEPT]))`;
  startAfter(old.pid ?? 0, [process.execPath, '-e', program, out, 'một hai'], {
    PATH: process.env.PATH,
    APPDIR: '/old',
    KEPT: 'yes',
  });
  const gone = new Promise((done) => old.once('exit', done));
  expect(existsSync(out)).toBe(false);
  old.kill('SIGKILL');
  await gone;
  await expect
    .poll(() => existsSync(out) && readFileSync(out, 'utf8') !== '', { timeout: 15_000 })
    .toBe(true);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(['một hai', null, 'yes']);
});
