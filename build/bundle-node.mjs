// Bundles what runs on plain Node: the command line and the hosts it starts. It never touches the renderer.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from './esbuild-options.mjs';

/** Entry points by the name of their bundle; one that does not exist yet is left out. */
const entries = {
  cli: 'main/cli.ts',
  'token-host': 'main/token/host.ts',
  'reading-host': 'main/reading/host.ts',
};

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** The newest change below these files and folders, in milliseconds. */
export function newestSource(paths) {
  return Math.max(...paths.map(newest));
}

/** Builds the Node bundles into out/main, unless they are newer than every source. */
export async function bundleNode({ force = false } = {}) {
  const entryPoints = Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));
  const built = Object.keys(entryPoints).map((name) => `out/main/${name}.cjs`);
  const sources = newestSource(['main', 'preload', 'package.json']);
  if (!force && built.every((path) => existsSync(path) && statSync(path).mtimeMs > sources)) return;
  await build(nodeOptions({ entryPoints, outdir: 'out/main', outExtension: { '.js': '.cjs' } }));
}
