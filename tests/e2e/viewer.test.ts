// Reading a file on the real window: the column beside, outline, links, turning, two pages, other colours, and where it was left.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { enclosedName, outsideAddress, readingPages, readingPdf } from '../fixtures/reading-pdf';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'viewer', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  const file = join(world.folder, 'doc.pdf');
  writeFileSync(file, await readingPdf());
  await at(page, testIds.act.issue).click();
  await at(page, testIds.draft.file).setInputFiles(file);
  await shownPage(1).waitFor(patience);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const shownPage = (number: number): Locator => page.locator(`[data-page="${number}"].page-drawn`);
const pageNumber = (): Promise<string | null> =>
  page.locator('[data-page-now]').getAttribute('data-page-now');

async function more(id: string): Promise<void> {
  await at(page, testIds.viewer.more).click();
  await at(page, id).click();
}

async function goTo(number: number): Promise<void> {
  await page.locator('.page-input').fill(String(number));
  await page.keyboard.press('Enter');
  await expect.poll(pageNumber, patience).toBe(String(number));
}

/** What the middle of a page's canvas row of words looks like: the share of dark pixels. */
async function darkShare(number: number): Promise<number> {
  return shownPage(number)
    .locator('.page-canvas')
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      if (data === undefined) throw new Error('no picture');
      let dark = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) dark += 1;
      return dark / (data.length / 4);
    });
}

describe('the column beside the pages', () => {
  it('shows small pictures; a press goes to the page', async () => {
    await at(page, testIds.viewer.sideTool).click();
    const fourth = at(page, testIds.viewer.thumbnail).nth(2);
    await fourth.click(patience);
    await expect.poll(pageNumber, patience).toBe('3');
    await expect.poll(() => fourth.getAttribute('aria-current'), patience).toBe('page');
  });

  it('shows the outline, which goes to its pages', async () => {
    await at(page, testIds.viewer.sideTab('outline')).click();
    await page.getByRole('button', { name: 'Phan hai' }).click(patience);
    await expect.poll(pageNumber, patience).toBe('7');
  });

  it('lists what is enclosed in the PDF and never opens it', async () => {
    await at(page, testIds.viewer.sideTab('outline')).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const enclosed = at(page, testIds.viewer.enclosed);
    await enclosed.waitFor(patience);
    expect(await enclosed.count()).toBe(1);
    expect(await enclosed.innerText()).toContain(enclosedName);
    expect(await enclosed.locator('a').count()).toBe(0);
  });

  it('closes by its key', async () => {
    await page.keyboard.press('F4');
    await at(page, testIds.viewer.side).waitFor({ state: 'detached', ...patience });
  });
});

describe('links', () => {
  it('inside the file go to their page; programs and scripts are no links', async () => {
    await goTo(1);
    const links = at(page, testIds.viewer.link);
    await expect.poll(() => links.count(), patience).toBe(2);
    expect(await links.nth(1).getAttribute('aria-label')).toContain(outsideAddress);
    await links.first().click();
    await expect.poll(pageNumber, patience).toBe('9');
  });

  it('outside the file are asked about by main with the whole address, and not opened when the answer is no', async () => {
    await goTo(1);
    await desk.app.evaluate(({ dialog, shell }) => {
      const told = globalThis as unknown as { asked: string[]; outside: string[] };
      told.asked = [];
      told.outside = [];
      dialog.showMessageBox = async (...parts: unknown[]) => {
        told.asked.push(JSON.stringify(parts.at(-1)));
        return { response: 1, checkboxChecked: false };
      };
      shell.openExternal = async (address: string) => {
        told.outside.push(address);
      };
    });
    await at(page, testIds.viewer.link).nth(1).click();
    const told = () =>
      desk.app.evaluate(() => {
        const { asked, outside } = globalThis as unknown as { asked: string[]; outside: string[] };
        return { asked, outside };
      });
    await expect.poll(async () => (await told()).asked.length, patience).toBe(1);
    expect((await told()).asked[0]).toContain(outsideAddress);
    expect((await told()).outside).toEqual([]);
  });

  it('to no listed site are only copied, also when the answer is the first button', async () => {
    await desk.app.evaluate(({ dialog, clipboard }) => {
      clipboard.clear();
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
    });
    await at(page, testIds.viewer.link).nth(1).click();
    await expect
      .poll(() => desk.app.evaluate(({ clipboard }) => clipboard.readText()), patience)
      .toBe(outsideAddress);
    const outside = await desk.app.evaluate(() => (globalThis as unknown as { outside: string[] }).outside);
    expect(outside).toEqual([]);
  });
});

