// A seeded sample of changed PDFs through reader, verifier and writer. VAN_THU_SEED, VAN_THU_COUNT and VAN_THU_FOLDER (PDFs to
// begin with, besides our own) choose the run.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const count = Number(process.env.VAN_THU_COUNT ?? 400);
const seed = Number(process.env.VAN_THU_SEED ?? 20260801);
const folder = process.env.VAN_THU_FOLDER ?? '';

it(`${count} changed PDFs: each signed and verified, or refused with a code; none hangs, crashes or takes the memory`, {
  timeout: 180_000 + count * 1000,
}, () => {
  const args = ['--count', `${count}`, '--seed', `${seed}`, '--folder', folder];
  const done = spawnSync(process.execPath, [resolve('out/sandbox/mutations.cjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  console.log(done.stdout);
  expect([done.status, done.stderr]).toEqual([0, '']);
});
