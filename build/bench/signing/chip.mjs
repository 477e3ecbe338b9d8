// A batch with a chip of 400 ms a signature: how much of the chip's own rate is left. The chip is the software token
// behind the probe of the tests, which waits before each C_Sign.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProbe } from '../../probe.mjs';
import { line, median } from './figures.mjs';
import { jobsOf, smallMaker } from './files.mjs';
import { prepareSigning } from './place.mjs';

const CHIP_MS = 400;
const FILES = 15;
const RUNS = 3;

/** The whole run counts: preparation, login, signatures, the last file's check and rename. Higher is better, 1 is the chip. */
export async function benchChip(parts, place, folder) {
  const module = buildProbe();
  const script = join(folder, 'chip-script');
  writeFileSync(script, `C_Sign * delay ${CHIP_MS}\n`);
  Object.assign(process.env, { PROBE_MODULE: place.module, PROBE_SCRIPT: script });
  const signing = await prepareSigning(parts, { ...place, module });
  try {
    const times = [];
    for (let run = 0; run < RUNS; run += 1) {
      times.push(await signing.sign(jobsOf(folder, '', FILES, smallMaker(parts))));
    }
    const ours = FILES / (median(times) / 1000);
    const chip = 1000 / CHIP_MS;
    line(`sign-chip-${CHIP_MS}ms-batch-${FILES}`, ours, 'files/s', chip, ours / chip, RUNS * FILES);
  } finally {
    signing.close();
    delete process.env.PROBE_SCRIPT;
  }
}
