// The deb as a clerk gets it: installed by root, started by an ordinary account, worked from outside (no debugging port helps
// here, since a packed application has none), updated with its data, and removed without them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { openWorld, pins, type World } from '../e2e/support/world';
import {
  acceptDocument,
  answerFirstStart,
  askAgain,
  button,
  code,
  download,
  openUpdates,
  press,
  restart,
  sealDocument,
  sees,
  seesCode,
} from './support/desk-words';
import { type Feed, openFeed, setPolicy } from './support/feed';
import {
  install,
  installedVersion,
  packageOf,
  program,
  remove,
  runHelper,
  sha512Of,
  withFullStore,
} from './support/packages';
import { listeningPorts, processesOf } from './support/processes';
import { ended, openSession, type Session } from './support/session';

let world: World;
let feed: Feed;
let session: Session;

beforeAll(async () => {
  install('first');
  world = await openWorld({ name: 'delivery-install', seeds: 'samples' });
  await world.startHub();
  feed = await openFeed();
  setPolicy(feed.server.url);
  session = await openSession('install', stateFolder('home-install'), world.profile);
});

afterAll(async () => {
  await session?.close();
  await feed?.server.close();
  await world?.close();
});

const alive = () => processesOf(program);
const main = () => alive().find((one) => !one.commandLine.includes('--type='));
const start = (more: Readonly<Record<string, string>> = {}, words: readonly string[] = []) =>
  session.start([program, `--profile=${world.profile}`, '--force-renderer-accessibility', ...words], {
    ...world.env,
    ...more,
  });

describe('an installed package', () => {
  it('is registered with the system and lies where the user cannot write', () => {
    expect(installedVersion()).toBe('9.0.0');
    const below = readdirSync('/opt/van-thu', { recursive: true, encoding: 'utf8' });
    expect(below.length).toBeGreaterThan(20);
    for (const path of ['/opt/van-thu', ...below.map((one) => join('/opt/van-thu', one))]) {
      expect([path, statSync(path).uid]).toEqual([path, 0]);
      expect(() => accessSync(path, constants.W_OK)).toThrow();
    }
  });

  it('refuses to start with a debugger, or without its sandbox', async () => {
    for (const refused of ['--remote-debugging-port=0', '--remote-debugging-pipe', '--no-sandbox']) {
      expect([refused, await ended(start({}, [refused]))]).toEqual([refused, 3]);
    }
  });

  it('starts for an ordinary account with every page in its sandbox and no port open', async () => {
    // The fuses make all of this nothing: neither Node nor its inspector answers.
    const ran = join(stateFolder('home-install'), 'ran-as-node');
    start({ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' }, [
      '-e',
      `require('fs').writeFileSync('${ran}', '')`,
    ]);
    await session.must({ do: 'find', role: 'entry', name: 'Số đến cuối', wait: 300 });
    expect(existsSync(ran)).toBe(false);
    const all = alive();
    expect(new Set(all.map((one) => one.user))).toEqual(new Set([process.getuid?.()]));
    const pages = all.filter((one) => one.commandLine.includes('--type=renderer'));
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) {
      expect(page).toMatchObject({ seccomp: 2, noNewPrivileges: true });
      expect(page.depth).toBeGreaterThan(1);
    }
    expect(all.some((one) => /--no-sandbox|--remote-debugging|--inspect/.test(one.commandLine))).toBe(false);
    expect(all.flatMap((one) => listeningPorts(one.pid))).toEqual([]);
  });

  it('receives and registers a document, then issues one under the agency’s seal and sends it', async () => {
    await answerFirstStart(session);
    await acceptDocument(session);
    const file = join(stateFolder('home-install'), 'thu.pdf');
    copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
    await sealDocument(session, file, pins.agency);
    await press(session, '^Gửi văn bản', { shows: { role: 'heading', name: '^Gửi .đã xong' } });
    const sent = async () => (await world.log()).filter((one) => one.messagetype === 'edoc');
    await expect
      .poll(async () => (await sent()).map((one) => one.to), { timeout: 300_000 })
      .toEqual([['H26']]);
    await press(session, '^Đóng', { hides: button('^Đóng') });
  });

  it('opens no inspector when it is asked to by a signal', async () => {
    const pid = main()?.pid ?? 0;
    process.kill(pid, 'SIGUSR1');
    // The fuse leaves the signal its first meaning: the process ends. Whoever may send it could end it anyway.
    await expect.poll(() => alive().length, { timeout: 60_000 }).toBe(0);
  });
});

let serial = 20;

/** Publishes a deb and looks for it. */
async function offer(deb: string, version: string): Promise<void> {
  serial += 1;
  feed.offer({ packages: [deb], version, serial });
  await askAgain(session, feed);
  await download(session, button('^Khởi động lại để cập nhật'));
}

function oldWorksOn(version: string, pid: number | undefined): void {
  expect(installedVersion()).toBe(version);
  expect(main()?.pid).toBe(pid);
}

