// `npm run -s bench -- sign [--json] [--count N] [--megabytes N]`: what a signature costs over one raw C_Sign of the same
// software token (fsync and verification from disk included), alone and in a batch, and what a large file costs over
// openssl and cp. It works in a folder of its own and leaves nothing behind.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from '../esbuild-options.mjs';

const require = createRequire(import.meta.url);
const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const count = option('--count', 100);
const megabytes = option('--megabytes', 500);

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);
const round = (value, digits = 3) => Number(value.toFixed(digits));
function line(name, value, unit, against, ratio, runs, peakRssMb = peak()) {
  const figure = {
    name,
    value: round(value),
    unit,
    against: round(against),
    ratio: round(ratio),
    runs,
    peakRssMb,
  };
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

/** The parts of the program under test, bundled as the command line is. */
async function program() {
  const outfile = resolve('out/bench/sign.cjs');
  const contents = `
    export { SignBatch } from './main/cli/sign-batch';
    export { TokenClient, certificatesOf } from './main/token/client';
    export { nodeHost } from './main/token/node-host';
    export { shippedFont } from './main/signing';
    export { readTrustFile } from './main/verifying';
    export { pageObjects, samplePdf } from './main/pdf/sample-pdf';`;
  const { entryPoints: _, ...options } = nodeOptions({ outfile });
  await build({ ...options, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } });
  return require(outfile);
}

/** A PKI and the leader's token of the sandbox. */
function sandbox(folder) {
  const pki = join(folder, 'pki');
  const tokens = join(folder, 'tokens');
  execFileSync(process.execPath, ['out/sandbox/pki.cjs', 'make', '--out', pki], { stdio: 'ignore' });
  execFileSync(process.execPath, ['out/sandbox/token.cjs', 'make', '--pki', pki, '--out', tokens], {
    stdio: 'ignore',
  });
  const index = JSON.parse(readFileSync(join(tokens, 'index.json'), 'utf8'));
  const pkiIndex = JSON.parse(readFileSync(join(pki, 'index.json'), 'utf8'));
  process.env.SOFTHSM2_CONF = index.conf;
  const trust = [...pkiIndex.anchors, ...pkiIndex.intermediates, ...pkiIndex.crls].map((path) =>
    join(pki, path),
  );
  return { module: index.module, token: index.tokens.find((one) => one.name === 'leader'), trust };
}

/** Milliseconds of one C_Sign with RSA-2048, the median of many. */
function rawSign({ module, token }) {
  const { PKCS11, CKM_SHA256_RSA_PKCS, CKA_CLASS, CKO_PRIVATE_KEY, CKA_ID } = require('pkcs11js');
  const driver = new PKCS11();
  driver.load(module);
  driver.C_Initialize();
  const slot = driver
    .C_GetSlotList(true)
    .find((one) => driver.C_GetTokenInfo(one).label.trim() === token.label);
  const session = driver.C_OpenSession(slot, 4);
  driver.C_Login(session, 1, token.pin);
  driver.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: CKO_PRIVATE_KEY },
    { type: CKA_ID, value: Buffer.from([1]) },
  ]);
  const [key] = driver.C_FindObjects(session, 1);
  driver.C_FindObjectsFinal(session);
  const data = randomBytes(200);
  const times = [];
  for (let run = 0; run < 300; run += 1) {
    const start = performance.now();
    driver.C_SignInit(session, { mechanism: CKM_SHA256_RSA_PKCS }, key);
    driver.C_Sign(session, data, Buffer.alloc(512));
    times.push(performance.now() - start);
  }
  driver.C_Finalize();
  driver.close();
  return median(times);
}

async function prepareSigning(parts, place) {
  const client = new parts.TokenClient(() => parts.nodeHost(resolve('out/main/token-host.cjs')));
  const chosen = parts
    .certificatesOf(await client.list([place.module]))
    .find(
      (one) =>
        one.token.label === place.token.label &&
        one.certificate.reason === null &&
        one.certificate.keyType.startsWith('RSA'),
    );
  const material = place.trust.map((path) => parts.readTrustFile(readFileSync(path)));
  const trust = {
    anchors: material.flatMap((one) => one.anchors),
    intermediates: material.flatMap((one) => one.intermediates),
    crls: material.flatMap((one) => one.crls),
  };
  const order = {
    order: { what: { role: 'leader' } },
    pss: false,
    lastTry: false,
    allowSealFirst: false,
    requireTrust: true,
    trust,
    online: false,
  };
  const resources = { font: parts.shippedFont() };
  const sign = async (jobs) => {
    const problems = [];
    const batch = new parts.SignBatch(client, chosen, order, resources, (one, detail) => {
      if (!one.ok) problems.push(`${one.code} ${detail}`);
    });
    const start = performance.now();
    await batch.run(jobs, async () => Buffer.from(place.token.pin));
    const spent = performance.now() - start;
    if (problems.length > 0) throw new Error(problems[0]);
    return spent;
  };
  return { sign, close: () => client.close() };
}

