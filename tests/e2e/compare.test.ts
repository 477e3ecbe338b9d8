// Comparing two versions of a file in the real window, by keys alone: what differs is listed, marked on both pages and led to.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { earlierPdf, laterPdf, sameAgainPdf, versionsDiffer } from '../fixtures/versions-pdf';
import { axeFaults } from './support/axe';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const { compare } = testIds;
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'compare' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  const place = (name: string): string => join(world.folder, name);
  writeFileSync(place('ban-sau.pdf'), await laterPdf());
  writeFileSync(place('ban-truoc.pdf'), await earlierPdf());
  writeFileSync(place('in-lai.pdf'), await sameAgainPdf());
  writeFileSync(place('ghi-nho.txt'), 'không phải PDF');
  await at(page, testIds.act.issue).click();
  await at(page, testIds.draft.file).setInputFiles(place('ban-sau.pdf'));
  await page.locator('[data-page="1"].page-drawn').waitFor(patience);
  await at(page, testIds.draft.annexes).setInputFiles(place('ban-truoc.pdf'));
  await page
    .locator('.file-choice option', { hasText: 'ban-truoc.pdf' })
    .waitFor({ state: 'attached', ...patience });
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const standing = (kind: string): Locator =>
  page.locator(`[data-testid="${compare.standing}"][data-kind="${kind}"]`);
const boxes = (side: 'left' | 'right'): Locator =>
  at(page, compare.pane(side)).locator(`[data-testid="${compare.box}"]`);
const active = (side: 'left' | 'right'): Locator =>
  at(page, compare.pane(side)).locator('.compare-active').first();

async function inSight(box: Locator, pane: Locator): Promise<boolean> {
  const [inner, outer] = [await box.boundingBox(), await pane.boundingBox()];
  if (inner === null || outer === null) return false;
  return inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

describe('two versions side by side', () => {
  it('open by keys; what differs is told in reading order, with its words before and after', async () => {
    await page.locator('.viewer-scroll').focus();
    await page.keyboard.press('Control+Shift+K');
    await at(page, compare.root).waitFor(patience);
    await standing('done').waitFor(patience);
    expect(await standing('done').textContent()).toContain(String(versionsDiffer.length));
    const rows = await at(page, compare.row).allTextContents();
    expect(rows).toHaveLength(versionsDiffer.length);
    for (const [number, [, before, after]] of versionsDiffer.entries()) {
      expect(rows[number]).toContain(before);
      expect(rows[number]).toContain(after);
    }
  });

  it('F8 leads from one to the next, both sides in sight; Shift+F8 back', async () => {
    await page.keyboard.press('F8');
    await expect
      .poll(() => at(page, compare.at).textContent(), patience)
      .toBe(`1 / ${versionsDiffer.length}`);
    for (const side of ['left', 'right'] as const) {
      await active(side).waitFor(patience);
      await expect.poll(() => inSight(active(side), at(page, compare.pane(side))), patience).toBe(true);
    }
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
    await expect
      .poll(() => at(page, compare.at).textContent(), patience)
      .toBe(`4 / ${versionsDiffer.length}`);
    // The drawn sheet is the third page before and the fourth after: both are shown.
    for (const side of ['left', 'right'] as const)
      await expect.poll(() => inSight(active(side), at(page, compare.pane(side))), patience).toBe(true);
    await page.keyboard.press('Shift+F8');
    await expect
      .poll(() => at(page, compare.at).textContent(), patience)
      .toBe(`3 / ${versionsDiffer.length}`);
    expect(await boxes('right').count()).toBeGreaterThan(0);
  });

  it('the list is led through by arrow keys and names the active row to readers', async () => {
    await at(page, compare.list).focus();
    await page.keyboard.press('Home');
    const list = at(page, compare.list);
    const named = await list.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${named}"]`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => at(page, compare.at).textContent(), patience)
      .toBe(`2 / ${versionsDiffer.length}`);
  });

  it('move together, page by page of what belongs together, and apart when asked', async () => {
    const scroll = (side: 'left' | 'right'): Promise<number> =>
      at(page, compare.pane(side)).evaluate((pane) => pane.scrollTop);
    await at(page, compare.pane('left')).focus();
    await page.keyboard.press('End');
    await expect.poll(() => scroll('right'), patience).toBeGreaterThan(1000);
    await page.keyboard.press('Home');
    await expect.poll(() => scroll('right'), patience).toBeLessThan(50);
    await at(page, compare.together).click();
    await at(page, compare.pane('left')).focus();
    await page.keyboard.press('End');
    await expect.poll(() => scroll('left'), patience).toBeGreaterThan(1000);
    expect(await scroll('right')).toBeLessThan(50);
    await at(page, compare.together).click();
  });

  it('are clean under axe', async () => {
    expect(await axeFaults(page)).toEqual([]);
  });

  it('a file of the machine that is no PDF is refused in words; one that only was printed again does not differ', async () => {
    await at(page, compare.file).setInputFiles(join(world.folder, 'ghi-nho.txt'));
    await at(page, compare.refused).waitFor(patience);
    await at(page, compare.file).setInputFiles(join(world.folder, 'in-lai.pdf'));
    await at(page, compare.refused).waitFor({ state: 'detached', ...patience });
    await at(page, compare.choice('right')).selectOption({ label: 'ban-truoc.pdf' });
    await standing('done').waitFor(patience);
    await expect.poll(() => standing('done').textContent(), patience).toContain('không khác nhau');
    expect(await at(page, compare.row).count()).toBe(0);
  });

  it('the same file on both sides is said to be one file', async () => {
    await at(page, compare.choice('left')).selectOption({ label: 'ban-truoc.pdf' });
    await standing('one-file').waitFor(patience);
  });

  it('Esc leaves; the keys are back on the pages', async () => {
    await page.keyboard.press('Escape');
    await at(page, compare.root).waitFor({ state: 'detached', ...patience });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className ?? ''), patience)
      .toContain('viewer-scroll');
  });
});
