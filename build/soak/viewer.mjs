// `npm run soak -- viewer --folder DIR [--count N] [--report FILE] [--pictures DIR]`: copies the PDFs to where the application's
// account can read them and shows them one by one in the real window, beside poppler's and MuPDF's pictures. The folder stays as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare } from '../stage.mjs';

const given = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const folder = resolve(process.env.INIT_CWD ?? '.', given('folder') ?? '');
if (given('folder') === undefined || !existsSync(folder)) {
  console.error('npm run soak -- viewer --folder DIR [--count N] [--report FILE] [--pictures DIR]');
  process.exit(2);
}
const stage = await prepare({ purposes: ['run', 'test', 'compare'] });
const work = mkdtempSync(join(stage.state, 'soak-viewer-'));
try {
  cpSync(folder, join(work, 'files'), { recursive: true });
  if (stage.user !== undefined) {
    spawnSync('chown', ['-R', `${stage.user.uid}:${stage.user.gid}`, work]);
  }
  const inner = ['--folder', join(work, 'files'), '--report', join(work, 'report.json')];
  const [count, pictures] = [given('count'), given('pictures')];
  if (pictures !== undefined) inner.push('--pictures', join(work, 'pictures'));
  const code = stage.run(
    'out/tests/soak-viewer.cjs',
    [...inner, ...(count === undefined ? [] : ['--count', count])],
    {
      ...(process.env.VAN_THU_HANG_MS === undefined ? {} : { VAN_THU_HANG_MS: process.env.VAN_THU_HANG_MS }),
    },
  );
  const report = given('report');
  if (report !== undefined && existsSync(join(work, 'report.json'))) {
    cpSync(join(work, 'report.json'), resolve(process.env.INIT_CWD ?? '.', report));
  }
  if (pictures !== undefined && existsSync(join(work, 'pictures'))) {
    cpSync(join(work, 'pictures'), resolve(process.env.INIT_CWD ?? '.', pictures), { recursive: true });
  }
  process.exitCode = code;
} finally {
  rmSync(work, { recursive: true, force: true });
}
