// What the application costs over an empty one of the same runtime, packed the same way: size of the package, size when
// installed, time from start to a shown window, cold (no file in memory) and warm. One JSON line a figure.
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newestSource } from '../bundle-node.mjs';
import { dist } from '../dist.mjs';
import { installPackages, isRoot, unprivilegedUser } from '../machine.mjs';

const runs = Number(process.env.VAN_THU_BENCH_RUNS ?? 5);
const out = 'out/bench-start';
const emptyMain = `const { app, BrowserWindow } = require('electron');
app.enableSandbox();
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, title: 'Empty' });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
`;

function stageEmpty({ folder }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const author = { name: 'a', email: 'a@example.invalid' };
  const facts = {
    name: 'empty',
    version: '1.0.0',
    main: 'main.cjs',
    author,
    homepage: 'https://example.invalid/',
  };
  // With a dependency of its own: without one the packager looks for those of the project above and packs them all.
  const nothing = { name: 'nothing', version: '1.0.0' };
  mkdirSync(join(folder, 'node_modules/nothing'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/nothing/package.json'), JSON.stringify(nothing));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      ...{ ...facts, description: 'Empty', desktopName: 'e.desktop' },
      dependencies: { [nothing.name]: nothing.version },
    }),
  );
  writeFileSync(join(folder, 'main.cjs'), emptyMain);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Empty</title><p>Empty</p>');
}

function sizeBelow(folder) {
  return Number(
    spawnSync('du', ['-sb', '--apparent-size', folder], { encoding: 'utf8' }).stdout.split('\t')[0],
  );
}

/** A profile without a hub, whose store opens without a question. */
function makeProfile(home) {
  const profile = join(home, 'profile');
  mkdirSync(profile, { recursive: true });
  const recovery = join(home, 'recovery.pem');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  writeFileSync(recovery, publicKey.export({ type: 'spki', format: 'pem' }));
  const settings = {
    agency: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' },
    ...{ notation: 'UBND', place: 'Lạng Sơn', user: 'Nguyễn Thị Hường', hub: null, searchDrivers: false },
    ...{ recoveryKey: recovery, passphraseFrom: 'VAN_THU_PASSPHRASE' },
  };
  writeFileSync(join(profile, 'settings.json'), JSON.stringify(settings));
  return profile;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const quiet = () => ({ load: Math.round((loadavg()[0] ?? 0) * 10) / 10, cores: availableParallelism() });

function line(name, value, unit, more = {}) {
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more }));
}

/** Lines of a program, one after another; null when it has ended. */
function linesOf(child) {
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    return done === true ? null : value;
  };
}

const patienceMs = 120_000;

/** Milliseconds until a window is shown; then everything that was started ends. */
async function startTime({ program, args, env, user }) {
  const watcher = spawn('python3', ['build/bench/first-window.py'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const tooLate = setTimeout(() => watcher.kill('SIGKILL'), patienceMs);
  const next = linesOf(watcher);
  if ((await next()) !== 'ready') throw new Error('không mở được màn hình');
  const begin = performance.now();
  const child = spawn(program, args, { env, stdio: 'ignore', uid: user.uid, gid: user.gid, detached: true });
  const shown = await next();
  const time = performance.now() - begin;
  clearTimeout(tooLate);
  process.kill(-child.pid, 'SIGKILL');
  await new Promise((done) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', done) : done(),
  );
  if (shown !== 'shown') throw new Error(`${program}: không hiện cửa sổ`);
  return time;
}

function forgetFiles() {
  spawnSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}

if (!isRoot())
  throw new Error('Phép đo này cần quyền root: bỏ tệp khỏi bộ nhớ đệm, chạy bằng tài khoản thường.');
installPackages(['run', 'package', 'delivery']);
const user = unprivilegedUser();
const level = 1;
const plan = { platform: 'linux', targets: ['deb'], level };
const newest = newestSource(['main', 'preload', 'renderer', 'resources', 'build/package', 'package.json']);

/** Packs an application, unless it was packed after the last change of any source. */
async function pack(name, more = {}) {
  const output = join(out, name);
  const deb = existsSync(output) ? readdirSync(output).find((file) => file.endsWith('.deb')) : undefined;
  if (deb !== undefined && statSync(join(output, deb)).mtimeMs > newest) {
    return { output, files: [join(output, deb)] };
  }
  return dist({ ...plan, out: output, ...more });
}

const packed = { empty: await pack('empty', { stage: stageEmpty }), ours: await pack('ours') };
const sizes = Object.fromEntries(
  Object.entries(packed).map(([name, { files, output }]) => [
    name,
    {
      deb: statSync(files.find((file) => file.endsWith('.deb'))).size,
      installed: sizeBelow(join(output, 'linux-unpacked')),
    },
  ]),
);
const mega = 1_000_000;
line('package-size', sizes.ours.deb / mega, 'MB', {
  empty: sizes.empty.deb / mega,
  compression: `gzip -${level}`,
});
line('package-over-empty', (sizes.ours.deb - sizes.empty.deb) / mega, 'MB', { limit: 12 });
line('installed-size', sizes.ours.installed / mega, 'MB', { empty: sizes.empty.installed / mega });

// A place that the account can read, whoever owns the checkout.
const home = mkdtempSync(join(tmpdir(), 'van-thu-bench-'));
const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24'], {
  stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
});
try {
  const number = await new Promise((done) =>
    display.stdio[3].once('data', (bytes) => done(String(bytes).trim())),
  );
  const profile = makeProfile(home);
  for (const [name, { output }] of Object.entries(packed)) {
    spawnSync('cp', ['-a', join(output, 'linux-unpacked'), join(home, name)]);
  }
  spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, home]);
  chownSync(home, user.uid, user.gid);
  const env = {
    ...{ PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, DISPLAY: `:${number}` },
    VAN_THU_PASSPHRASE: 'a phrase for the bench',
  };
  const kinds = {
    empty: { program: join(home, 'empty/van-thu'), args: [], env, user },
    ours: {
      program: join(home, 'ours/van-thu'),
      args: [`--profile=${profile}`],
      env,
      user,
    },
  };
  // The first start makes the store.
  for (const kind of Object.values(kinds)) await startTime(kind);
  for (const state of ['cold', 'warm']) {
    // One right after the other: the machine's mood is in both, and the ratio is the median of the pairs' own.
    const pairs = [];
    for (let run = 0; run < runs; run += 1) {
      const pair = {};
      for (const [name, kind] of Object.entries(kinds)) {
        if (state === 'cold') forgetFiles();
        pair[name] = await startTime(kind);
      }
      pairs.push(pair);
    }
    const ratio = median(pairs.map((pair) => pair.ours / pair.empty));
    const empty = Math.round(median(pairs.map((pair) => pair.empty)));
    line(`start-${state}`, median(pairs.map((pair) => pair.ours)), 'ms', {
      empty,
      ratio: Math.round(ratio * 100) / 100,
      limit: 1.3,
      runs,
      ...quiet(),
    });
  }
} finally {
  display.kill();
  rmSync(home, { recursive: true, force: true });
}