describe('an update of the installed package', () => {
  let pid: number | undefined;

  it('refuses a file that was swapped before the restart', async () => {
    const before = feed.questions();
    start();
    await sees(session, '^Chờ trình 1');
    await feed.firstQuestion(before);
    pid = main()?.pid;
    await openUpdates(session, '9.0.0');
    await offer(packageOf('next', 'deb'), '9.0.1');
    const pending = join(stateFolder('home-install'), '.cache/van-thu-updater/pending');
    writeFileSync(join(pending, basename(packageOf('next', 'deb'))), 'something else');
    await restart(session, code('update-payload-changed'));
    oldWorksOn('9.0.0', pid);
  });

  it('stays when there is no room for root’s own copy', async () => {
    await offer(packageOf('next', 'deb'), '9.0.1');
    const giveRoom = withFullStore();
    try {
      await restart(session, code('update-disk-full'));
    } finally {
      giveRoom();
    }
    oldWorksOn('9.0.0', pid);
  });

  it('becomes the next version through the helper of root, with the same data', async () => {
    await offer(packageOf('next', 'deb'), '9.0.1');
    const before = feed.questions();
    await restart(session, button('^Đã cập nhật lên 9\\.0\\.1'));
    await sees(session, '^Chờ trình 1');
    expect(installedVersion()).toBe('9.0.1');
    await feed.firstQuestion(before);
  });

  it('stays when dpkg fails on the one after, works on, and does not try it again', async () => {
    const broken = join(stateFolder('home-install'), 'van-thu-9.0.2-ci-amd64.deb');
    const tree = join(stateFolder('home-install'), 'broken');
    mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
    const control =
      'Package: van-thu\nVersion: 9.0.2\nArchitecture: amd64\nMaintainer: a <a@example.invalid>\n';
    writeFileSync(join(tree, 'DEBIAN/control'), `${control}Description: broken\n`);
    writeFileSync(join(tree, 'DEBIAN/preinst'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(spawnSync('dpkg-deb', ['--build', tree, broken]).status).toBe(0);
    pid = main()?.pid;
    await openUpdates(session, '9.0.1');
    await offer(broken, '9.0.2');
    await restart(session, code('update-install-failed'));
    oldWorksOn('9.0.1', pid);
    await askAgain(session, feed);
    await sees(session, '^Hỏi lại');
    await seesCode(session, 'update-install-failed');
    oldWorksOn('9.0.1', pid);
  });
});

describe('the helper of root', () => {
  const deb = packageOf('next', 'deb');

  it('takes no device, no link, no other bytes and no other version than were named', async () => {
    const link = join(stateFolder('home-install'), 'link.deb');
    rmSync(link, { force: true });
    symlinkSync(deb, link);
    const hash = sha512Of(deb);
    expect(await runHelper('/dev/zero', hash, '9.0.1')).toBe(21);
    expect(await runHelper(link, hash, '9.0.1')).toBe(21);
    expect(await runHelper(packageOf('first', 'deb'), hash, '9.0.1')).toBe(21);
    expect(await runHelper(deb, hash, '9.0.2')).toBe(22);
    expect(await runHelper(deb, hash, '$(id)')).toBe(22);
    expect(installedVersion()).toBe('9.0.1');
  });

  it('installs one at a time what two sessions ask for at once', async () => {
    await session.endPrograms();
    install('first');
    const both = [runHelper(deb, sha512Of(deb), '9.0.1'), runHelper(deb, sha512Of(deb), '9.0.1')];
    expect(await Promise.all(both)).toEqual([0, 0]);
    expect(installedVersion()).toBe('9.0.1');
  });
});

/** Every stored byte: records, files, vault and journal. What Chromium keeps for itself is left out. */
function stored(): Record<string, string> {
  const names = readdirSync(world.profile, { recursive: true, encoding: 'utf8' })
    .filter((one) => !one.startsWith('session/') || one.startsWith('session/IndexedDB/'))
    .filter((one) => !/^(Singleton|Crashpad|log)/.test(one))
    .map((one) => join(world.profile, one))
    .filter((one) => lstatSync(one).isFile());
  return Object.fromEntries(
    names.map((one) => [one, createHash('sha256').update(readFileSync(one)).digest('hex')]),
  );
}

describe('data', () => {
  it('of the next version are refused by the one before in clear words, and nothing of them is touched', async () => {
    await session.endPrograms();
    install('first');
    const before = stored();
    expect(Object.keys(before).length).toBeGreaterThan(10);
    const child = start();
    // GTK names the window of a message itself.
    await session.must({ do: 'window', name: '^Error$', wait: 300 });
    await session.must({ do: 'key', keys: 'Return' });
    expect(await ended(child)).toBe(1);
    expect(session.said()).toContain('Dữ liệu trên máy do phiên bản mới hơn của ứng dụng tạo ra');
    expect(stored()).toEqual(before);
    install('next');
    start();
    await sees(session, '^Chờ trình 1');
    await session.endPrograms();
  });

  it('stay when the package is removed and when it is purged, and go for the account that is named', () => {
    const own = join(homedir(), '.config/Văn Thư');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'document'), 'x');
    const before = stored();
    remove('remove');
    expect([installedVersion(), existsSync('/opt/van-thu'), existsSync('/usr/bin/van-thu')]).toEqual([
      '',
      false,
      false,
    ]);
    expect(existsSync(own)).toBe(true);
    install('next');
    remove('purge');
    expect([existsSync(own), stored()]).toEqual([true, before]);
    install('next');
    remove('purge', userInfo().username);
    expect([existsSync(own), stored()]).toEqual([false, before]);
  });
});
