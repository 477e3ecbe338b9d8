// Small visible signatures, alone and in a batch, over one raw C_Sign of the same token, measured in pairs.

import { line, pairedLine } from './figures.mjs';
import { jobsOf, smallMaker } from './files.mjs';
import { prepareSigning, rawSigner } from './place.mjs';

const PAIRS = 9;

export async function benchSmall(parts, place, folder, count) {
  const raw = rawSigner(place);
  const signing = await prepareSigning(parts, place);
  const small = smallMaker(parts);
  try {
    const alone = raw.milliseconds(300);
    line('sign-raw-c-sign-rsa2048', alone, 'ms', alone, 1, 300);
    for (let warm = 0; warm < 2; warm += 1) await signing.sign(jobsOf(folder, '', count, small));
    const singles = [];
    for (let run = 0; run < 30; run += 1) {
      const jobs = jobsOf(folder, '', 1, small);
      singles.push([await signing.sign(jobs), raw.milliseconds(20)]);
    }
    pairedLine('sign-small-single', singles, 'ms', singles.length);
    const batches = [];
    for (let run = 0; run < PAIRS; run += 1) {
      const jobs = jobsOf(folder, '', count, small);
      const before = raw.milliseconds(100);
      const spent = (await signing.sign(jobs)) / count;
      batches.push([spent, (before + raw.milliseconds(100)) / 2]);
    }
    pairedLine(`sign-small-batch-${count}`, batches, 'ms', PAIRS * count);
  } finally {
    signing.close();
    raw.close();
  }
}
