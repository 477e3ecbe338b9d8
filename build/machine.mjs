// What the machine must have from Debian, and the unprivileged account that runs the app. It installs as root only;
// otherwise it says what is missing.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';

/** Debian packages by what they are needed for; `probe` is a file or a program that shows they are there. */
const needs = {
  run: [
    ['xvfb', 'Xvfb'],
    ['xauth', 'xauth'],
    ['libgtk-3-0', '/usr/lib/x86_64-linux-gnu/libgtk-3.so.0'],
    ['libnss3', '/usr/lib/x86_64-linux-gnu/libnss3.so'],
    ['libasound2', '/usr/lib/x86_64-linux-gnu/libasound.so.2'],
    ['libgbm1', '/usr/lib/x86_64-linux-gnu/libgbm.so.1'],
    ['softhsm2', 'softhsm2-util'],
    ['opensc', 'pkcs11-tool'],
    ['openssl', 'openssl'],
    ['python3', 'python3'],
    ['make', 'make'],
    ['g++', 'g++'],
    ['util-linux', 'setpriv'],
    ['procps', 'ps'],
  ],
  test: [
    ['poppler-utils', 'pdfsig'],
    ['qpdf', 'qpdf'],
    ['mupdf-tools', 'mutool'],
    ['libnss3-tools', 'certutil'],
    ['strace', 'strace'],
  ],
  /** What other programs draw a PDF with that brings no fonts. */
  compare: [
    ['fonts-liberation2', '/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf'],
    ['poppler-data', '/usr/share/poppler/cMap'],
  ],
  package: [
    ['7zip', '7zz'],
    ['squashfs-tools', 'mksquashfs'],
    ['desktop-file-utils', 'desktop-file-validate'],
    ['dpkg', 'dpkg-deb'],
    ['rpm', 'rpmbuild'],
  ],
  delivery: [
    ['dbus', 'dbus-daemon'],
    ['at-spi2-core', '/usr/libexec/at-spi-bus-launcher'],
    ['gir1.2-atspi-2.0', '/usr/lib/x86_64-linux-gnu/girepository-1.0/Atspi-2.0.typelib'],
    ['python3-gi', '/usr/lib/python3/dist-packages/gi/__init__.py'],
    ['xdotool', 'xdotool'],
    ['scrot', 'scrot'],
    ['sudo', 'sudo'],
    ['libnotify4', '/usr/lib/x86_64-linux-gnu/libnotify.so.4'],
    ['libxss1', '/usr/lib/x86_64-linux-gnu/libXss.so.1'],
    ['libxtst6', '/usr/lib/x86_64-linux-gnu/libXtst.so.6'],
    ['xdg-utils', 'xdg-open'],
    ['libatspi2.0-0', '/usr/lib/x86_64-linux-gnu/libatspi.so.0'],
  ],
};

function present(probe) {
  if (probe.startsWith('/')) return existsSync(probe);
  return spawnSync('sh', ['-c', `command -v ${probe}`]).status === 0;
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/** Installs what is missing when root; else throws a sentence with the exact command. */
export function installPackages(purposes) {
  if (process.platform !== 'linux') return;
  const missing = purposes
    .flatMap((purpose) => needs[purpose])
    .filter(([, probe]) => !present(probe))
    .map(([name]) => name);
  if (missing.length === 0) return;
  if (!isRoot() || !present('apt-get')) {
    throw new Error(
      `Máy còn thiếu các gói: ${missing.join(' ')}\nHãy cài: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  console.error(`Đang cài các gói còn thiếu: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-y', '--no-install-recommends'];
  const install = () => spawnSync('apt-get', [...options, 'install', ...missing], { env, encoding: 'utf8' });
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update'], { env, stdio: 'ignore' });
  const done = install();
  if (done.status !== 0) throw new Error(`Không cài được các gói: ${missing.join(' ')}\n${done.stderr}`);
}

const account = 'vanthu';

/** The unprivileged account the app runs as when the caller is root. Made once. */
export function unprivilegedUser() {
  const id = (flag) => spawnSync('id', [flag, account], { encoding: 'utf8' });
  if (id('-u').status !== 0) {
    const made = spawnSync('useradd', ['--create-home', '--shell', '/bin/sh', account], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`Không tạo được tài khoản ${account}: ${made.stderr}`);
  }
  return {
    name: account,
    uid: Number(id('-u').stdout),
    gid: Number(id('-g').stdout),
    home: `/home/${account}`,
  };
}

/** True when the account can read this path. */
export function readableBy(user, path) {
  if (!isRoot()) {
    try {
      accessSync(path, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  }
  return (
    spawnSync('setpriv', [
      '--reuid',
      String(user.uid),
      '--regid',
      String(user.gid),
      '--init-groups',
      'test',
      '-r',
      path,
    ]).status === 0
  );
}
