// Runs the tests of delivery: packages made before, an ordinary account for the application, and for the time of the tests a
// rule of sudo that lets that account install this one package. Needs root; it says so where it is not.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { prepareDelivery } from './delivery.mjs';
import { installPackages, isRoot } from './machine.mjs';
import { prepare } from './stage.mjs';

const rule = '/etc/sudoers.d/van-thu-delivery-tests';
const allowed = [
  '/usr/bin/dpkg',
  '/opt/van-thu/resources/install-package',
  '/usr/bin/tee /etc/van-thu/policy.json',
];

/** Gives the exit code of vitest. */
export async function runDeliveryTests(vitestArguments) {
  if (!isRoot()) throw new Error('Kiểm thử cài đặt và cập nhật cần quyền root: hãy chạy bằng sudo.');
  installPackages(['run', 'test', 'package', 'delivery']);
  const packages = await prepareDelivery();
  const stage = await prepare({ purposes: ['run', 'test'] });
  const policy = '/etc/van-thu/policy.json';
  if (existsSync(policy)) throw new Error(`Máy này có ${policy}: không chạy kiểm thử cập nhật ở đây.`);
  mkdirSync('/etc/van-thu', { recursive: true });
  writeFileSync(rule, `${stage.user.name} ALL=(root) NOPASSWD: ${allowed.join(', ')}\n`, { mode: 0o440 });
  try {
    const all = ['run', '--config', 'vitest.delivery.config.ts', '--configLoader=runner', ...vitestArguments];
    return stage.run('node_modules/vitest/vitest.mjs', all, { VAN_THU_DELIVERY: packages });
  } finally {
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
