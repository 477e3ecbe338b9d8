// `npm run -s bench -- sign [--json] [--only small,chip,large,objects,start] [--count N] [--megabytes N]`: what a signature
// costs over one raw C_Sign of the same token, a slow chip's rate, a large file over openssl and cp, many objects over
// qpdf; fsync and verification from disk are always inside. It works in a folder of its own and leaves nothing behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchChip } from './signing/chip.mjs';
import { benchLarge, signLarge } from './signing/large.mjs';
import { benchObjects, signObjects, verifyObjects } from './signing/objects.mjs';
import { program, sandbox } from './signing/place.mjs';
import { benchSmall } from './signing/small.mjs';
import { benchStart } from './signing/start.mjs';

const given = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const count = Number(given('--count') ?? 100);
const megabytes = Number(given('--megabytes') ?? 500);
const wanted = (given('--only') ?? 'small,chip,objects,start,large').split(',');

async function apart(part, folder) {
  const parts = await program();
  if (part === 'verify-objects') return verifyObjects(parts, folder);
  const place = JSON.parse(readFileSync(join(folder, 'place.json'), 'utf8'));
  return part === 'large' ? signLarge(parts, place, folder) : signObjects(parts, place, folder);
}

async function main(folder) {
  const parts = await program();
  const place = sandbox(folder);
  const benches = {
    small: () => benchSmall(parts, place, folder, count),
    chip: () => benchChip(parts, place, folder),
    objects: () => benchObjects(folder),
    start: () => benchStart(parts, place, folder),
    large: () => benchLarge(parts, folder, megabytes),
  };
  for (const name of wanted) {
    if (benches[name] === undefined) throw new Error(`no such part: ${name}`);
    await benches[name]();
  }
}

if (process.argv[2] === '--apart') {
  process.stdout.write(JSON.stringify(await apart(process.argv[3], process.argv[4])));
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'van-thu-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
