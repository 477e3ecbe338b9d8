// Bundles the windows' pages into out/renderer: the desk, the pdf.js worker and its data files, fonts, the PIN page.
// It serves nothing and decides no policy; main's protocol and its CSP do.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { floor } from './esbuild-options.mjs';

const out = 'out/renderer';
const pdfjs = 'node_modules/pdfjs-dist';
/** pdf.js reads these folders at run time, by name, from app://desk/pdfjs/. */
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

const shared = {
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: floor.chrome,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
};

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

async function bundleDesk() {
  await build({
    ...shared,
    entryPoints: { app: 'renderer/main.tsx' },
    outdir: out,
    splitting: true,
    minify: true,
    jsx: 'automatic',
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    loader: { '.woff2': 'file' },
  });
  // The legacy build carries its own polyfills (Promise.withResolvers and others) for the floor runtime.
  await build({
    ...shared,
    entryPoints: { 'pdf.worker': `${pdfjs}/legacy/build/pdf.worker.mjs` },
    outdir: out,
    minify: true,
    sourcemap: false,
  });
  cpSync('renderer/index.html', join(out, 'index.html'));
}

function copyPdfjsData() {
  mkdirSync(join(out, 'pdfjs'), { recursive: true });
  for (const folder of pdfjsFolders) {
    cpSync(join(pdfjs, folder), join(out, 'pdfjs', folder), { recursive: true });
  }
}

/** The PIN window's page: plain script and plain CSS, no chunk shared with the desk. */
async function bundlePin() {
  if (!existsSync('renderer/pin/pin.ts')) return;
  await build({
    ...shared,
    format: 'iife',
    entryPoints: { pin: 'renderer/pin/pin.ts' },
    outdir: join(out, 'pin'),
    minify: true,
  });
  for (const name of ['pin.html', 'pin.css']) {
    const from = join('renderer/pin', name);
    if (existsSync(from)) cpSync(from, join(out, 'pin', name));
  }
  for (const script of ['latin', 'vietnamese']) {
    for (const weight of [400, 700]) {
      const name = `noto-sans-${script}-${weight}-normal.woff2`;
      cpSync(`node_modules/@fontsource/noto-sans/files/${name}`, join(out, 'pin', name));
    }
  }
}

/** Builds out/renderer unless it is newer than every source. */
export async function bundleRenderer({ force = false } = {}) {
  const stamp = join(out, '.built');
  const sources = Math.max(
    ...['renderer', 'preload/contract', 'package-lock.json', 'build/bundle-renderer.mjs'].map(newest),
  );
  if (!force && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= sources) return;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  copyPdfjsData();
  await Promise.all([bundleDesk(), bundlePin()]);
  writeFileSync(stamp, String(sources));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleRenderer({ force: process.argv.includes('--force') });
}
