// Bundles the windows' pages into out/renderer: the desk, the pdf.js worker and its data files, fonts, the PIN page.
// It serves nothing and decides no policy; main's protocol and its CSP do.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { floor, withoutZodLocales } from './esbuild-options.mjs';
import { changedPdfjs } from './pdf-changes.mjs';
import { copyShippedFonts } from './pdf-fonts.mjs';

const finished = 'out/renderer';
/** Everything is built aside and put in place at once: a window that is open meanwhile never meets half a build. */
const out = `out/renderer-${process.pid}`;
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
    loader: { '.woff2': 'file', '.ttf': 'file' },
    plugins: [withoutZodLocales, changedPdfjs],
  });
  // Apart from the desk, so that it stays the few lines that it is.
  await build({ ...shared, entryPoints: { first: 'renderer/first.ts' }, outdir: out, minify: true });
  // The legacy build carries its own polyfills (Promise.withResolvers and others) for the floor runtime.
  await build({
    ...shared,
    entryPoints: { 'pdf.worker': `${pdfjs}/legacy/build/pdf.worker.mjs` },
    outdir: out,
    minify: true,
    sourcemap: false,
    plugins: [changedPdfjs],
  });
  cpSync('renderer/index.html', join(out, 'index.html'));
}

function copyPdfjsData() {
  mkdirSync(join(out, 'pdfjs'), { recursive: true });
  for (const folder of pdfjsFolders) {
    cpSync(join(pdfjs, folder), join(out, 'pdfjs', folder), { recursive: true });
  }
  copyShippedFonts(join(out, 'pdfjs', 'standard_fonts'));
}

/** The small windows' pages: plain script and plain CSS, no chunk shared with the desk. */
async function bundlePlainPage(name) {
  const from = join('renderer', name);
  if (!existsSync(join(from, `${name}.ts`))) return;
  await build({
    ...shared,
    format: 'iife',
    entryPoints: { [name]: join(from, `${name}.ts`) },
    outdir: join(out, name),
    minify: true,
  });
  for (const file of [`${name}.html`, `${name}.css`]) {
    if (existsSync(join(from, file))) cpSync(join(from, file), join(out, name, file));
  }
}

/** Builds out/renderer unless it is newer than every source. */
export async function bundleRenderer({ force = false } = {}) {
  const stamp = join(finished, '.built');
  const sources = Math.max(
    ...[
      'renderer',
      'preload/contract',
      'package-lock.json',
      'build/bundle-renderer.mjs',
      'build/pdf-changes.mjs',
      'build/pdf-closing.mjs',
      'build/pdf-drawing.mjs',
      'build/pdf-fonts.mjs',
      'build/pdf-text-layers.mjs',
      'build/replaced.mjs',
    ].map(newest),
  );
  if (!force && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= sources) return;
  try {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    copyPdfjsData();
    await Promise.all([bundleDesk(), bundlePlainPage('pin'), bundlePlainPage('unlock')]);
    writeFileSync(join(out, '.built'), String(sources));
    rmSync(finished, { recursive: true, force: true });
    renameSync(out, finished);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleRenderer({ force: process.argv.includes('--force') });
}
