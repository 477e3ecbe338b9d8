// The main views under axe (WCAG 2.1 A and AA), and the daily act with the keyboard alone. On the real window, so that
// contrast and names are those the clerk gets.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow, pressToClose, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import { doStep, toRoad, type Work } from './support/clerk';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;
let work: Work;

beforeAll(async () => {
  world = await openWorld({ name: 'accessibility', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await waitForDesk(page);
  const file = join(world.folder, 'thu.pdf');
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  work = { offered: [], subject: 'Về việc tiếp cận', file, receiver, pin: pins.agency };
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

async function expectClean(window: Page): Promise<void> {
  const found = await axeFaults(window);
  expect(found, found.join('\n')).toEqual([]);
}

describe('under axe', () => {
  it('the first start has no fault', async () => {
    await at(page, testIds.firstStart.root).waitFor();
    await expectClean(page);
    await answerFirstStart(page, 10, 20);
  });

  it('the finder finds: a picture without a name is told', async () => {
    await page.evaluate(() => {
      const image = document.createElement('img');
      image.id = 'bare';
      image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
      document.body.append(image);
    });
    const found = await axeFaults(page);
    await page.evaluate(() => document.getElementById('bare')?.remove());
    expect(
      found.some((one) => one.startsWith('image-alt')),
      found.join('\n'),
    ).toBe(true);
  });

  it('the desk with a document of each verdict has no fault', async () => {
    await openFolder(page, 'in-to-accept');
    await expect
      .poll(async () => (await snapshotOf(page)).incoming.length, { timeout: 60_000 })
      .toBeGreaterThan(12);
    const { incoming } = await snapshotOf(page);
    const seen = new Set<string>();
    for (const row of incoming.filter((one) => one.state === 'to-accept')) {
      const kind = `${row.facts.business.type} ${row.attachments.map((file) => file.verdict?.verdict ?? '-').join()}`;
      if (seen.has(kind)) continue;
      seen.add(kind);
      await openRow(page, row.id);
      await page
        .locator(`[data-testid="${testIds.row}"][data-document="${row.id}"][aria-selected="true"]`)
        .waitFor();
      if (row.attachments.length > 0) await at(page, testIds.viewer.root).waitFor();
      await expectClean(page);
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  it('today, the registers, the check of a file and the paper dialog have no fault', async () => {
    for (const folder of ['today', 'register-incoming', 'register-outgoing', 'check', 'out-draft'] as const) {
      await openFolder(page, folder);
      await page.locator(`[data-testid="${testIds.folder(folder)}"][aria-current="page"]`).waitFor();
      await expectClean(page);
    }
    await openFolder(page, 'register-incoming');
    await at(page, testIds.act.registerPaper).click();
    await at(page, testIds.paper.root).waitFor();
    await expectClean(page);
    await at(page, testIds.paper.cancel).click();
  });

  it('the help and the reason dialogs have no fault', async () => {
    await page.keyboard.press('Control+/');
    await page.locator('dialog[open]').waitFor();
    await expectClean(page);
    await page.keyboard.press('Escape');
    await openFolder(page, 'in-to-accept');
    const row = page.locator(`[data-testid="${testIds.row}"]`).first();
    await row.click();
    await at(page, testIds.act.refuse).click();
    await at(page, testIds.reasonDialog.root).waitFor();
    await expectClean(page);
    await at(page, testIds.reasonDialog.cancel).click();
  });

  it('the form of an outgoing document and every step of its road have no fault', async () => {
    await at(page, testIds.act.issue).click();
    await at(page, testIds.draft.root).waitFor();
    await expectClean(page);
    await at(page, testIds.draft.cancel).click();
    const clerk = { desk, page, at: () => undefined };
    await doStep(clerk, work, 'draft');
    for (const moment of ['leader', 'number'] as const) {
      await toRoad(page, work);
      await expectClean(page);
      await doStep(clerk, work, moment);
    }
    await toRoad(page, work);
    await at(page, testIds.road.card).first().waitFor();
    await expectClean(page);
  });

  it('the PIN window has no fault', async () => {
    const opening = desk.app.waitForEvent('window');
    await at(page, testIds.road.seal).click();
    const window = await opening;
    await window.locator('#pin').waitFor();
    await expectClean(window);
    await pressToClose(window, '#refuse');
    await at(page, testIds.road.later).click();
  });

  it('English has no fault either', async () => {
    await at(page, testIds.language).click();
    await openFolder(page, 'in-to-accept');
    await expectClean(page);
    await at(page, testIds.language).click();
  });
});

describe('with the keyboard alone', () => {
  async function focused(): Promise<{ readonly place: string; readonly ring: boolean }> {
    return page.evaluate(() => {
      const active = document.activeElement;
      const place = active?.closest('[data-pane]')?.getAttribute('data-pane') ?? '';
      return { place, ring: active?.matches(':focus-visible') ?? false };
    });
  }

  async function toPane(name: string): Promise<void> {
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('F6');
      const { place, ring } = await focused();
      expect(ring).toBe(true);
      if (place === name) return;
    }
    throw new Error(`F6 does not reach ${name}`);
  }

  it('a document is found, read, registered and accepted, and the focus is always seen', async () => {
    await page.reload();
    await waitForDesk(page);
    await page.keyboard.press('Control+2');
    await page.locator(`[data-testid="${testIds.folder('in-to-accept')}"][aria-current="page"]`).waitFor();
    await at(page, testIds.row).first().waitFor();
    await toPane('list');
    const chosen = () => page.locator(`[data-testid="${testIds.row}"][aria-selected="true"]`);
    const acceptable = page.locator(
      `[data-testid="${testIds.act.registerAndAccept}"]:not([aria-disabled="true"])`,
    );
    for (let down = 0; (await acceptable.count()) === 0; down += 1) {
      expect(down).toBeLessThan(20);
      await page.keyboard.press('ArrowDown');
      await at(page, testIds.fact('state')).first().waitFor();
      await page.locator(`[data-testid="${testIds.act.refuse}"]`).first().waitFor();
    }
    const id = (await chosen().getAttribute('data-document')) ?? '';
    await page.locator(`[data-testid="${testIds.field.arrivalNumber}"]:not([value=""])`).waitFor();
    await toPane('document');
    await page.keyboard.press('Control+Enter');
    const state = async () => (await snapshotOf(page)).incoming.find((row) => row.id === id)?.state;
    await expect.poll(state, { timeout: 30_000 }).not.toBe('to-accept');
    expect((await snapshotOf(page)).incoming.find((row) => row.id === id)?.arrivalNumber).toBe(11);
  });

  it('every place of the desk is reached by Tab, and no place holds it', async () => {
    const seen = new Set<string>();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      seen.add((await focused()).place);
    }
    for (const pane of ['folders', 'list', 'document']) expect([...seen]).toContain(pane);
  });
});
