// Runs the tests of delivery: packages made before, an ordinary account for the application, and for the time of the tests a
// rule of sudo that lets that account install this one package. Needs root; it says so where it is not.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDelivery } from './delivery.mjs';
import { installPackages, isRoot } from './machine.mjs';
import { prepare } from './stage.mjs';

const rule = '/etc/sudoers.d/van-thu-delivery-tests';
const policy = '/etc/van-thu/policy.json';
const allowed = [
  '/usr/bin/dpkg',
  '/usr/bin/env VAN_THU_DELETE_DATA_OF=* /usr/bin/dpkg --*',
  '/usr/bin/mkdir --parents /var/cache/van-thu',
  '/usr/bin/mount -t tmpfs -o size=1m tmpfs /var/cache/van-thu',
  '/usr/bin/umount /var/cache/van-thu',
  '/opt/van-thu/resources/install-package',
  `/usr/bin/tee ${policy}`,
];

function must(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
}

/** A memory disk that can be filled without harm: the only way to show what a full disk does. */
function mountSmallDisk(folder, user) {
  mkdirSync(folder, { recursive: true });
  must('mount', ['-t', 'tmpfs', '-o', `size=600m,uid=${user.uid},gid=${user.gid},mode=700`, 'tmpfs', folder]);
}

/** Gives the exit code of vitest. The machine is left as it was found. */
export async function runDeliveryTests(vitestArguments) {
  if (!isRoot()) throw new Error('Kiểm thử cài đặt và cập nhật cần quyền root: hãy chạy bằng sudo.');
  installPackages(['run', 'test', 'package', 'delivery']);
  if (existsSync(policy)) throw new Error(`Máy này có ${policy}: không chạy kiểm thử cập nhật ở đây.`);
  if (spawnSync('dpkg-query', ['--status', 'van-thu']).status === 0)
    throw new Error('Máy này đã cài van-thu: không chạy kiểm thử cài đặt ở đây. Gỡ: dpkg --purge van-thu');
  const packages = await prepareDelivery();
  const stage = await prepare({ purposes: ['run', 'test'] });
  const smallDisk = join(stage.state, 'small-disk');
  mkdirSync('/etc/van-thu', { recursive: true });
  writeFileSync(rule, `${stage.user.name} ALL=(root) NOPASSWD: ${allowed.join(', ')}\n`, { mode: 0o440 });
  mountSmallDisk(smallDisk, stage.user);
  try {
    const all = ['run', '--config', 'vitest.delivery.config.ts', '--configLoader=runner', ...vitestArguments];
    return stage.run('node_modules/vitest/vitest.mjs', all, {
      VAN_THU_DELIVERY: packages,
      VAN_THU_SMALL_DISK: smallDisk,
    });
  } finally {
    must('umount', ['--lazy', smallDisk]);
    spawnSync('dpkg', ['--purge', 'van-thu'], { stdio: 'ignore' });
    rmSync(rule, { force: true });
    rmSync(policy, { force: true });
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  runDeliveryTests(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
