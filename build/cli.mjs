// Bundles the command line when its sources are newer than its bundle, then runs it in this same process group.
// It adds no behaviour of its own.
import { spawnSync } from 'node:child_process';
import { bundleNode } from './bundle-node.mjs';

await bundleNode();
const done = spawnSync(
  process.execPath,
  ['--enable-source-maps', 'out/main/cli.cjs', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(done.status ?? 2);
