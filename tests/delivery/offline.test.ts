// Version 9.0.0 on a machine without a network: its update lies in a folder, as it was carried there. What is not genuine is
// refused there as well; an open draft holds the restart up until the clerk has closed it.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateFolder } from '../desk/launch';
import { openWorld, type World } from '../e2e/support/world';
import {
  acceptDocument,
  answerFirstStart,
  button,
  code,
  download,
  press,
  restart,
  sees,
  seesCode,
} from './support/desk-words';
import { type Feed, openFeed, setOfflinePolicy } from './support/feed';
import { packageOf } from './support/packages';
import { startedOn } from './support/processes';
import { openSession, type Session } from './support/session';

const carried = stateFolder('carried');
const place = stateFolder('apps-offline');
const image = join(place, 'Van-Thu.AppImage');
const first = packageOf('first', 'AppImage');
const next = packageOf('next', 'AppImage');
const heading = { role: 'heading', name: '^Cập nhật ứng dụng$' };
const ready = '^Phiên bản 9\\.0\\.1 chờ khởi động lại';
let world: World;
let feed: Feed;
let session: Session;

beforeAll(async () => {
  for (const folder of [carried, place]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  world = await openWorld({ name: 'delivery-offline', seeds: 'samples' });
  await world.startHub();
  feed = await openFeed();
  setOfflinePolicy(carried);
  session = await openSession('offline', stateFolder('home-offline'), world.profile);
});

afterAll(async () => {
  await session?.close();
  await feed?.server.close();
  await world?.close();
  for (const folder of [carried, place]) rmSync(folder, { recursive: true, force: true });
});

/** What the server would have, as files in the folder. */
function carry(): void {
  for (const [name, bytes] of feed.server.files) writeFileSync(join(carried, name), bytes);
}

describe('an update that is carried in a folder', () => {
  it('is refused when a stranger signed it, and the old version works on', async () => {
    feed.offer({ packages: [next], version: '9.0.1', serial: 20, signedBy: 'stranger' });
    carry();
    copyFileSync(first, image);
    chmodSync(image, 0o755);
    const env = { ...world.env, XDG_CACHE_HOME: stateFolder('cache-offline') };
    session.start([image, `--profile=${world.profile}`, '--force-renderer-accessibility'], env);
    await answerFirstStart(session);
    await acceptDocument(session);
    // It looks into the folder by itself a while after its start.
    await sees(session, '^Cập nhật: cần xem');
    await press(session, '^Cập nhật: cần xem', { shows: heading });
    await seesCode(session, 'update-signature-invalid');
    expect(readFileSync(image).equals(readFileSync(first))).toBe(true);
  });

  it('is taken when it is genuine, and waits while a draft is open', async () => {
    feed.offer({ packages: [next], version: '9.0.1', serial: 21 });
    carry();
    await press(session, '^Hỏi lại', { shows: button('^Tải phiên bản mới') });
    await download(session, button('^Khởi động lại để cập nhật'));
    await press(session, '^Để sau', { hides: heading });
    await press(session, '^Phát hành văn bản', { shows: button('^Chọn tệp') });
    const running = startedOn(world.profile);
    await press(session, ready, { shows: heading });
    await restart(session, code('^Dự thảo đang mở chưa lưu'));
    expect(startedOn(world.profile)).toEqual(running);
    expect(readFileSync(image).equals(readFileSync(first))).toBe(true);
    // The dialog's own first, then that of the draft.
    await press(session, '^Để sau', { hides: heading });
    await press(session, '^Để sau', { hides: button('^Chọn tệp') });
  });

  it('becomes the next version with its data there', async () => {
    await press(session, ready, { shows: heading });
    await restart(session, button('^Đã cập nhật lên 9\\.0\\.1'));
    await sees(session, '^Chờ trình 1');
    expect(readFileSync(image).equals(readFileSync(next))).toBe(true);
    expect(feed.questions()).toBe(0);
  });
});
