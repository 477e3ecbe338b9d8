// `npm run -s bench -- sync [--only documents,statuses,large] [--count N] [--statuses N] [--megabytes N]`: what the exchange
// costs in the real application. It prepares and runs tests/bench/sync as the unprivileged user.
import { build } from 'esbuild';
import { floor, nodeOptions, withoutZodLocales } from '../esbuild-options.mjs';
import { prepare } from '../stage.mjs';

const options = nodeOptions({
  entryPoints: { 'bench-sync': 'tests/bench/sync/main.ts', 'bench-sync-bare': 'tests/bench/sync/bare.ts' },
  outdir: 'out/tests',
});
await build({
  ...options,
  outExtension: { '.js': '.cjs' },
  external: [...options.external, 'playwright-core'],
});
await build({
  entryPoints: { 'bench-sync-window': 'tests/bench/sync/in-window.ts' },
  outdir: 'out/tests',
  bundle: true,
  format: 'iife',
  target: floor.chrome,
  logLevel: 'warning',
  plugins: [withoutZodLocales],
});
const stage = await prepare({ purposes: ['run', 'test'] });
process.exit(stage.run('out/tests/bench-sync.cjs', process.argv.slice(2)));
