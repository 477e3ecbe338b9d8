// Writes what a release says about itself: every file of the archive with its hash, and the checksums of the installers.
// Two builds of the same sources write the same list.
import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { archiveFiles } from './inspect.mjs';

/** One line a file: SHA-256, size, path; a star marks what lies outside the archive. */
export function writeFileList(archive, target) {
  const lines = archiveFiles(archive).map(
    ({ path, size, sha256, outside }) =>
      `${sha256} ${String(size).padStart(9)} ${path}${outside ? ' *' : ''}`,
  );
  writeFileSync(target, `${lines.join('\n')}\n`);
}

export async function sha256Of(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** SHA256SUMS in the form that `sha256sum --check` reads. */
export async function writeChecksums(paths, target) {
  const lines = [];
  for (const path of [...paths].sort()) lines.push(`${await sha256Of(path)}  ${basename(path)}`);
  writeFileSync(target, `${lines.join('\n')}\n`);
}
