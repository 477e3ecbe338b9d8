// A pen in the real window: its pressure, the palm beside it, and its other end that erases.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskId } from '../../preload/contract/ids';
import { answerFirstStart } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import {
  count,
  eraserAcross,
  firstPage,
  firstReadable,
  marksOf,
  newest,
  openArrived,
  openMarks,
  pages,
  penWithPalm,
  placeOf,
  rest,
  saved,
  take,
} from './support/marks';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };

let world: World;
let desk: RunningDesk;
let page: Page;
let document: DeskId;

const openDocument = (): Promise<void> => openArrived(page, document);

beforeAll(async () => {
  world = await openWorld({ name: 'marks-pen', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  const row = await firstReadable(page);
  const [main] = row.attachments;
  if (main === undefined) throw new Error('no PDF came in');
  document = row.id;
  await openDocument();
  await openMarks(page);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

describe('a pen', () => {
  it('presses, and the palm beside it is ignored', async () => {
    await openDocument();
    await take(page, 'ink');
    const before = await count(page, 'ink');
    const from = await placeOf(page, 0.3, 0.4);
    await penWithPalm(page, from);
    await expect.poll(() => count(page, 'ink'), patience).toBe(before + 1);
    await saved(page);
    expect(await count(page, 'ink')).toBe(before + 1);
    const pressures = (await newest(page, 'ink')).strokes[0]?.filter((_, index) => index % 3 === 2) ?? [];
    expect(Math.min(...pressures)).toBeCloseTo(0.2);
    expect(Math.max(...pressures)).toBeCloseTo(0.9);
    expect(Number(await firstPage(page).getAttribute('data-ink-drawn'))).toBeGreaterThan(0);
    await page.locator('.mark-canvas').waitFor({ state: 'detached', ...patience });
  });

  it('erases with its other end, and what it erased is taken back in one step', async () => {
    await rest(page);
    await take(page, 'ink');
    // Strokes written one soon after the other are one mark.
    const strokes = async (): Promise<number> =>
      (await marksOf(page)).reduce((sum, mark) => sum + (mark.kind === 'ink' ? mark.strokes.length : 0), 0);
    const others = await strokes();
    const from = await placeOf(page, 0.35, 0.75);
    await penWithPalm(page, from);
    await expect.poll(strokes, patience).toBe(others + 1);
    await rest(page);
    await eraserAcross(page, from);
    await expect.poll(strokes, patience).toBe(others);
    await pages(page).focus();
    await page.keyboard.press('Control+Z');
    await expect.poll(strokes, patience).toBe(others + 1);
    await saved(page);
  });
});
