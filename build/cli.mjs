// Bundles the command line when its sources are newer than its bundle, then runs it in this same process.
// It adds no behaviour of its own.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleNode } from './bundle-node.mjs';

// Called by node itself, from anywhere: the caller's folder is kept as npm keeps it.
process.env.INIT_CWD ??= process.cwd();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  await bundleNode();
  process.setSourceMapsEnabled(true);
  createRequire(import.meta.url)(resolve('out/main/cli.cjs'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
