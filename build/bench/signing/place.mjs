// What the signing bench works with: the program's parts as the command line has them, a PKI and a token of the sandbox,
// one raw C_Sign to compare with. It measures nothing but that.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from '../../esbuild-options.mjs';
import { median } from './figures.mjs';

const require = createRequire(import.meta.url);

/** The parts of the program under test, bundled as the command line is. */
export async function program() {
  const outfile = resolve('out/bench/sign.cjs');
  const contents = `
    export { SignBatch } from './main/cli/sign-batch';
    export { TokenClient, certificatesOf } from './main/token/client';
    export { nodeHost } from './main/token/node-host';
    export { shippedFont } from './main/signing';
    export { readTrustFile, verifyPdf } from './main/verifying';
    export { openFileSource } from './main/runtime/file-source';
    export { pageObjects, samplePdf } from './main/pdf/sample-pdf';`;
  const { entryPoints: _, ...options } = nodeOptions({ outfile });
  await build({ ...options, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } });
  return require(outfile);
}

/** A PKI and the leader's token of the sandbox. */
export function sandbox(folder) {
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
  const place = { module: index.module, token: index.tokens.find((one) => one.name === 'leader'), trust };
  writeFileSync(join(folder, 'place.json'), JSON.stringify(place));
  return place;
}

/** Runs one part of the bench in a process of its own, so that its peak memory is its own. Answers with what it printed. */
export function apart(part, folder, env = {}) {
  const child = spawnSync(process.execPath, [process.argv[1], '--apart', part, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (child.status !== 0) throw new Error(`${part} did not end well`);
  return JSON.parse(child.stdout);
}

/** C_Sign with RSA-2048 and nothing around it: `milliseconds(runs)` is the median of so many. */
export function rawSigner({ module, token }) {
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
  return {
    milliseconds(runs) {
      const times = [];
      for (let run = 0; run < runs; run += 1) {
        const start = performance.now();
        driver.C_SignInit(session, { mechanism: CKM_SHA256_RSA_PKCS }, key);
        driver.C_Sign(session, data, Buffer.alloc(512));
        times.push(performance.now() - start);
      }
      return median(times);
    },
    close() {
      driver.C_Finalize();
      driver.close();
    },
  };
}

/** Signs jobs as `cli sign` does, with the leader's RSA certificate: `sign(jobs)` answers with milliseconds. */
export async function prepareSigning(parts, place) {
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
    await batch.run(jobs, async () => ({ pin: Buffer.from(place.token.pin), own: undefined }));
    const spent = performance.now() - start;
    if (problems.length > 0) throw new Error(problems[0]);
    return spent;
  };
  return { sign, trust, close: () => client.close() };
}
