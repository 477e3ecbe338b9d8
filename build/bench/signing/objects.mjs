// A file of 300 000 objects over `qpdf --check` of the same file: signing it, signing it once more (its check then compares
// the two revisions), and verifying the outcome.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { median, pairedLine, peak } from './figures.mjs';
import { jobsOf, manyObjectsFile } from './files.mjs';
import { apart, prepareSigning } from './place.mjs';

const OBJECTS = 300_000;
const RUNS = 5;

/** Milliseconds of `qpdf --check`. */
function check(path) {
  const start = performance.now();
  const done = spawnSync('qpdf', ['--check', path], { stdio: 'ignore' });
  if (done.error !== undefined || done.status !== 0) throw new Error('qpdf --check does not like the file');
  return performance.now() - start;
}

const sourceOf = (folder) => join(folder, 'objects.pdf');

/** In processes of their own: one signs it, one signs it twice, one verifies what was signed twice. */
export async function signObjects(parts, place, folder) {
  const signing = await prepareSigning(parts, place);
  try {
    const first = [];
    const second = [];
    let last;
    for (let run = 0; run < RUNS; run += 1) {
      const [job] = jobsOf(folder, 'objects.pdf', 1);
      first.push(await signing.sign([job]));
      const again = { ...job, sourcePath: job.outputPath, outputPath: `${job.outputPath}.2.pdf` };
      second.push(await signing.sign([again]));
      last = again.outputPath;
    }
    return { first: median(first), second: median(second), last, peak: peak() };
  } finally {
    signing.close();
  }
}

export function verifyObjects(parts, folder) {
  const path = process.env.BENCH_VERIFY;
  const options = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: new Date() };
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    const source = parts.openFileSource(path);
    const { verdict } = parts.verifyPdf(source, options);
    source.close();
    times.push(performance.now() - start);
    const sound = verdict.signatures.filter((one) => one.integrity === 'intact' && one.permitted);
    if (sound.length !== 2) throw new Error(`the file in ${folder} does not verify`);
  }
  return { time: median(times), first: times[0], peak: peak() };
}

export function benchObjects(folder) {
  manyObjectsFile(sourceOf(folder), OBJECTS);
  const before = check(sourceOf(folder));
  const signed = apart('objects', folder);
  const verified = apart('verify-objects', folder, { BENCH_VERIFY: signed.last });
  const qpdf = (before + check(sourceOf(folder))) / 2;
  const megabytes = Math.round(statSync(sourceOf(folder)).size / 1e6);
  const name = `${OBJECTS}-objects-${megabytes}mb`;
  pairedLine(`sign-${name}`, [[signed.first, qpdf]], 'ms', RUNS, signed.peak);
  pairedLine(`sign-again-${name}`, [[signed.second, qpdf]], 'ms', RUNS, signed.peak);
  pairedLine(`verify-twice-signed-${name}`, [[verified.time, qpdf]], 'ms', RUNS, verified.peak);
}
