// Makes the machine, the bundles and the runtime ready, then runs a program of the project as an unprivileged user.
// Electron's sandbox does not start as root, so a root caller is dropped to an account of its own; nothing removes it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleAll } from './bundle.mjs';
import { installPackages, isRoot, readableBy, unprivilegedUser } from './machine.mjs';
import { buildNative } from './native.mjs';
import { buildProbe } from './probe.mjs';
import { electronRuntime } from './runtime.mjs';

const copied = ['build', 'out', 'resources', 'tests', 'main', 'preload', 'renderer', 'node_modules'];
const files = [
  'package.json',
  'vitest.config.ts',
  'vitest.e2e.config.ts',
  'vitest.delivery.config.ts',
  'tsconfig.base.json',
  'tsconfig.json',
];

/**
 * A copy of the checkout that the account can read; node_modules by hard links where the disk allows. Times stay: what
 * is bundled there is as fresh as here, and the account could not bundle again.
 */
function stageCopy(target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true, mode: 0o755 });
  for (const name of copied.filter((one) => existsSync(one))) {
    const linked = spawnSync('cp', ['-al', name, target]);
    if (linked.status !== 0) {
      rmSync(join(target, name), { recursive: true, force: true });
      cpSync(name, join(target, name), { recursive: true, preserveTimestamps: true });
    }
  }
  for (const name of files.filter((one) => existsSync(one)))
    cpSync(name, join(target, name), { preserveTimestamps: true });
  spawnSync('chmod', ['-R', 'a+rX', target]);
}

/** Prepares everything; the answer runs programs and tells where state may be kept. */
export async function prepare({ purposes = ['run'], force = false } = {}) {
  installPackages(purposes);
  const problem = buildNative();
  if (problem !== undefined) throw new Error(problem);
  await bundleAll({ force });
  if (purposes.includes('test')) buildProbe();
  const runtime = electronRuntime();
  const root = isRoot();
  const name = createHash('sha256').update(resolve('.')).digest('hex').slice(0, 12);
  const base = root ? `/var/tmp/van-thu/${name}` : resolve('.sandbox');
  const user = root ? unprivilegedUser() : undefined;
  const state = join(base, 'state');
  mkdirSync(state, { recursive: true, mode: 0o755 });
  if (user !== undefined) {
    spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, state]);
    chownSync(state, user.uid, user.gid);
    console.error(
      `Đang chạy bằng tài khoản thường "${user.name}" để hộp cát của Electron hoạt động (không chạy bằng root).`,
    );
  }
  let folder = resolve('.');
  if (user !== undefined && !readableBy(user, join(folder, 'package.json'))) {
    folder = join(base, 'copy');
    stageCopy(folder);
  }
  const environment = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    ...(process.env.DISPLAY ? { DISPLAY: process.env.DISPLAY } : {}),
    ...(process.env.XAUTHORITY ? { XAUTHORITY: process.env.XAUTHORITY } : {}),
    ...(process.env.CI ? { CI: process.env.CI } : {}),
    HOME: user?.home ?? process.env.HOME,
    VAN_THU_STATE: state,
    VAN_THU_ELECTRON: runtime.binary,
    VAN_THU_RUNTIME: runtime.floor ? `floor ${runtime.version}` : runtime.version,
  };
  return {
    state,
    folder,
    user,
    runtime,
    /** Runs `node script ...args` as the unprivileged user; gives the exit code. */
    run(script, args, extra = {}) {
      const node = [process.execPath, script, ...args];
      const command =
        user === undefined
          ? node
          : [
              'setpriv',
              '--reuid',
              String(user.uid),
              '--regid',
              String(user.gid),
              '--init-groups',
              '--',
              ...node,
            ];
      const done = spawnSync(command[0], command.slice(1), {
        cwd: folder,
        env: { ...environment, ...extra },
        stdio: 'inherit',
      });
      return done.status ?? 1;
    },
  };
}
