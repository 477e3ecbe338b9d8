// Gives electron-builder an unpacked runtime to pack: a copy of what build/runtime.mjs found, without its stand-in for
// Electron's default application. It fetches nothing itself.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronRuntime } from '../runtime.mjs';

/** {version, floor, dist}; `dist` is a real copy, since fuses are flipped in its files. */
export function runtimeFolder(folder) {
  const { binary, version, floor } = electronRuntime();
  rmSync(folder, { recursive: true, force: true });
  const copied = spawnSync('cp', ['-a', '--reflink=auto', dirname(binary), folder], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(copied.stderr);
  for (const name of ['app', 'app.asar', 'default_app.asar', 'app-update.yml']) {
    rmSync(join(folder, 'resources', name), { recursive: true, force: true });
  }
  return { version, floor, dist: folder };
}
