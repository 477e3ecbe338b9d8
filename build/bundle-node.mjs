// Bundles what runs on plain Node: the command line and the hosts it starts. It never touches the renderer.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Entry points by the name of their bundle; one that does not exist yet is left out. */
const entries = {
  'token-host': 'main/token/host.ts',
  'reading-host': 'main/reading/host.ts',
  'writing-thread': 'main/blobs/writing-thread.ts',
  cli: 'main/cli.ts',
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

/**
 * Gives a file its new content at once: whoever runs or loads it meanwhile has the old or the new one, never a half.
 * Its time is that of the reading of the sources, so that a change made during the build counts as newer.
 */
function put(path, contents, time) {
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    writeFileSync(fresh, contents);
    utimesSync(fresh, time, time);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Builds the Node bundles into out/main, unless they are newer than every source. */
export async function bundleNode({ force = false } = {}) {
  const entryPoints = Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));
  const built = Object.keys(entryPoints).map((name) => `out/main/${name}.cjs`);
  const sources = newestSource(['main', 'preload', 'package.json', 'build/esbuild-options.mjs']);
  if (!force && built.every((path) => existsSync(path) && statSync(path).mtimeMs > sources)) return;
  const time = new Date();
  // Loaded only when there is something to build: every call of the command line waits for this file.
  const [{ build }, { nodeOptions }] = await Promise.all([
    import('esbuild'),
    import('./esbuild-options.mjs'),
  ]);
  const outdir = 'out/main';
  const { outputFiles } = await build({
    ...nodeOptions({ entryPoints, outdir, outExtension: { '.js': '.cjs' } }),
    write: false,
  });
  mkdirSync(outdir, { recursive: true });
  // A bundle comes after its map, and the command line after the hosts that it starts.
  const order = (path) =>
    path.endsWith('.map') ? -1 : built.findIndex((one) => basename(one) === basename(path));
  for (const file of [...outputFiles].sort((a, b) => order(a.path) - order(b.path))) {
    put(file.path, file.contents, time);
  }
}
