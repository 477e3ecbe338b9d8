// Builds the native module against the headers of the Node that runs this, without the network. It builds nothing else.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const require = createRequire(import.meta.url);

/** The folder that holds include/node for the running Node, or undefined. */
export function headersFolder() {
  const prefix = resolve(dirname(process.execPath), '..');
  return [prefix, '/usr', '/usr/local'].find((folder) => existsSync(join(folder, 'include/node/node_api.h')));
}

/** Builds pkcs11js when it is not built yet. Returns undefined, or a sentence that says what is missing. */
export function buildNative({ force = false } = {}) {
  const folder = resolve('node_modules/pkcs11js');
  if (!force && existsSync(join(folder, 'build/Release/pkcs11.node'))) return undefined;
  const nodedir = headersFolder();
  if (nodedir === undefined) return 'Thiếu tệp tiêu đề của Node (include/node): hãy cài gói nodejs đầy đủ.';
  const gyp = require.resolve('node-gyp/bin/node-gyp.js');
  const done = spawnSync(process.execPath, [gyp, 'rebuild', '--nodedir', nodedir], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (done.status === 0) return undefined;
  return `Không biên dịch được pkcs11js:\n${done.stdout}\n${done.stderr}`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const missing = buildNative({ force: process.argv.includes('--force') });
  if (missing !== undefined) {
    console.error(missing);
    process.exit(1);
  }
}
