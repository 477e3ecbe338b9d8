// A long run of many documents under one PIN in the real window: how long it takes against the chip alone, what memory it
// costs, and that the token was asked once for each file. A sample of it runs with the other process tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, pressToClose } from '../desk/actions';
import { closeDisplay, familyOf, type RunningDesk } from '../desk/launch';
import { openProbe } from './support/probe';
import { snapshotOf } from './support/snapshot';
import { writeWaiting } from './support/waiting';
import { openWorld, pins, type World } from './support/world';

const count = Number(process.env.VAN_THU_COUNT ?? '12');
/** Milliseconds of the chip for one signature. */
const chip = Number(process.env.VAN_THU_CHIP ?? '400');
const patience = { timeout: 600_000 };

let world: World;
let desk: RunningDesk;
let page: Page;
const { driver, env, script, counted } = openProbe('batch-many');

beforeAll(async () => {
  writeFileSync(script, `C_Sign * delay ${chip}\n`);
  world = await openWorld({ name: 'batch-many', driver, env });
  await writeWaiting(world, { count });
  desk = await world.launch();
  page = desk.page;
}, 900_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const signatures = (): number => counted('C_Sign');

/** Resident memory of every process of the desk, MiB. */
function memory(): number {
  let kibibytes = 0;
  for (const pid of familyOf(desk.pid)) {
    try {
      kibibytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch (error) {
      // It ended between the two looks.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return Math.round(kibibytes / 1024);
}

async function dataOf(id: string, name: string): Promise<string> {
  return (await at(page, id).getAttribute(`data-${name}`, patience)) ?? '';
}

async function picture(name: string, of: Page): Promise<void> {
  const folder = process.env.VAN_THU_PICTURES;
  if (folder !== undefined) await of.screenshot({ path: join(folder, `${name}.png`) });
}

it(`signs ${count} documents under one PIN, each file once`, async () => {
  await answerFirstStart(page, 0, count);
  await openFolder(page, 'out-to-number');
  await at(page, testIds.batch.open).click();
  await page.locator(`[role="option"][aria-setsize="${count}"]`).first().waitFor(patience);
  await at(page, testIds.batch.all).click();
  await at(page, testIds.batch.confirm).check();
  await page
    .locator(`[data-testid="${testIds.road.card}"] input:checked`)
    .waitFor({ state: 'attached', ...patience });
  await picture('many-choosing', page);
  await page.evaluate(() => {
    type Progress = { readonly phase: string; readonly done: number };
    const { desk } = window as unknown as {
      desk: { events: { on(name: string, heard: (progress: Progress) => void): void } };
    };
    const times = { first: 0, last: 0 };
    (window as unknown as { times: typeof times }).times = times;
    desk.events.on('batch.progress', ({ phase }) => {
      if (phase !== 'signing') return;
      times.last = performance.now();
      if (times.first === 0) times.first = times.last;
    });
  });
  const before = memory();
  const begun = performance.now();
  const opening = desk.app.waitForEvent('window', patience);
  await at(page, testIds.batch.sign).click();
  const window = await opening;
  await window.locator('#pin').waitFor(patience);
  const prepared = performance.now();
  expect(await window.locator('#documents li').count()).toBe(count);
  const button = await window.locator('#sign').boundingBox();
  const inside = await window.evaluate(() => innerHeight);
  // However long the list is, the field and both buttons stay in sight.
  expect((button?.y ?? inside) + (button?.height ?? 0)).toBeLessThanOrEqual(inside);
  await picture('many-pin', window);
  await window.locator('#pin').fill(pins.agency);
  await pressToClose(window, '#sign');
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 2000);
  await at(page, testIds.batch.results).waitFor({ timeout: 60_000 + count * (chip + 2000) });
  const over = performance.now();
  // From the first file given to the token until the last is written and verified, by main's own words.
  const took = await page.evaluate(() => {
    const { times } = window as unknown as { times: { first: number; last: number } };
    return times.last - times.first;
  });
  clearInterval(watch);
  await picture('many-results', page);
  expect(await dataOf(testIds.batch.results, 'signed')).toBe(String(count));
  expect(signatures()).toBe(count);
  const snapshot = await snapshotOf(page);
  expect(snapshot.outgoing.filter((row) => row.seal !== null)).toHaveLength(count);
  const seconds = (from: number, to: number) => Math.round((to - from) / 100) / 10;
  process.stdout.write(
    `${JSON.stringify({
      documents: count,
      chipMilliseconds: chip,
      preparedSeconds: seconds(begun, prepared),
      signedSeconds: seconds(0, took),
      wholeSeconds: seconds(begun, over),
      shareOfChipRate: Math.round((count * chip * 1000) / took) / 1000,
      signatures: signatures(),
      memoryBefore: before,
      memoryMost: most,
    })}\n`,
  );
}, 3_600_000);
