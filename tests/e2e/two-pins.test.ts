// Devices whose key wants a PIN for each signature: the second stage of the PIN window with a PIN of its own, and readers with
// keys of their own. Under axe, with one login for what a person typed.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, pressToClose } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { bringToSeal } from './support/at-seal';
import { axeFaults } from './support/axe';
import { nextMoment, type Work } from './support/clerk';
import { openProbe } from './support/probe';
import { failureShown, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 120_000 };
const own = '4711';

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;
const { driver, env, script, counted } = openProbe('two-pins');

beforeAll(async () => {
  world = await openWorld({ name: 'two-pins', driver, env });
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  work = await bringToSeal(world, desk, 'Về việc hai mã PIN');
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function openPin(): Promise<Page> {
  await at(page, testIds.road.card).first().waitFor(patience);
  await page.locator(`[data-testid="${testIds.road.seal}"]:not([aria-disabled="true"])`).waitFor(patience);
  const opening = desk.app.waitForEvent('window', patience);
  await at(page, testIds.road.seal).click();
  const window = await opening;
  await window.locator('#sign').waitFor(patience);
  return window;
}

async function expectClean(window: Page): Promise<void> {
  expect(await axeFaults(window)).toEqual([]);
}

/** Types the device's PIN and waits for the second stage. */
async function toSecondStage(): Promise<Page> {
  const window = await openPin();
  // What a mistake costs is said before anything is typed.
  expect(await wordsOf(window.locator('#tries'))).toContain('khóa');
  await window.locator('#pin').fill(pins.agency);
  await window.locator('#sign').click();
  await window.locator('#same-row').waitFor(patience);
  return window;
}

describe('a key that wants a PIN for each signature', () => {
  it('is asked for in a second stage without a fault under axe, and a wrong one is told as the key’s, with no login again', async () => {
    writeFileSync(script, `C_SignInit * always ${own}\n`);
    const window = await toSecondStage();
    expect(await wordsOf(window.locator('#title'))).toBe('Nhập mã PIN ký số của khóa');
    expect(await window.locator('#pin').inputValue()).toBe('');
    await expectClean(window);
    await window.locator('#pin').fill('4712');
    await pressToClose(window, '#sign');
    expect(await failureShown(page)).toBe('token-signature-pin-wrong');
    expect([counted('C_Login'), counted('C_Login:context')]).toEqual([1, 1]);
    await at(page, testIds.failure).first().getByRole('button').click();
  });

  it('on a reader with keys of its own nothing is typed on screen, and the words say where', async () => {
    writeFileSync(script, 'C_GetTokenInfo * flags 0x100\n');
    const window = await openPin();
    expect(await wordsOf(window.locator('#title'))).toContain('trên đầu đọc');
    expect(await window.locator('#pin').isVisible()).toBe(false);
    await expectClean(window);
    await pressToClose(window, '#refuse');
    expect(counted('C_Login')).toBe(1);
    writeFileSync(script, '');
  });

  it('signs with the two PINs, each sent once', async () => {
    writeFileSync(script, `C_SignInit * always ${own}\n`);
    const window = await toSecondStage();
    await window.locator('#pin').fill(own);
    await pressToClose(window, '#sign');
    const next = async () => nextMoment(await snapshotOf(page), work, new Set());
    await expect.poll(next, patience).toBe('send');
    expect([counted('C_Login'), counted('C_Login:context')]).toEqual([2, 2]);
  });
});
