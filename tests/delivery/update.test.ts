// Version 9.0.0 as an AppImage of an ordinary account, from a server that lies in every way: what is not genuine ends in its
// code with the old version working on, what is genuine becomes 9.0.1 with the same data.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { openWorld, type World } from '../e2e/support/world';
import {
  acceptDocument,
  answerFirstStart,
  askAgain,
  button,
  code,
  download,
  openUpdates,
  restart,
  sees,
  seesCode,
} from './support/desk-words';
import { type Feed, type Offer, openFeed, setPolicy } from './support/feed';
import { packageOf } from './support/packages';
import { startedOn } from './support/processes';
import { openSession, type Session } from './support/session';
import { leaveFree, makeRoom, smallDisk } from './support/small-disk';

let world: World;
let feed: Feed;
let session: Session;
let image: string;
let cache: string;

beforeAll(async () => {
  world = await openWorld({ name: 'delivery-update', seeds: 'samples' });
  await world.startHub();
  feed = await openFeed();
  setPolicy(feed.server.url);
  for (const name of readdirSync(smallDisk)) rmSync(join(smallDisk, name), { recursive: true });
  mkdirSync(join(smallDisk, 'apps'));
  image = join(smallDisk, 'apps', 'Van-Thu.AppImage');
  cache = join(smallDisk, 'cache');
  session = await openSession('update', stateFolder('home-update'), world.profile);
});

afterAll(async () => {
  await session?.close();
  await feed?.server.close();
  await world?.close();
  for (const name of readdirSync(smallDisk)) rmSync(join(smallDisk, name), { recursive: true });
});

const first = packageOf('first', 'AppImage');
const next = packageOf('next', 'AppImage');
let serial = 10;

/** Publishes 9.0.1 anew, with what is wrong with it. */
function offer(wrong: Partial<Offer> = {}): void {
  serial += 1;
  feed.offer({ packages: [next], version: '9.0.1', serial, ...wrong });
}

/** The bytes of the installed file are the old ones, and the very process that was started is the one that runs. */
let begun: number[] = [];
function oldWorksOn(): void {
  expect(readFileSync(image).equals(readFileSync(first))).toBe(true);
  expect(startedOn(world.profile)).toEqual(begun);
}

function pendingFile(): string {
  const pending = join(cache, 'van-thu-updater/pending');
  const name = readdirSync(pending).find((one) => one.endsWith('.AppImage'));
  if (name === undefined) throw new Error(`nothing in ${pending}`);
  return join(pending, name);
}

const flip = (bytes: Buffer): Buffer => {
  const other = Buffer.from(bytes);
  const middle = Math.floor(other.length / 2);
  other[middle] = (other[middle] ?? 0) ^ 1;
  return other;
};

describe('an AppImage of an ordinary account', () => {
  it('starts with data of its own', async () => {
    copyFileSync(first, image);
    chmodSync(image, 0o755);
    const env = { ...world.env, XDG_CACHE_HOME: cache };
    const child = session.start([image, `--profile=${world.profile}`, '--force-renderer-accessibility'], env);
    await answerFirstStart(session);
    await acceptDocument(session);
    await feed.firstQuestion(0);
    begun = startedOn(world.profile);
    expect(begun).toContain(child.pid);
  });

  // No two with the same code stand one after the other: each answer is that of its own question.
  it.each<[string, string, () => void]>([
    [
      'whoever owns the server swaps everything',
      'update-signature-invalid',
      () => offer({ signedBy: 'stranger' }),
    ],
    ['there is no signature', 'update-signature-missing', () => offer({ signedBy: 'nobody' })],
    [
      'the description was changed',
      'update-signature-invalid',
      () => offer({ rewrite: (text) => text.replace('9.0.1', '9.0.2') }),
    ],
    ['the description is out of date', 'update-expired', () => offer({ days: -1 })],
    [
      'the signature is that of an older description',
      'update-signature-invalid',
      () => offer({ oldSignature: true }),
    ],
  ])('refuses when %s', async (_what, refusal, publish) => {
    publish();
    if (serial === 11) await openUpdates(session, '9.0.0');
    await askAgain(session, feed);
    await seesCode(session, refusal);
    oldWorksOn();
  });

  it('refuses a changed package', async () => {
    offer({ change: flip });
    await askAgain(session, feed);
    await download(session, code('update-payload-changed'));
    oldWorksOn();
  });

  it('says that a download was cut, and that a disk is full', async () => {
    offer();
    feed.server.lie = 'cut';
    await download(session, code('update-download-cut'));
    oldWorksOn();
    feed.server.lie = 'no-ranges';
    leaveFree(30);
    await download(session, code('update-disk-full'));
    oldWorksOn();
    makeRoom();
  });

  it('takes the whole file from a server that lies about ranges, and refuses one that was swapped before the restart', async () => {
    feed.server.lie = 'wrong-ranges';
    await download(session, button('^Khởi động lại để cập nhật'));
    feed.server.lie = 'none';
    writeFileSync(pendingFile(), 'something else');
    await restart(session, code('update-payload-changed'));
    oldWorksOn();
  });

  it('stays whole when the disk is full at the moment it would be replaced', async () => {
    await askAgain(session, feed);
    await download(session, button('^Khởi động lại để cập nhật'));
    leaveFree(30);
    await restart(session, code('update-disk-full'));
    oldWorksOn();
    makeRoom();
    expect(readdirSync(join(smallDisk, 'apps'))).toEqual(['Van-Thu.AppImage']);
  });

  it('becomes the next version, signed by the key that follows, with its data there, and keeps the one before', async () => {
    offer({ signedBy: 'next' });
    await askAgain(session, feed);
    await download(session, button('^Khởi động lại để cập nhật'));
    const before = feed.questions();
    await restart(session, button('^Đã cập nhật lên 9\\.0\\.1'));
    await sees(session, '^Chờ trình 1');
    await feed.firstQuestion(before);
    expect(readFileSync(image).equals(readFileSync(next))).toBe(true);
    expect(readFileSync(`${image}.previous`).equals(readFileSync(first))).toBe(true);
  });

  it('refuses an older publication that is shown again', async () => {
    feed.offer({ packages: [first], version: '9.0.0', serial: 9 });
    await openUpdates(session, '9.0.1');
    await askAgain(session, feed);
    await seesCode(session, 'update-replayed');
    expect(readFileSync(image).equals(readFileSync(next))).toBe(true);
  });
});
