// Many documents under one PIN in the real window, on a software token behind the probe: what must be seen first, what is left
// out, pause, stop, a device that goes, a kill in the middle; at the end each file has one signature and no act has two.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskId } from '../../preload/contract/ids';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, pressToClose } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { openProbe } from './support/probe';
import { closedBook, snapshotOf } from './support/snapshot';
import { writeWaiting } from './support/waiting';
import { openWorld, pins, type World } from './support/world';

const count = 30;
const withAnnex = 2;
const unsigned = 2;
const patience = { timeout: 120_000 };

let world: World;
let desk: RunningDesk;
let page: Page;
let ids: DeskId[];
const { driver, env, script, counted } = openProbe('batch');
const slow = 'C_Sign * delay 200\n';

beforeAll(async () => {
  writeFileSync(script, slow);
  world = await openWorld({ name: 'batch', driver, env });
  ids = await writeWaiting(world, { count, withAnnex, unsigned });
  await open();
}, 300_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function open(): Promise<void> {
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, count);
  await openFolder(page, 'out-to-number');
  await at(page, testIds.batch.open).click();
  await at(page, testIds.batch.row).first().waitFor(patience);
}

async function picture(name: string, of: Page = page): Promise<void> {
  const folder = process.env.VAN_THU_PICTURES;
  if (folder !== undefined) await of.screenshot({ path: join(folder, `${name}.png`) });
}

async function dataOf(id: string, name: string): Promise<string> {
  return (await at(page, id).getAttribute(`data-${name}`, patience)) ?? '';
}

/** Presses an act that asks for the PIN and enters it; gives what the PIN window listed. */
async function signWith(act: string, name?: string): Promise<string[]> {
  const opening = desk.app.waitForEvent('window', patience);
  await at(page, act).click();
  const window = await opening;
  await window.locator('#pin').waitFor(patience);
  const lines = await window.locator('#documents li').allTextContents();
  if (name !== undefined) await picture(name, window);
  await window.locator('#pin').fill(pins.agency);
  await pressToClose(window, '#sign');
  return lines;
}

/** Waits until so many documents of the run are signed. */
async function untilDone(least: number): Promise<void> {
  await page.waitForFunction(
    ([id, wanted]) =>
      Number(document.querySelector(`[data-testid="${id}"]`)?.getAttribute('data-done') ?? 0) >= wanted,
    [testIds.batch.run, least] as const,
    patience,
  );
}

async function untilPhase(phase: string): Promise<void> {
  await page.locator(`[data-testid="${testIds.batch.run}"][data-phase="${phase}"]`).waitFor(patience);
}

async function results(): Promise<{ signed: number; refused: number; again: number }> {
  await at(page, testIds.batch.results).waitFor(patience);
  const number = async (name: string) => Number(await dataOf(testIds.batch.results, name));
  return {
    signed: await number('signed'),
    refused: await number('refused'),
    again: await number('again'),
  };
}

async function sealed(): Promise<number> {
  return (await snapshotOf(page)).outgoing.filter((row) => row.seal !== null).length;
}

async function chooseAll(): Promise<void> {
  await at(page, testIds.batch.all).click();
  const confirm = at(page, testIds.batch.confirm);
  if ((await confirm.count()) > 0) await confirm.check();
}

describe('choosing', () => {
  it('shows each line with the picture of its first page, and only what is in sight is drawn', async () => {
    await page
      .locator(`[data-testid="${testIds.batch.row}"] .batch-picture[data-drawn="true"]`)
      .first()
      .waitFor(patience);
    expect(await at(page, testIds.batch.row).count()).toBeLessThan(count);
    expect(await page.locator('[role="option"]').first().getAttribute('aria-setsize')).toBe(String(count));
  });

  it('goes by keys: Space, Shift and arrows, Ctrl+A', async () => {
    await at(page, testIds.batch.row).first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.waitForFunction(
      (id) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute('data-count') === '3',
      testIds.batch.unseen,
      patience,
    );
    await page.keyboard.press('Control+a');
    await page.waitForFunction(
      ([id, all]) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute('data-count') === all,
      [testIds.batch.unseen, String(count)] as const,
      patience,
    );
  });

  it('counts what was not opened and signs it only after that was confirmed', async () => {
    await at(page, testIds.batch.row).first().locator('.batch-words').click();
    await page
      .locator(`[data-testid="${testIds.batch.row}"][data-document="${ids[0]}"][data-seen="true"]`)
      .waitFor();
    expect(await dataOf(testIds.batch.unseen, 'count')).toBe(String(count - 1));
    await at(page, testIds.viewer.root).waitFor(patience);
    await page
      .locator(`[data-testid="${testIds.road.card}"] input:checked`)
      .waitFor({ state: 'attached', ...patience });
    expect(await at(page, testIds.batch.sign).getAttribute('aria-disabled')).toBe('true');
    await page.locator('.viewer canvas').first().waitFor(patience);
    await picture('choosing');
    await at(page, testIds.batch.confirm).check();
    expect(await at(page, testIds.batch.sign).getAttribute('aria-disabled')).toBeNull();
  });
});

