// What the tests of delivery change on a machine, and how it is given back: an administrator's own policy, a rule of sudo, a
// small disk, the installed package. What a killed run left is cleared before the next one begins; it runs no test.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const places = {
  policy: '/etc/van-thu/policy.json',
  rule: '/etc/sudoers.d/van-thu-delivery-tests',
  store: '/var/cache/van-thu',
  /** Stands as long as the machine is changed: the process that changed it, and the policy that was there before. */
  mark: '/etc/van-thu/delivery-tests',
};

/** A database of rpm for the tests alone: Debian's own knows of no rpm package. */
export const rpmDatabase = '/var/tmp/van-thu-delivery-rpm';

const allowed = [
  '/usr/bin/dpkg',
  '/usr/bin/env VAN_THU_DELETE_DATA_OF=* /usr/bin/dpkg --*',
  `/usr/bin/mkdir --parents ${places.store}`,
  `/usr/bin/mount -t tmpfs -o size=1m tmpfs ${places.store}`,
  `/usr/bin/umount ${places.store}`,
  '/opt/van-thu/resources/install-package',
  `/usr/bin/rpm --dbpath ${rpmDatabase} *`,
  `/usr/bin/tee ${places.policy}`,
];

function must(command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
}

const isInstalled = () => spawnSync('dpkg-query', ['--status', 'van-thu']).status === 0;

/** Takes every disk off a folder: one may have been mounted over the other. */
function unmount(folder) {
  while (spawnSync('mountpoint', ['--quiet', folder]).status === 0) must('umount', ['--lazy', folder]);
}

/** Programs of the package that the tests installed. */
function installedPrograms() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/exe`).startsWith('/opt/van-thu/');
      } catch {
        // It ended, or belongs to the kernel.
        return false;
      }
    })
    .map(Number);
}

function endPrograms() {
  for (const pid of installedPrograms()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** @param {typeof places} at only for tests of this itself: other places than those of the machine. */
export function deliveryMachine(at = places) {
  const owner = join(at.mark, 'pid');
  const kept = join(at.mark, 'policy.json');

  /** Puts an administrator's policy out of the way. Whenever this is cut off, `restorePolicy` makes what was there before. */
  function keepPolicy() {
    mkdirSync(at.mark, { recursive: true });
    if (existsSync(at.policy)) {
      copyFileSync(at.policy, `${kept}.part`);
      renameSync(`${kept}.part`, kept);
    }
    // From here on whatever lies at the policy's place is ours.
    writeFileSync(owner, String(process.pid));
    rmSync(at.policy, { force: true });
  }

  function restorePolicy() {
    if (existsSync(owner)) {
      if (existsSync(kept)) {
        copyFileSync(kept, `${at.policy}.part`);
        renameSync(`${at.policy}.part`, at.policy);
      } else rmSync(at.policy, { force: true });
      rmSync(owner);
    }
    rmSync(at.mark, { recursive: true, force: true });
  }

  /** True when a run changed this machine and has not given it back; throws while that run still lives. */
  function wasLeft() {
    if (!existsSync(at.mark)) return false;
    const pid = existsSync(owner) ? readFileSync(owner, 'utf8') : '';
    if (pid !== '' && pid !== String(process.pid) && existsSync(`/proc/${pid}`)) {
      throw new Error(`Một lượt kiểm thử cài đặt khác đang chạy trên máy này (tiến trình ${pid}).`);
    }
    return true;
  }

  return { keepPolicy, restorePolicy, wasLeft };
}

/**
 * Makes the machine ready: clears what a killed run left, keeps the administrator's policy. `user` may install this one package.
 * @returns a function that gives the machine back as it was found
 */
export function takeMachine({ user, smallDisk }) {
  const machine = deliveryMachine();
  function giveBack() {
    endPrograms();
    unmount(smallDisk);
    unmount(places.store);
    spawnSync('dpkg', ['--purge', 'van-thu'], { stdio: 'ignore' });
    spawnSync('rpm', ['--dbpath', rpmDatabase, '--erase', '--nodeps', 'van-thu'], { stdio: 'ignore' });
    rmSync(rpmDatabase, { recursive: true, force: true });
    rmSync(places.rule, { force: true });
    machine.restorePolicy();
  }
  if (machine.wasLeft()) {
    console.error('Dọn những gì một lượt kiểm thử cài đặt bị ngắt để lại.');
    giveBack();
  }
  if (isInstalled())
    throw new Error('Máy này đã cài van-thu: không chạy kiểm thử cài đặt ở đây. Gỡ: dpkg --purge van-thu');
  machine.keepPolicy();
  try {
    writeFileSync(places.rule, `${user.name} ALL=(root) NOPASSWD: ${allowed.join(', ')}\n`, { mode: 0o440 });
    mkdirSync(smallDisk, { recursive: true });
    unmount(smallDisk);
    // A memory disk that can be filled without harm: the only way to show what a full disk does.
    const options = `size=600m,uid=${user.uid},gid=${user.gid},mode=700`;
    must('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', smallDisk]);
  } catch (error) {
    giveBack();
    throw error;
  }
  return giveBack;
}
