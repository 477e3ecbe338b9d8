// Bundles the command line when its sources are newer than its bundle, then runs it in this same process.
// It adds no behaviour of its own.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { bundleNode } from './bundle-node.mjs';

try {
  await bundleNode();
  process.setSourceMapsEnabled(true);
  createRequire(import.meta.url)(resolve('out/main/cli.cjs'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