describe('a run', () => {
  it('leaves out what law forbids, and the PIN window names every file that it signs', async () => {
    const lines = await signWith(testIds.batch.sign, 'pin');
    expect(lines).toHaveLength(count - unsigned + withAnnex);
    expect(lines[0]).toContain('01/UBND-VX');
    expect(lines[1]).toContain('phu-luc.pdf');
    expect(counted('C_Login')).toBe(1);
  });

  it('pauses between two signatures and goes on under the same login', async () => {
    await untilDone(3);
    await picture('signing');
    await at(page, testIds.batch.pause).click();
    await untilPhase('paused');
    const before = counted('C_Sign');
    await picture('paused');
    // What was with the token is finished; nothing more is begun, however long the token would have taken for ten more.
    await page.waitForTimeout(2000);
    expect(counted('C_Sign')).toBe(before);
    await at(page, testIds.batch.resume).click();
    await untilDone(6);
    expect(counted('C_Login')).toBe(1);
  });

  it('stops when told to: what is signed stays, the rest is as it was', async () => {
    await at(page, testIds.batch.stop).click();
    const { signed, refused, again } = await results();
    await picture('stopped');
    expect(refused).toBe(unsigned);
    expect(signed).toBeGreaterThanOrEqual(6);
    expect(signed + refused + again).toBe(count);
    expect(await sealed()).toBe(signed);
  });

  it('keeps what was signed when the device goes, and says why the rest is not', async () => {
    const before = await sealed();
    await signWith(testIds.batch.again);
    await untilDone(3);
    writeFileSync(script, 'C_Sign * return 0x32\n');
    const { signed, again } = await results();
    await picture('removed');
    writeFileSync(script, slow);
    expect(signed).toBeGreaterThanOrEqual(3);
    expect(again).toBeGreaterThan(0);
    expect(await sealed()).toBe(before + signed);
    expect(await at(page, testIds.batch.results).textContent()).toContain('Thiết bị ký số đã bị rút ra');
    expect(counted('C_Login')).toBe(2);
  });

  it('killed in the middle, it recognises at the next start what was signed', async () => {
    await signWith(testIds.batch.again);
    await untilDone(3);
    await desk.kill();
    await open();
    const left = Number(await page.locator('[role="option"]').first().getAttribute('aria-setsize'));
    await page.waitForFunction(
      (all) => Number(document.querySelector('[role="option"]')?.getAttribute('aria-setsize') ?? 0) <= all,
      left,
      patience,
    );
    await chooseAll();
    await signWith(testIds.batch.sign);
    expect(await results()).toMatchObject({ refused: unsigned, again: 0 });
    await picture('results');
    expect(await sealed()).toBe(count - unsigned);
  });

  it('has given each file one signature and no act two', async () => {
    const snapshot = await snapshotOf(page);
    const annexes = snapshot.outgoing.flatMap((row) => row.annexes);
    expect(annexes).toHaveLength(withAnnex);
    for (const file of annexes) expect(file.verdict?.signatures).toHaveLength(1);
    for (const row of snapshot.outgoing.filter((one) => one.seal !== null)) {
      expect(row.main?.verdict?.signatures).toHaveLength(2);
    }
    await desk.quit();
    const { tickets } = await closedBook(world.profile, world.sandbox.record.passphrase);
    const outputs = tickets.filter((ticket) => ticket.output !== null);
    const files = count - unsigned + withAnnex;
    expect(new Set(outputs.map((ticket) => ticket.act)).size).toBe(files);
    expect(outputs).toHaveLength(files);
    // More calls than files only for the one that the pulled device refused and the one that the kill cut off.
    expect(counted('C_Sign')).toBeLessThanOrEqual(files + 2);
  });
});
