// `npm run release`: what a build machine with internet runs to make packages for agencies. It refuses whatever must not leave
// the house: the floor runtime, a package named -ci, missing keys, unsigned Windows and macOS files, a dirty checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { dist } from './dist.mjs';
import { checkConfig } from './package/check-config.mjs';
import { writeChecksums } from './package/lists.mjs';
import { writeBill } from './package/sbom.mjs';
import { electronRuntime } from './runtime.mjs';

const targetsOf = {
  linux: ['AppImage', 'deb', 'rpm', 'tar.gz'],
  win32: ['nsis', 'msi'],
  darwin: ['dmg', 'zip'],
};

/** Sentences about what keeps this machine from making a release; none when it may. */
export function reasonsAgainst({ runtime, env, platform, changed }) {
  const reasons = [];
  if (runtime.floor)
    reasons.push(`môi trường chạy là mức sàn (Electron ${runtime.version}), không phải bản phát hành`);
  if (changed !== '') reasons.push('mã nguồn có thay đổi chưa được ghi lại');
  if (!env.VAN_THU_UPDATE_KEYS)
    reasons.push('thiếu VAN_THU_UPDATE_KEYS: tệp khóa công khai kiểm tra bản cập nhật');
  else if (!existsSync(env.VAN_THU_UPDATE_KEYS)) reasons.push('không có tệp VAN_THU_UPDATE_KEYS');
  else if (JSON.parse(readFileSync(env.VAN_THU_UPDATE_KEYS, 'utf8')).keys?.length < 2) {
    reasons.push('VAN_THU_UPDATE_KEYS phải có hai khóa: đang dùng và kế tiếp');
  }
  if (platform !== 'linux' && !env.CSC_LINK) reasons.push('thiếu CSC_LINK: chứng thư ký mã');
  if (platform === 'win32' && !env.VAN_THU_PUBLISHER) {
    reasons.push('thiếu VAN_THU_PUBLISHER: tên phân biệt đầy đủ của người ký mã');
  }
  return reasons;
}

/** The files that must not be released: packed on the floor. */
export const refusedFiles = (files) => files.filter((file) => basename(file).includes('-ci'));

async function main() {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'out/release' } } });
  const runtime = electronRuntime();
  const changed = spawnSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).stdout ?? '';
  const reasons = reasonsAgainst({ runtime, env: process.env, platform: process.platform, changed });
  if (reasons.length > 0) throw new Error(`Không phát hành:\n- ${reasons.join('\n- ')}`);
  await checkConfig();
  const done = await dist({
    platform: process.platform,
    targets: targetsOf[process.platform],
    out: values.out,
    updateKeys: process.env.VAN_THU_UPDATE_KEYS,
  });
  const refused = refusedFiles(done.files);
  if (done.floor || refused.length > 0) throw new Error(`Không phát hành gói -ci: ${refused.join(', ')}`);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  writeBill(join(done.output, 'sbom.cdx.json'), { version, electronVersion: runtime.version });
  const kept = readdirSync(done.output)
    .filter((name) => /\.(AppImage|deb|rpm|tar\.gz|exe|msi|dmg|zip|blockmap|json|txt)$/.test(name))
    .map((name) => join(done.output, name));
  await writeChecksums(kept, join(done.output, 'SHA256SUMS'));
  for (const file of kept) console.log(file);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
