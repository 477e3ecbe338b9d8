// Refuses a release on an Electron that its makers no longer mend: they mend the newest three majors (S1). It asks npm which
// is the newest, so it runs where there is internet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const mended = 3;

/** True when `version` is of one of the newest three majors. */
export const isSupported = (version, newest) =>
  Number.parseInt(version, 10) > Number.parseInt(newest, 10) - mended;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { version } = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8'));
  const asked = spawnSync('npm', ['view', 'electron', 'version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const newest = asked.stdout.trim();
  if (asked.status !== 0 || newest === '') throw new Error(`npm: ${asked.stderr}`);
  console.log(`Electron ${version}; mới nhất ${newest}`);
  if (!isSupported(version, newest)) {
    console.error('Electron này không còn được vá lỗi bảo mật.');
    process.exit(1);
  }
}