/** Jobs over one file, or over as many different small ones (`make` gives their bytes). */
function jobsOf(folder, name, number, make) {
  const out = mkdtempSync(join(folder, 'out-'));
  return [...Array(number).keys()].map((index) => {
    const own = join(out, `in-${index}.pdf`);
    if (make !== undefined) writeFileSync(own, make(index));
    return {
      file: `${index}`,
      out: `${index}`,
      sourcePath: make === undefined ? join(folder, name) : own,
      outputPath: join(out, `${index}.pdf`),
    };
  });
}

/** A PDF of one page whose picture is that many megabytes of noise. */
function largeFile(path) {
  const descriptor = openSync(path, 'w');
  let at = 0;
  const offsets = [];
  const write = (bytes) => {
    at += writeSync(descriptor, bytes);
  };
  write('%PDF-1.7\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>',
    '<< /Type /Page /Parent 2 0 R >>',
  ];
  for (const [index, body] of objects.entries()) {
    offsets.push(at);
    write(`${index + 1} 0 obj\n${body}\nendobj\n`);
  }
  offsets.push(at);
  write(`4 0 obj\n<< /Length ${megabytes << 20} >>\nstream\n`);
  const noise = randomBytes(1 << 20);
  for (let part = 0; part < megabytes; part += 1) write(noise);
  write('\nendstream\nendobj\n');
  const xref = at;
  const entries = offsets.map((offset) => `${`${offset}`.padStart(10, '0')} 00000 n \n`).join('');
  write(
    `xref\n0 5\n0000000000 65535 f \n${entries}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
  );
  fsyncSync(descriptor);
  closeSync(descriptor);
}

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

/** In a process of its own, so that its peak memory is its own: a small file, then the large one. */
async function signLarge(folder, place) {
  const signing = await prepareSigning(await program(), place);
  try {
    await signing.sign(jobsOf(folder, 'small.pdf', 1));
    const before = peak();
    const times = [];
    for (let run = 0; run < 3; run += 1) {
      const jobs = jobsOf(folder, 'large.pdf', 1);
      times.push(await signing.sign(jobs));
      rmSync(jobs[0].outputPath);
    }
    process.stdout.write(JSON.stringify({ times, before, peak: peak() }));
  } finally {
    signing.close();
  }
}

async function main(folder) {
  const parts = await program();
  const place = sandbox(folder);
  writeFileSync(join(folder, 'small.pdf'), parts.samplePdf('table'));
  const small = (index) =>
    parts.samplePdf('table', [...parts.pageObjects(), { number: 9, body: `(${index})` }]);
  const raw = rawSign(place);
  line('sign-raw-c-sign-rsa2048', raw, 'ms', raw, 1, 300);
  const signing = await prepareSigning(parts, place);
  try {
    await signing.sign(jobsOf(folder, '', 20, small));
    const single = [];
    for (let run = 0; run < 30; run += 1) single.push(await signing.sign(jobsOf(folder, '', 1, small)));
    line('sign-small-single', median(single), 'ms', raw, median(single) / raw, single.length);
    const batches = [];
    for (let run = 0; run < 5; run += 1) {
      batches.push((await signing.sign(jobsOf(folder, '', count, small))) / count);
    }
    line(
      `sign-small-batch-${count}`,
      median(batches),
      'ms',
      raw,
      median(batches) / raw,
      batches.length * count,
    );
  } finally {
    signing.close();
  }
  const large = join(folder, 'large.pdf');
  largeFile(large);
  const references = [1, 2, 3].map(() => reference(large, join(folder, 'copy.pdf')));
  writeFileSync(join(folder, 'place.json'), JSON.stringify(place));
  const child = spawnSync(process.execPath, [process.argv[1], '--large', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error('the large file was not signed');
  const done = JSON.parse(child.stdout);
  const [ours, theirs] = [median(done.times), median(references)];
  line(`sign-${megabytes}mb`, ours, 'ms', theirs, ours / theirs, done.times.length, done.peak);
  const more = done.peak - done.before;
  line(
    `sign-${megabytes}mb-memory-more`,
    more,
    'MB',
    done.before,
    more / (statSync(large).size / 1048576),
    1,
    done.peak,
  );
}

if (process.argv[2] === '--large') {
  const folder = process.argv[3];
  await signLarge(folder, JSON.parse(readFileSync(join(folder, 'place.json'), 'utf8')));
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'van-thu-bench-'));
mkdirSync(folder, { recursive: true });
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
