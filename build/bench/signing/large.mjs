// A file of hundreds of megabytes over openssl, cp, fsync and openssl again, in pairs, and what memory it takes more than a
// small one.
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { line, pairedLine, peak } from './figures.mjs';
import { jobsOf, largeFile } from './files.mjs';
import { apart, prepareSigning } from './place.mjs';

const PAIRS = 5;

/** Milliseconds of `openssl dgst -sha256`, `cp`, fsync and `openssl dgst -sha256` of the copy. */
function reference(path, copy) {
  const start = performance.now();
  execFileSync('openssl', ['dgst', '-sha256', path], { stdio: 'ignore' });
  execFileSync('cp', [path, copy]);
  const descriptor = openSync(copy, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  execFileSync('openssl', ['dgst', '-sha256', copy], { stdio: 'ignore' });
  const spent = performance.now() - start;
  rmSync(copy);
  return spent;
}

/** In a process of its own: a small file, then the large one and the reference in turn. */
export async function signLarge(parts, place, folder) {
  const signing = await prepareSigning(parts, place);
  try {
    await signing.sign(jobsOf(folder, 'small.pdf', 1));
    const before = peak();
    const pairs = [];
    for (let run = 0; run < PAIRS; run += 1) {
      const theirs = reference(join(folder, 'large.pdf'), join(folder, 'copy.pdf'));
      const jobs = jobsOf(folder, 'large.pdf', 1);
      pairs.push([await signing.sign(jobs), theirs]);
      rmSync(jobs[0].outputPath);
    }
    return { pairs, before, peak: peak() };
  } finally {
    signing.close();
  }
}

export function benchLarge(parts, folder, megabytes) {
  writeFileSync(join(folder, 'small.pdf'), parts.samplePdf('table'));
  largeFile(join(folder, 'large.pdf'), megabytes);
  const done = apart('large', folder);
  rmSync(join(folder, 'large.pdf'));
  pairedLine(`sign-${megabytes}mb`, done.pairs, 'ms', done.pairs.length, done.peak);
  const more = done.peak - done.before;
  line(`sign-${megabytes}mb-memory-more`, more, 'MB', done.before, more / megabytes, 1, done.peak);
}
