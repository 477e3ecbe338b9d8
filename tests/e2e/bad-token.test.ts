// A token that is pulled out between PIN and C_Sign, that is locked, a PIN that is wrong: a code and a sentence, the document
// as it was, and never a second login by itself. And the PIN window: hidden from capture (S26), nothing kept.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, pressToClose } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { bringToSeal } from './support/at-seal';
import { nextMoment, type Work } from './support/clerk';
import { inPage } from './support/in-page';
import { openProbe } from './support/probe';
import { strike, withLoaded } from './support/processes';
import { failureShown, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;
const { driver, env, script, counted } = openProbe('bad-token');

beforeAll(async () => {
  world = await openWorld({ name: 'bad-token', driver, env });
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  await desk.app.evaluate(({ BrowserWindow }) => {
    const seen: boolean[] = [];
    const original = BrowserWindow.prototype.setContentProtection;
    BrowserWindow.prototype.setContentProtection = function protect(enable: boolean): void {
      seen.push(enable);
      original.call(this, enable);
    };
    (globalThis as unknown as { protections: boolean[] }).protections = seen;
  });
  work = await bringToSeal(world, desk, 'Về việc thử thiết bị ký số');
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** Opens the PIN window by the seal's button. */
async function openPin(): Promise<Page> {
  await at(page, testIds.road.card).first().waitFor({ timeout: 30_000 });
  const opening = desk.app.waitForEvent('window', { timeout: 30_000 });
  await at(page, testIds.road.seal).click();
  const window = await opening;
  await window.locator('#pin').waitFor({ timeout: 30_000 });
  return window;
}

async function typeIn(window: Page, pin: string): Promise<void> {
  await window.locator('#pin').fill(pin);
  await window.locator('#sign').click();
}

async function expectUntouched(): Promise<void> {
  expect(nextMoment(await snapshotOf(page), work, new Set())).toBe('seal');
  const document = (await snapshotOf(page)).outgoing.find((row) => row.facts.subject === work.subject);
  expect(document?.seal).toBeNull();
}

async function closeMessage(): Promise<void> {
  await at(page, testIds.failure).first().getByRole('button').click();
}

describe('the PIN window', () => {
  it('is protected from capture before it is shown, sandboxed, and knows nothing of the desk (S2, S26)', async () => {
    const window = await openPin();
    const protections = await desk.app.evaluate(
      () => (globalThis as unknown as { protections: boolean[] }).protections,
    );
    expect(protections).toEqual([true]);
    expect(
      await inPage(window, '[typeof window.desk, typeof require, typeof process, location.origin]'),
    ).toEqual(['undefined', 'undefined', 'undefined', 'app://pin']);
    expect(await inPage(window, "fetch('app://desk/index.html').then((r) => r.status)")).toMatch(/^threw/);
    expect(await inPage(window, "new Function('return 1')()")).toBe('threw EvalError');
    const [preferences] = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((one) => one.webContents.getURL().startsWith('app://pin/'))
        .map((one) =>
          (
            one.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
          ).getLastWebPreferences(),
        ),
    );
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    await pressToClose(window, '#refuse');
    // Not signing is no failure: nothing is said, and the button can be pressed again.
    await page.locator(`[data-testid="${testIds.road.seal}"]:not([aria-busy="true"])`).waitFor();
    expect(await at(page, testIds.failure).count()).toBe(0);
    expect(counted('C_Login')).toBe(0);
    await expectUntouched();
  });
});

describe('a token', () => {
  it('pulled out between PIN and signature: the document is as it was, and nothing logs in again', async () => {
    const ckrDeviceRemoved = '0x32';
    writeFileSync(script, `C_Sign * return ${ckrDeviceRemoved}\n`);
    const before = counted('C_Login');
    const window = await openPin();
    await window.locator('#pin').fill(pins.agency);
    await pressToClose(window, '#sign');
    expect(await failureShown(page)).toBe('token-removed');
    expect(counted('C_Login')).toBe(before + 1);
    await expectUntouched();
    writeFileSync(script, '');
    await closeMessage();
  });

  it('that is locked says so, and is asked no second time', async () => {
    writeFileSync(script, 'C_Login * lock\n');
    const before = counted('C_Login');
    const window = await openPin();
    await window.locator('#pin').fill(pins.agency);
    await pressToClose(window, '#sign');
    expect(await failureShown(page)).toBe('token-pin-locked');
    expect(counted('C_Login')).toBe(before + 1);
    await expectUntouched();
    writeFileSync(script, '');
    await closeMessage();
    // The issuer unlocks it: the probe forgets with its process.
    strike(withLoaded(desk.pid, 'pkcs11-probe.so'));
  });

  it('with a wrong PIN: the window says so and stays, the right one then signs, with one login for each', async () => {
    const [logins, signatures] = [counted('C_Login'), counted('C_Sign')];
    const window = await openPin();
    await typeIn(window, '00000000');
    await window.locator('#error').waitFor({ timeout: 30_000 });
    expect(await wordsOf(window.locator('#error'))).toMatch(/PIN/);
    expect(counted('C_Login')).toBe(logins + 1);
    expect(counted('C_Sign')).toBe(signatures);
    await expectUntouched();
    await window.locator('#pin').fill(pins.agency);
    await pressToClose(window, '#sign');
    const next = async () => nextMoment(await snapshotOf(page), work, new Set());
    await expect.poll(next, { timeout: 30_000 }).toBe('send');
    expect(counted('C_Login')).toBe(logins + 2);
    expect(counted('C_Sign')).toBe(signatures + 1);
  });
});
