// `npm run demo -- --headless --out DIR`: the whole job through the real application without a person.
// It prepares, runs the driver as the unprivileged user and brings the results to DIR.

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare } from './stage.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--out');
const wanted = at < 0 ? undefined : args[at + 1];
if (wanted === undefined) {
  console.error(
    'Cách dùng: npm run demo -- --headless --out DIR [--hub URL --system-id ID --secret-env NAME --receivers A,B] [--wait S]',
  );
  process.exit(2);
}
const out = resolve(process.env.INIT_CWD ?? '.', wanted);
if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'evidence.json'))) {
  console.error(`Thư mục ${out} đang có nội dung khác; hãy chọn thư mục trống.`);
  process.exit(2);
}

try {
  const stage = await prepare();
  const work = mkdtempSync(join(stage.state, 'demo-'));
  if (stage.user !== undefined) spawnSync('chown', ['-R', `${stage.user.uid}:${stage.user.gid}`, work]);
  chmodSync(work, 0o755);
  const rest = [...args.slice(0, at), ...args.slice(at + 2)];
  const secretAt = rest.indexOf('--secret-env');
  const secretName = secretAt < 0 ? undefined : rest[secretAt + 1];
  const extra = secretName === undefined ? {} : { [secretName]: process.env[secretName] ?? '' };
  const code = stage.run('out/tests/demo.cjs', [...rest, '--out', join(work, 'out'), '--work', work], extra);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  if (existsSync(join(work, 'out'))) cpSync(join(work, 'out'), out, { recursive: true });
  rmSync(work, { recursive: true, force: true });
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
