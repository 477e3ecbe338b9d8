// Reads a finished, unpacked package back and says what is not as decided: fuses in the binary, what lies in the archive and
// beside it, and who may write there. It repairs nothing.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import asar from '@electron/asar';
import fuseWire from '@electron/fuses';
import { expectedWire } from './fuses.mjs';

const { extractFile, listPackage, statFile } = asar;
const { FuseV1Options, getCurrentFuseWire } = fuseWire;

/** The bytes of the fuse wire; other values mean that a runtime has no such fuse. */
const states = { 48: false, 49: true };

/** {name: true | false} of the fuses that a binary says it has. */
export async function readFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  const said = {};
  for (const [name, at] of Object.entries(FuseV1Options)) {
    const state = typeof at === 'number' ? states[wire[at]] : undefined;
    if (state !== undefined) said[name] = state;
  }
  return said;
}

function* filesBelow(folder, prefix = '') {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name), path);
    else yield path;
  }
}

/** Every file of the archive: {path, size, sha256, outside}, in the order of their names. */
export function archiveFiles(archive) {
  const files = [];
  for (const entry of listPackage(archive, { isPack: false })) {
    const path = entry.replace(/^[\\/]/, '');
    const stat = statFile(archive, path, false);
    if ('files' in stat) continue;
    const bytes = stat.unpacked
      ? readFileSync(join(`${archive}.unpacked`, path))
      : extractFile(archive, path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ path, size: bytes.length, sha256, outside: stat.unpacked === true });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const nativeFile = 'node_modules/pkcs11js/build/Release/pkcs11.node';
const besideArchive = new Set([
  'app.asar',
  'app.asar.unpacked',
  'app-update.yml',
  'package-type',
  'apparmor-profile',
  'install-package',
]);

/** Sentences about everything in an unpacked Linux package that is not as decided; none when all is well. */
export async function findFaults({ folder, floor, executable = 'van-thu' }) {
  const faults = [];
  const fuses = await readFuses(join(folder, executable));
  for (const [name, wanted] of Object.entries(expectedWire(floor))) {
    if (fuses[name] !== wanted) faults.push(`fuse ${name}: ${String(fuses[name])} thay vì ${String(wanted)}`);
  }
  const resources = join(folder, 'resources');
  for (const name of readdirSync(resources)) {
    if (!besideArchive.has(name)) faults.push(`resources/${name}: không được đóng gói ngoài app.asar`);
  }
  const archive = archiveFiles(join(resources, 'app.asar'));
  const outside = [...filesBelow(join(resources, 'app.asar.unpacked'))];
  if (outside.join() !== nativeFile)
    faults.push(`ngoài app.asar phải chỉ có ${nativeFile}, có: ${outside.join(', ')}`);
  for (const { path } of archive) {
    if (/\.(map|ts|tsx|c|cpp|h|gyp)$/.test(path)) faults.push(`${path}: không thuộc bản phát hành`);
  }
  for (const path of filesBelow(folder)) {
    if ((statSync(join(folder, path)).mode & 0o022) !== 0) faults.push(`${path}: tài khoản khác ghi được`);
  }
  return faults;
}
