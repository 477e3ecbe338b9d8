// Bundles the parts of the sandbox (hub, PKI, tokens, samples), each a program of its own, into out/sandbox/<name>.cjs.
// It bundles nothing of the application.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from './esbuild-options.mjs';

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

/** Builds every tests/sandbox/<name>/main.ts, or only the named ones, unless the bundles are newer than all sources. */
export async function bundleSandbox({ force = false, only } = {}) {
  const names = readdirSync('tests/sandbox')
    .filter((name) => existsSync(`tests/sandbox/${name}/main.ts`))
    .filter((name) => only === undefined || only.includes(name));
  const built = names.map((name) => `out/sandbox/${name}.cjs`);
  const sources = Math.max(newest('tests/sandbox'), newest('main'), newest('preload'));
  if (!force && built.every((path) => existsSync(path) && statSync(path).mtimeMs > sources)) return;
  await build(
    nodeOptions({
      entryPoints: Object.fromEntries(names.map((name) => [name, `tests/sandbox/${name}/main.ts`])),
      outdir: 'out/sandbox',
      outExtension: { '.js': '.cjs' },
    }),
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  await bundleSandbox({
    force: process.argv.includes('--force'),
    ...(only.length > 0 ? { only } : {}),
  });
}
