// The command line as a whole process: `cli sign` of one small file over an empty Node process.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pairedLine } from './figures.mjs';

const PAIRS = 9;

export function benchStart(parts, place, folder) {
  const source = join(folder, 'start.pdf');
  const out = join(folder, 'start-signed.pdf');
  const pin = join(folder, 'start-pin');
  writeFileSync(source, parts.samplePdf('table'));
  writeFileSync(pin, `${place.token.pin}\n`);
  const args = ['build/cli.mjs', 'sign', source, '--out', out, '--module', place.module];
  args.push('--token', place.token.label, '--pin-stdin', '--json');
  const pairs = [];
  for (let run = 0; run < PAIRS; run += 1) {
    const empty = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    const start = performance.now();
    const done = spawnSync(process.execPath, args, { input: readFileSync(pin), encoding: 'utf8' });
    const end = performance.now();
    if (done.status !== 0) throw new Error(done.stderr);
    rmSync(out);
    pairs.push([end - start, start - empty]);
  }
  pairedLine('sign-command-line-one-file', pairs, 'ms', PAIRS);
}
