// Compiles the PKCS#11 probe of the tests (tests/pkcs11-probe) into out/probe. It builds nothing that is shipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const source = 'tests/pkcs11-probe/probe.c';
const output = 'out/probe/pkcs11-probe.so';

/** Compiles the probe when it is older than its source; answers with its absolute path. Throws with the compiler's words. */
export function buildProbe() {
  if (existsSync(output) && statSync(output).mtimeMs > statSync(source).mtimeMs) return resolve(output);
  mkdirSync('out/probe', { recursive: true });
  // Built beside and renamed: a test that runs meanwhile keeps the library it has loaded.
  const fresh = `${output}.${process.pid}`;
  const args = [
    ...['-std=gnu11', '-O1', '-Wall', '-Wextra', '-fPIC', '-shared'],
    ...['-Inode_modules/pkcs11js/includes/pkcs11', '-o', fresh, source, '-ldl', '-lpthread'],
  ];
  const done = spawnSync('gcc', args, { encoding: 'utf8' });
  if (done.error !== undefined) throw new Error(`gcc: ${done.error.message}`);
  if (done.status !== 0) throw new Error(done.stderr);
  renameSync(fresh, output);
  return resolve(output);
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(buildProbe());
