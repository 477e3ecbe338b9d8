// The seal where the clerk saw it: proposed from the leader's signature, moved by keys and by numbers, and found again on the
// signed page by its pixels.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, typePin, waitForStep } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { bringToSeal } from './support/at-seal';
import type { Work } from './support/clerk';
import { colouredBox, isRed, type ShownBox } from './support/pixels';
import { snapshotOf } from './support/snapshot';
import { storedFile } from './support/stored';
import { openWorld, pins, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;

beforeAll(async () => {
  world = await openWorld({ name: 'placement' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 17);
  work = await bringToSeal(world, desk, 'Về việc đặt dấu');
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** The dashed box as the clerk sees it, in millimetres of an A4 page from its upper left corner. */
async function shownBox(): Promise<ShownBox> {
  const box = at(page, testIds.sign.placement);
  await box.waitFor({ timeout: 60_000 });
  return box.evaluate((element) => {
    const holder = element.closest('[data-page]');
    if (!(element instanceof HTMLElement) || !(holder instanceof HTMLElement)) throw new Error('no page');
    const mm = 210 / Number.parseFloat(holder.style.width);
    const [left = 0, top = 0, width = 0, height = 0] = (['left', 'top', 'width', 'height'] as const).map(
      (key) => Number.parseFloat(element.style[key]) * mm,
    );
    return { left, top, right: left + width, bottom: top + height };
  });
}

function expectSame(one: ShownBox, other: ShownBox, within: number): void {
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    expect(Math.abs(one[side] - other[side]), `${side}: ${JSON.stringify([one, other])}`).toBeLessThan(
      within,
    );
  }
}

const shifted = (box: ShownBox, right: number, down: number): ShownBox => ({
  left: box.left + right,
  right: box.right + right,
  top: box.top + down,
  bottom: box.bottom + down,
});

describe('the place of the seal', () => {
  let proposed: ShownBox;

  it('is proposed in real size over the left third of the signature that shows', async () => {
    proposed = await shownBox();
    expect(proposed.right - proposed.left).toBeCloseTo(36, 1);
    const isBlue = (red: number, green: number, blue: number): boolean =>
      blue > 120 && red < 110 && green < 120;
    const ink = colouredBox(work.file, 1, isBlue);
    expect(ink).not.toBeNull();
    // The picture has some air around its ink: the seal reaches over its left part and not its right.
    expect(proposed.right).toBeGreaterThan((ink?.left ?? 0) + 1);
    expect(proposed.right).toBeLessThan(((ink?.left ?? 0) + (ink?.right ?? 0)) / 2);
    expect(proposed.left).toBeLessThan(ink?.left ?? 0);
  });

  it('moves by 1 mm with an arrow, by 10 mm with Shift, and by numbers', async () => {
    const box = at(page, testIds.sign.placement);
    await box.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(async () => (await shownBox()).top, { timeout: 30_000 }).toBeLessThan(proposed.top - 9);
    expectSame(await shownBox(), shifted(proposed, -2, -10), 0.1);
    await at(page, testIds.sign.left).fill('70,5');
    await expect.poll(async () => (await shownBox()).left, { timeout: 30_000 }).toBeCloseTo(70.5, 1);
    expectSame(await shownBox(), { ...shifted(proposed, 0, -10), left: 70.5, right: 106.5 }, 0.1);
  });

  it('is where the seal stands on the signed page, within half a millimetre', async () => {
    const shown = await shownBox();
    await typePin(desk.app, () => at(page, testIds.road.seal).click(), pins.agency);
    await waitForStep(page, 'seal', 'done');
    const sealed = (await snapshotOf(page)).outgoing.find((one) => one.seal !== null);
    const path = await storedFile(desk, world.folder, sealed?.seal?.sha256, 'da-dong-dau.pdf');
    const ink = colouredBox(path, 1, isRed);
    expect(ink).not.toBeNull();
    if (ink !== null) expectSame(ink, shown, 0.5);
  });
});
