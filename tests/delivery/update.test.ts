// Version 9.0.0 becomes 9.0.1 from a server: an AppImage as its user has it, a deb through the helper of root. What is not
// genuine ends in its code and the old version works on.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { openWorld, type World } from '../e2e/support/world';
import { type Feed, openFeed, setPolicy } from './support/feed';
import { install, installedVersion, packageOf, program } from './support/packages';
import { processesOf } from './support/processes';
import { openSession, type Session } from './support/session';

const patience = 300;
let world: World;
let feed: Feed;
let session: Session;
let home: string;
let image: string;

beforeAll(async () => {
  world = await openWorld({ name: 'delivery-update', seeds: 'samples' });
  await world.startHub();
  feed = await openFeed();
  setPolicy(feed.server.url);
  home = stateFolder('home-update');
  mkdirSync(join(home, 'apps'), { recursive: true });
  image = join(home, 'apps', 'Van-Thu.AppImage');
  session = await openSession('update', home);
});

afterAll(async () => {
  await session?.close();
  await feed?.server.close();
  await world?.close();
});

const button = (name: string) => session.must({ do: 'press', role: 'push button', name, wait: patience });
const code = (one: string) => session.must({ do: 'find', name: one, wait: patience, enabled: false });
const start = (command: string) =>
  session.start([command, `--profile=${world.profile}`, '--force-renderer-accessibility'], world.env);

async function openDialog(version: string): Promise<void> {
  await button(`^(Phiên bản|Đã cập nhật lên) ${version.replaceAll('.', '\\.')}`);
}

function pendingFile(suffix: string): string {
  const pending = join(home, '.cache/van-thu-updater/pending');
  const name = readdirSync(pending).find((one) => one.endsWith(suffix));
  if (name === undefined) throw new Error(`nothing in ${pending}`);
  return join(pending, name);
}

const flip = (bytes: Buffer): Buffer => {
  const other = Buffer.from(bytes);
  other[200_000_000] = (other[200_000_000] ?? 0) ^ 1;
  return other;
};

describe('an AppImage of an ordinary account', () => {
  it('starts with data of its own', async () => {
    copyFileSync(packageOf('first', 'AppImage'), image);
    spawnSync('chmod', ['755', image]);
    start(image);
    await session.must({ do: 'find', role: 'entry', name: 'Số đến cuối', wait: patience });
    await session.must({ do: 'window', name: 'Văn Thư' });
    await session.must({ do: 'fill', role: 'entry', name: 'Số đến cuối', text: '0' });
    await session.must({ do: 'fill', role: 'entry', name: 'Số đi cuối', text: '0' });
    await button('Lưu và bắt đầu');
    await button('^Tiếp nhận, đăng ký');
    await session.must({ do: 'find', role: 'push button', name: '^Chờ trình 1', wait: patience });
  });

  it('refuses what whoever owns the server has swapped consistently, and a changed package', async () => {
    const packages = [packageOf('next', 'AppImage')];
    feed.offer({ packages, version: '9.0.1', serial: 10, signedBy: 'stranger' });
    await openDialog('9.0.0');
    await button('^Hỏi lại');
    await code('update-signature-invalid');
    feed.offer({ packages, version: '9.0.1', serial: 11, change: flip });
    await button('^Hỏi lại');
    await button('^Tải phiên bản mới');
    await code('update-payload-changed');
    expect(readFileSync(image).equals(readFileSync(packageOf('first', 'AppImage')))).toBe(true);
  });

  it('refuses a file that is swapped between download and restart', async () => {
    feed.offer({ packages: [packageOf('next', 'AppImage')], version: '9.0.1', serial: 12 });
    await button('^Tải lại');
    await session.must({
      do: 'find',
      role: 'push button',
      name: '^Khởi động lại để cập nhật',
      wait: patience,
    });
    writeFileSync(pendingFile('.AppImage'), 'something else');
    await button('^Khởi động lại để cập nhật');
    await code('update-payload-changed');
    expect(readFileSync(image).equals(readFileSync(packageOf('first', 'AppImage')))).toBe(true);
  });

  it('becomes the next version with its data there, and keeps the one before', async () => {
    await button('^Hỏi lại');
    await button('^Tải phiên bản mới');
    await button('^Khởi động lại để cập nhật');
    await session.must({
      do: 'find',
      role: 'push button',
      name: '^Đã cập nhật lên 9\\.0\\.1',
      wait: patience,
    });
    await session.must({ do: 'find', role: 'push button', name: '^Chờ trình 1', wait: patience });
    expect(readFileSync(image).equals(readFileSync(packageOf('next', 'AppImage')))).toBe(true);
    expect(readFileSync(`${image}.previous`).equals(readFileSync(packageOf('first', 'AppImage')))).toBe(true);
  });

  it('refuses an older publication that is shown again', async () => {
    feed.offer({ packages: [packageOf('first', 'AppImage')], version: '9.0.0', serial: 9 });
    await openDialog('9.0.1');
    await button('^Hỏi lại');
    await code('update-replayed');
  });
});

describe('a deb', () => {
  const running = () => processesOf(program).find((one) => !one.commandLine.includes('--type='));

  it('becomes the next version through the helper of root, with the same data', async () => {
    await session.close();
    session = await openSession('update-deb', home);
    install('first');
    feed.offer({ packages: [packageOf('next', 'deb')], version: '9.0.1', serial: 20 });
    start(program);
    await session.must({ do: 'find', role: 'push button', name: '^Chờ trình 1', wait: patience });
    await openDialog('9.0.0');
    await button('^Hỏi lại');
    await button('^Tải phiên bản mới');
    await button('^Khởi động lại để cập nhật');
    await session.must({
      do: 'find',
      role: 'push button',
      name: '^Đã cập nhật lên 9\\.0\\.1',
      wait: patience,
    });
    await session.must({ do: 'find', role: 'push button', name: '^Chờ trình 1', wait: patience });
    expect(installedVersion()).toBe('9.0.1');
  });

  it('stays when dpkg fails on the next one, and goes on working', async () => {
    const broken = join(home, 'van-thu-9.0.2-ci-amd64.deb');
    const tree = join(home, 'broken');
    mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
    const control =
      'Package: van-thu\nVersion: 9.0.2\nArchitecture: amd64\nMaintainer: a <a@example.invalid>\n';
    writeFileSync(join(tree, 'DEBIAN/control'), `${control}Description: broken\n`);
    writeFileSync(join(tree, 'DEBIAN/preinst'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(spawnSync('dpkg-deb', ['--build', tree, broken]).status).toBe(0);
    feed.offer({ packages: [broken], version: '9.0.2', serial: 21 });
    const before = running()?.pid;
    await openDialog('9.0.1');
    await button('^Hỏi lại');
    await button('^Tải phiên bản mới');
    await button('^Khởi động lại để cập nhật');
    await code('update-install-failed');
    expect(installedVersion()).toBe('9.0.1');
    expect(running()?.pid).toBe(before);
    // The same version is not tried a second time by itself.
    await button('^Hỏi lại');
    await code('update-install-failed');
    expect(existsSync('/opt/van-thu/resources/app.asar')).toBe(true);
  });
});