describe('ways to view', () => {
  it('turns pages: an upright page lies, its words with it', async () => {
    await goTo(2);
    const before = await shownPage(2).boundingBox();
    await page.keyboard.press('Control+Shift+R');
    await page.locator('[data-page="2"][data-turn="90"]').waitFor(patience);
    const after = await shownPage(2).boundingBox();
    expect((before?.height ?? 0) > (before?.width ?? 0)).toBe(true);
    expect((after?.height ?? 0) < (after?.width ?? 0)).toBe(true);
    // They are laid anew for the size the turned page has.
    const words = shownPage(2).locator('.textLayer span', { hasText: 'Trang 2' });
    const areUpright = async (): Promise<boolean> => {
      const box = await words.boundingBox();
      return box !== null && box.height > box.width;
    };
    await expect.poll(areUpright, patience).toBe(true);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+Shift+R');
    await page.locator('[data-page="2"][data-turn="0"]').waitFor(patience);
  });

  it('sets two pages side by side', async () => {
    await more(testIds.viewer.twoPages);
    await goTo(5);
    await shownPage(6).waitFor(patience);
    const [left, right] = [await shownPage(5).boundingBox(), await shownPage(6).boundingBox()];
    expect(Math.abs((left?.y ?? 0) - (right?.y ?? 99))).toBeLessThan(2);
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
    await more(testIds.viewer.twoPages);
  });

  it('draws pages in other colours when asked: a white page becomes dark', async () => {
    await goTo(3);
    await shownPage(3).waitFor(patience);
    expect(await darkShare(3)).toBeLessThan(0.1);
    await more(testIds.viewer.colours);
    await expect.poll(() => darkShare(3), patience).toBeGreaterThan(0.8);
    await more(testIds.viewer.colours);
    await more(testIds.viewer.colours);
    await expect.poll(() => darkShare(3), patience).toBeLessThan(0.1);
  });

  it('goes to the last page with arrow keys and shows it whole', async () => {
    await more(testIds.viewer.fitPage);
    await goTo(readingPages - 1);
    await page.locator('.viewer-scroll').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(pageNumber, patience).toBe(String(readingPages));
    await shownPage(readingPages).waitFor(patience);
  });
});

describe('marks on a turned page', () => {
  it('lie where the words are when the page is turned back', async () => {
    await at(page, testIds.draft.cancel).click();
    const [arrived] = (await snapshotOf(page)).incoming;
    if (arrived === undefined) throw new Error('nothing came in');
    await openFolder(page, 'in-to-accept');
    await openRow(page, arrived.id);
    await page.locator('[data-page="1"].page-drawn').waitFor(patience);
    await page.keyboard.press('Control+Shift+R');
    await page.locator('[data-page="1"][data-turn="90"]').waitFor(patience);
    const words = shownPage(1)
      .locator('.textLayer span')
      .filter({ hasText: /\p{L}{4}/u })
      .first();
    const mark = at(page, testIds.viewer.highlight).first();
    // The words of the turned page may be laid anew while they are being selected: then they are selected again.
    const marked = async (): Promise<number> => {
      const selected = await words.selectText().then(
        () => true,
        () => false,
      );
      if (selected) await page.keyboard.press('Control+Shift+H');
      return mark.count();
    };
    await expect.poll(marked, { ...patience, interval: 2000 }).toBeGreaterThan(0);
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+Shift+R');
    await page.locator('[data-page="1"][data-turn="0"]').waitFor(patience);
    // The words are laid anew for the turned page; until then they stand where they stood.
    const apart = async (): Promise<number> => {
      const [place, box] = [await words.boundingBox(), await mark.boundingBox()];
      if (place === null || box === null) return Number.POSITIVE_INFINITY;
      return Math.max(Math.abs(box.x - place.x), Math.abs(box.y - place.y) / 2);
    };
    await expect.poll(apart, patience).toBeLessThan(4);
  });
});
