// `npm run dist`: makes the installers. On a machine that cannot reach Electron's downloads it packs the floor runtime, names
// every file `-ci` and says so; build/release.mjs refuses those. It publishes nothing.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll } from './bundle.mjs';
import { installPackages } from './machine.mjs';
import { buildNative } from './native.mjs';
import { stageApp } from './package/app-folder.mjs';
import { checkConfig } from './package/check-config.mjs';
import { packageConfig } from './package/config.mjs';
import { writeIcons } from './package/icons.mjs';
import { findFaults } from './package/inspect.mjs';
import { offlineTools } from './package/linux-tools.mjs';
import { writeFileList } from './package/lists.mjs';
import { runtimeFolder } from './package/runtime-folder.mjs';

const usage =
  'npm run dist -- [--targets deb,rpm,AppImage,tar.gz | --targets nsis,msi | --targets dmg,zip] [--level 0..9]\n' +
  '  [--out THƯ_MỤC] [--version X.Y.Z] [--update-keys TỆP] [--check]\n' +
  '  --level: nén nhanh để thử; --check: chỉ kiểm tra cấu hình của mọi hệ điều hành';

const platformOf = {
  deb: 'linux',
  rpm: 'linux',
  AppImage: 'linux',
  'tar.gz': 'linux',
  dir: 'linux',
  nsis: 'win32',
  msi: 'win32',
  dmg: 'darwin',
  zip: 'darwin',
};

function options() {
  const { values } = parseArgs({
    options: {
      targets: { type: 'string', default: 'AppImage,deb,rpm,tar.gz' },
      level: { type: 'string' },
      out: { type: 'string', default: 'out/dist' },
      version: { type: 'string' },
      'update-keys': { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const targets = values.targets.split(',');
  const platforms = new Set(targets.map((one) => platformOf[one]));
  if (platforms.size !== 1 || platforms.has(undefined)) throw new Error(usage);
  const level = values.level === undefined ? undefined : Number(values.level);
  if (level !== undefined && !(Number.isInteger(level) && level >= 0 && level <= 9)) throw new Error(usage);
  return { ...values, targets, platform: [...platforms][0], level };
}

/**
 * Builds packages; answers with {output, floor, version, files}.
 * @param {{ targets: string[], platform: string, level?: number, out: string, version?: string, updateKeys?: string,
 *   newerData?: boolean, stage?: (place: { folder: string }) => void }} plan `stage` lays out another application than ours, to compare with.
 */
export async function dist(plan) {
  installPackages(['run', 'package']);
  const problem = buildNative();
  if (problem !== undefined) throw new Error(problem);
  await bundleAll();
  const output = resolve(plan.out);
  const work = `${output}.work`;
  rmSync(output, { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeIcons(join(work, 'icons'));
  const app = join(work, 'app');
  const stage = plan.stage ?? stageApp;
  const { version, updateKeys, newerData } = plan;
  stage({ folder: app, version, updateKeys, newerData });
  const runtime = runtimeFolder(join(work, 'runtime'));
  if (runtime.floor) {
    console.error('Đóng gói trên môi trường mức sàn: tên gói có "-ci", không dùng để phát hành.');
    Object.assign(process.env, offlineTools(work, plan.level));
  }
  const { build, Platform, Arch } = await import('electron-builder');
  const targets = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC };
  const signedBy = process.env.VAN_THU_PUBLISHER;
  const files = await build({
    targets: targets[plan.platform].createTarget(plan.targets, Arch.x64),
    publish: 'never',
    config: packageConfig({
      platform: plan.platform,
      app,
      work,
      output,
      electronVersion: runtime.version,
      ...(plan.platform === 'linux' ? { electronDist: runtime.dist } : {}),
      floor: runtime.floor,
      level: plan.level,
      ...(signedBy === undefined ? {} : { publisher: signedBy.split('|') }),
      signed: process.env.CSC_LINK !== undefined,
    }),
  });
  if (plan.platform === 'linux' && plan.stage === undefined) {
    const folder = join(output, 'linux-unpacked');
    const faults = await findFaults({ folder, floor: runtime.floor });
    if (faults.length > 0) throw new Error(`Gói không đúng như đã định:\n${faults.join('\n')}`);
    writeFileList(join(folder, 'resources/app.asar'), join(output, 'files.txt'));
  }
  rmSync(work, { recursive: true, force: true });
  return { output, floor: runtime.floor, files: files.filter((file) => existsSync(file)) };
}

async function main() {
  const wish = options();
  if (wish.help) return console.log(usage);
  await checkConfig();
  if (wish.check) return console.log('cấu hình đóng gói đúng: Linux, Windows, macOS');
  // Packing is work of minutes that nobody waits for at the keyboard.
  setPriority(15);
  console.error(`Đang đóng gói bằng ${availableParallelism()} lõi…`);
  const done = await dist({ ...wish, updateKeys: wish['update-keys'] });
  for (const file of done.files) console.log(file);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
