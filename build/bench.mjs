// `npm run -s bench -- NAME --json`: runs build/bench/NAME.mjs after bundling and a native build. One JSON line a figure.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { bundleNode } from './bundle-node.mjs';
import { bundleSandbox } from './bundle-sandbox.mjs';
import { buildNative } from './native.mjs';

const [name, ...args] = process.argv.slice(2);
const script = `build/bench/${name}.mjs`;
if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(script)) {
  const known = existsSync('build/bench')
    ? readdirSync('build/bench').filter((one) => one.endsWith('.mjs'))
    : [];
  console.error(
    `Cách dùng: npm run -s bench -- TÊN --json; có: ${known.map((one) => one.slice(0, -4)).join(', ')}`,
  );
  process.exit(2);
}
const problem = buildNative();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
await bundleNode();
await bundleSandbox();
process.exit(spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 1);
