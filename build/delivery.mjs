// Makes the packages that the tests of delivery install and update: a version, the next one, and the keys that sign between
// them, in out/delivery. What is newer than every source is not made again. It runs no test.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newestSource } from './bundle-node.mjs';
import { dist } from './dist.mjs';

export const folder = 'out/delivery';
/** The next one writes data that the first cannot know. */
const versions = {
  first: { targets: ['AppImage', 'deb', 'rpm', 'tar.gz'], version: '9.0.0' },
  next: { targets: ['AppImage', 'deb'], version: '9.0.1', newerData: true },
};
const sources = ['main', 'preload', 'renderer', 'resources', 'build', 'package.json', 'package-lock.json'];

function isFresh(target, kinds, newest) {
  if (!existsSync(target)) return false;
  const all = readdirSync(target);
  return kinds.every((kind) => {
    const made = all.filter((name) => name.endsWith(`.${kind}`));
    return made.length === 1 && made.every((name) => statSync(join(target, name)).mtimeMs > newest);
  });
}

/** Two key pairs as a release has them; the private halves stay in the file of the tests. */
function makeKeys() {
  const path = join(folder, 'keys.json');
  if (existsSync(path)) return;
  const pair = () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return {
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    };
  };
  const [current, next] = [pair(), pair()];
  writeFileSync(path, JSON.stringify({ current, next }));
  const keys = [current, next].map(({ publicKey }) => ({ publicKey }));
  writeFileSync(join(folder, 'update-keys.json'), JSON.stringify({ format: 1, keys }));
}

/** Builds what is missing; gives the folder. */
export async function prepareDelivery() {
  mkdirSync(folder, { recursive: true });
  makeKeys();
  const newest = newestSource(sources);
  for (const [name, made] of Object.entries(versions)) {
    const out = join(folder, name);
    if (isFresh(out, made.targets, newest)) continue;
    await dist({
      platform: 'linux',
      level: 0,
      out,
      ...made,
      updateKeys: join(folder, 'update-keys.json'),
    });
  }
  return resolve(folder);
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(await prepareDelivery());
