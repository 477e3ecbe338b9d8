// Bundles the whole application: main and its hosts, preloads, pages and the sandbox's programs. It packages nothing.
import { existsSync, statSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleNode, newestSource } from './bundle-node.mjs';
import { bundleRenderer } from './bundle-renderer.mjs';
import { bundleSandbox } from './bundle-sandbox.mjs';
import { floor, loadedLater, nodeOptions } from './esbuild-options.mjs';

const preloads = { document: 'preload/document.ts', pin: 'preload/pin.ts', unlock: 'preload/unlock.ts' };

async function bundleShell({ force }) {
  const entries = Object.fromEntries(Object.entries(preloads).filter(([, path]) => existsSync(path)));
  const built = [
    ...['index', 'desk', 'updater'].map((name) => `out/main/${name}.cjs`),
    ...Object.keys(entries).map((name) => `out/preload/${name}.cjs`),
  ];
  const sources = newestSource(['main', 'preload', 'build', 'package.json']);
  if (!force && built.every((path) => existsSync(path) && statSync(path).mtimeMs > sources)) return;
  const options = nodeOptions({
    entryPoints: {
      index: 'main/index.ts',
      desk: 'main/start-desk.ts',
      updater: 'main/updates/transport.ts',
    },
    outdir: 'out/main',
    outExtension: { '.js': '.cjs' },
  });
  await build({
    ...options,
    plugins: [...options.plugins, loadedLater({ transport: 'updater', 'start-desk': 'desk' })],
    // So that they are required like the rest, out of the archive too.
    supported: { 'dynamic-import': false },
  });
  // A sandboxed preload is one CommonJS file that may require nothing but electron.
  await build({
    entryPoints: entries,
    outdir: 'out/preload',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: floor.chrome,
    external: ['electron'],
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** The programs around the desk: `npm start` and the demo. Playwright and the bundler stay outside the bundle. */
async function bundleTests({ force }) {
  const entries = {
    desk: 'tests/desk/main.ts',
    demo: 'tests/demo/main.ts',
    'bench-render': 'tests/bench/render/main.ts',
    'soak-viewer': 'tests/soak/viewer/main.ts',
  };
  const entryPoints = Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));
  const built = Object.keys(entryPoints).map((name) => `out/tests/${name}.cjs`);
  const sources = newestSource(['tests', 'preload', 'build']);
  if (!force && built.every((path) => existsSync(path) && statSync(path).mtimeMs > sources)) return;
  const options = nodeOptions({ entryPoints, outdir: 'out/tests', outExtension: { '.js': '.cjs' } });
  await build({ ...options, external: [...options.external, 'playwright-core', 'esbuild'] });
}

/** Builds everything into out/. */
export async function bundleAll({ force = false } = {}) {
  await bundleNode({ force });
  await bundleShell({ force });
  await bundleRenderer({ force });
  await bundleSandbox({ force });
  await bundleTests({ force });
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  await bundleAll({ force: process.argv.includes('--force') });
