// Runs the tests of delivery: packages made before, an ordinary account for the application, and for the time of the tests a
// machine where that account may install this one package. Needs root; it says so where it is not.
import { join } from 'node:path';
import { prepareDelivery } from './delivery.mjs';
import { takeMachine } from './delivery-machine.mjs';
import { installPackages, isRoot } from './machine.mjs';
import { prepare } from './stage.mjs';

/** Gives the exit code of vitest. The machine is left as it was found. */
export async function runDeliveryTests(vitestArguments) {
  if (!isRoot()) throw new Error('Kiểm thử cài đặt và cập nhật cần quyền root: hãy chạy bằng sudo.');
  installPackages(['run', 'test', 'package', 'delivery']);
  const packages = await prepareDelivery();
  const stage = await prepare({ purposes: ['run', 'test'] });
  const smallDisk = join(stage.state, 'small-disk');
  const giveBack = takeMachine({ user: stage.user, smallDisk });
  try {
    const all = ['run', '--config', 'vitest.delivery.config.ts', '--configLoader=runner', ...vitestArguments];
    return stage.run('node_modules/vitest/vitest.mjs', all, {
      VAN_THU_DELIVERY: packages,
      VAN_THU_SMALL_DISK: smallDisk,
    });
  } finally {
    giveBack();
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
