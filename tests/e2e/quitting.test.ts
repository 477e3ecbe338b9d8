// Leaving with packages unsent, in the real window: the clerk is asked; staying stays, sending sends within its limit, and what
// is left behind is sent at the next start.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { doStep, nextMoment, type Work } from './support/clerk';
import { writeOffered } from './support/offered';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let work: Work;

beforeAll(async () => {
  const seeds = join(process.env.VAN_THU_STATE ?? 'out/state', 'quitting-seeds');
  mkdirSync(seeds, { recursive: true });
  world = await openWorld({ name: 'quitting', seeds, replyAfter: 600 });
  await world.startHub();
  desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  const file = join(world.folder, 'thu.pdf');
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  const offered = await writeOffered(seeds, `${Date.now()}`, 1, world.sandbox.record.systemId);
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  work = { offered, subject: 'Về việc gửi trước khi thoát', file, receiver, pin: pins.agency };
  expect(await world.offer()).toBe(1);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function until(moment: string): Promise<void> {
  const clerk = { desk, page: desk.page, at: () => undefined };
  for (let steps = 0; steps < 30; steps += 1) {
    const next = nextMoment(await snapshotOf(desk.page), work, new Set());
    if (next === moment) return;
    if (next !== null) await doStep(clerk, work, next);
  }
  throw new Error(`the job does not come to ${moment}`);
}

const edocs = async () => (await world.log()).filter((one) => one.messagetype === 'edoc').length;

const gone = () => new Promise<void>((done) => desk.app.process().once('exit', () => done()));

/** What a press on the window's own cross does. */
function close(): Promise<void> {
  return desk.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
}

describe('leaving with a document unsent', () => {
  it('asks, and stays when the clerk says so', async () => {
    await until('send');
    await world.stopHub();
    await doStep({ desk, page: desk.page, at: () => undefined }, work, 'send');
    await expect
      .poll(async () => (await snapshotOf(desk.page)).outbox.some((row) => row.kind === 'edoc'), {
        timeout: 60_000,
      })
      .toBe(true);
    await close();
    await desk.page.getByTestId(testIds.quit.dialog).waitFor({ timeout: 60_000 });
    await desk.page.getByTestId(testIds.quit.stay).click();
    await desk.page.getByTestId(testIds.quit.dialog).waitFor({ state: 'detached', timeout: 60_000 });
    expect((await snapshotOf(desk.page)).outbox.some((row) => row.kind === 'edoc')).toBe(true);
    expect(desk.app.process().exitCode).toBeNull();
  });

  it('sends and quits when the hub is there, and asks nothing when nothing is unsent', async () => {
    await world.startHub();
    const ended = gone();
    await close();
    const send = desk.page.getByTestId(testIds.quit.send);
    // By then it may have gone by itself: the clock of the outbox ticks meanwhile, and then nobody is asked.
    await Promise.race([send.click({ timeout: 60_000 }).catch(() => ended), ended]);
    await ended;
    await world.stopHub();
    await world.startHub();
    expect(await edocs()).toBe(1);
    desk = await world.launch();
    await waitForDesk(desk.page);
    const unsent = async () =>
      (await snapshotOf(desk.page)).outbox.filter(
        (row) => row.kind !== 'ack' && ['ready', 'waiting', 'sending'].includes(row.state),
      ).length;
    await expect.poll(unsent, { timeout: 120_000 }).toBe(0);
    const endedToo = gone();
    await close();
    await endedToo;
    expect(await edocs()).toBe(1);
  });

  it('ends by itself when it is wanted while the desk still opens', async () => {
    desk = await world.launch();
    const ended = gone();
    await desk.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await ended;
    desk = await world.launch();
    await waitForDesk(desk.page);
    expect((await snapshotOf(desk.page)).outgoing).toHaveLength(1);
  });

  it('ends by itself when the window cannot answer, and nothing is lost', async () => {
    const before = await snapshotOf(desk.page);
    desk.page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    const ended = gone();
    await close();
    await ended;
    desk = await world.launch();
    await waitForDesk(desk.page);
    expect((await snapshotOf(desk.page)).outgoing).toEqual(before.outgoing);
  });
});
