// What the long runs over many PDFs need: the bundled command line, a PKI and the leader's token of the sandbox, and the
// program's own verifier. It signs nothing and judges nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundleNode } from '../bundle-node.mjs';
import { bundleSandbox } from '../bundle-sandbox.mjs';
import { nodeOptions } from '../esbuild-options.mjs';
import { buildNative } from '../native.mjs';

/** The value after `name` among the arguments, or `fallback`. */
export function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
}

/** Bundles `contents` (TypeScript of the project) and loads it. */
export async function loadParts(name, contents) {
  const outfile = resolve(`out/soak/${name}.cjs`);
  const { entryPoints: _, ...options } = nodeOptions({ outfile });
  await build({ ...options, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } });
  return createRequire(import.meta.url)(outfile);
}

/** Builds what is to be run and makes PKI, token and an NSS database that trusts the PKI's root, all below `folder`. */
export async function openWorld(folder) {
  const problem = buildNative();
  if (problem !== undefined) throw new Error(problem);
  await bundleNode();
  await bundleSandbox();
  const [pki, tokens, nss] = ['pki', 'tokens', 'nss'].map((name) => join(folder, name));
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync(process.execPath, ['out/sandbox/pki.cjs', 'make', '--out', pki], quiet);
  execFileSync(process.execPath, ['out/sandbox/token.cjs', 'make', '--pki', pki, '--out', tokens], quiet);
  const root = join(pki, 'anchors/root-ca.pem');
  mkdirSync(nss);
  execFileSync('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password'], quiet);
  execFileSync('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'root', '-t', 'CT,C,C', '-i', root], quiet);
  const index = JSON.parse(readFileSync(join(tokens, 'index.json'), 'utf8'));
  return {
    nss,
    module: index.module,
    token: index.tokens.find((one) => one.name === 'leader'),
    environment: { ...process.env, SOFTHSM2_CONF: index.conf },
  };
}
