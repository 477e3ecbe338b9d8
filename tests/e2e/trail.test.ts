// Back and forth between documents in the real window, by keys: each is shown in its folder, at the page where it was left.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
let world: World;
let desk: RunningDesk;
let page: Page;
let documents: readonly string[];

const shown = (): Promise<string | null> =>
  page
    .locator(`[data-testid="${testIds.row}"][aria-selected="true"]`)
    .first()
    .getAttribute('data-document', patience);

beforeAll(async () => {
  world = await openWorld({ name: 'trail', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** Stays as long as somebody does who reads. */
async function read(document: string): Promise<void> {
  await openRow(page, document);
  await page.locator('[data-page].page-drawn').first().waitFor(patience);
  const came = Date.now();
  await expect.poll(() => Date.now() - came, patience).toBeGreaterThan(1200);
}

describe('documents that were read', () => {
  it('come back by Alt and the left arrow, also from the page itself, and are told to readers', async () => {
    const waiting = async (): Promise<string[]> =>
      (await snapshotOf(page)).incoming.filter(({ state }) => state === 'to-accept').map(({ id }) => id);
    await expect.poll(async () => (await waiting()).length, patience).toBeGreaterThan(1);
    documents = (await waiting()).slice(0, 2);
    await openFolder(page, 'in-to-accept');
    const [first = '', second = ''] = documents;
    await read(first);
    await read(second);
    await page.locator('.viewer-scroll').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(shown, patience).toBe(first);
    await page
      .getByRole('status')
      .filter({ hasText: 'Đã trở lại văn bản xem trước đó' })
      .waitFor({
        state: 'attached',
        ...patience,
      });
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(shown, patience).toBe(second);
  });

  it('come back from another place of the desk into their own folder; the keys stay with what is shown', async () => {
    const [, second = ''] = documents;
    await openFolder(page, 'check');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(shown, patience).toBe(second);
    await expect
      .poll(() => page.evaluate(() => document.activeElement !== document.body), patience)
      .toBe(true);
    await at(page, testIds.trail('forward')).click();
    await at(page, testIds.check.root).waitFor(patience);
    expect(await at(page, testIds.trail('forward')).isDisabled()).toBe(true);
  });

  it('have both steps in the list of keys; the top line is clean under axe', async () => {
    await page.keyboard.press('Control+/');
    await page.locator('dialog[open]').waitFor(patience);
    expect(await page.locator('dialog[open]').textContent()).toContain('Trở lại văn bản xem trước đó');
    await page.keyboard.press('Escape');
    expect(await axeFaults(page)).toEqual([]);
  });
});
