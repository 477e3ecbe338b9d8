// The layers of a PDF in the real window: seen as their author left them, shown and hidden by keys, and gone from a file without.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { layeredPdf, layerNames, layerShare, layerWords } from '../fixtures/layered-pdf';
import { readingPdf } from '../fixtures/reading-pdf';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const plain = 'khong-lop.pdf';
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'viewer-layers' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  writeFileSync(join(world.folder, 'lop.pdf'), await layeredPdf());
  writeFileSync(join(world.folder, plain), await readingPdf());
  await at(page, testIds.act.issue).click();
  await at(page, testIds.draft.file).setInputFiles(join(world.folder, 'lop.pdf'));
  await page.locator('[data-page="1"].page-drawn').waitFor(patience);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** How many layers' squares the first page shows. */
async function squares(): Promise<number> {
  const dark = await page.locator('[data-page="1"] .page-canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (data === undefined) throw new Error('no picture');
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) count += 1;
    return count / (data.length / 4);
  });
  return Math.round(dark / layerShare);
}

const box = (name: string) => page.getByRole('checkbox', { name });
const states = (): Promise<boolean[]> =>
  Promise.all(Object.values(layerNames).map((name) => box(name).isChecked()));

describe('the layers of a file', () => {
  it('are listed as the file has them, and drawn so', async () => {
    await at(page, testIds.viewer.sideTool).click();
    await at(page, testIds.viewer.sideTab('layers')).click(patience);
    await at(page, testIds.viewer.layer).nth(3).waitFor(patience);
    expect(await states()).toEqual([true, false, true, false]);
    await expect.poll(squares, patience).toBe(2);
  });

  it('give their words to be found and copied only while they are seen', async () => {
    const [onShown = '', onHidden = ''] = layerWords;
    const words = (): Promise<string | null> => page.locator('[data-page="1"] .textLayer').textContent();
    const found = (): Promise<string | null> => page.locator('.find-count').textContent();
    await expect.poll(words, patience).toContain(onShown);
    expect(await words()).not.toContain(onHidden);
    await page.keyboard.press('Control+F');
    await at(page, testIds.viewer.findInput).fill(onShown);
    await expect.poll(found, patience).toBe('1 / 1');
    await at(page, testIds.viewer.findInput).fill(onHidden);
    await expect.poll(found, patience).not.toContain('/');
    await box(layerNames.hidden).click();
    await expect.poll(words, patience).toContain(onHidden);
    await expect.poll(found, patience).toBe('1 / 1');
    await box(layerNames.hidden).click();
    await expect.poll(found, patience).not.toContain('/');
    await at(page, testIds.viewer.findInput).press('Escape');
  });

  it('are shown and hidden by keys', async () => {
    await box(layerNames.hidden).focus();
    await page.keyboard.press('Space');
    await expect.poll(squares, patience).toBe(3);
    await box(layerNames.shown).focus();
    await page.keyboard.press('Space');
    await expect.poll(squares, patience).toBe(2);
    expect(await states()).toEqual([false, true, true, false]);
  });

  it('of which one is to be seen change places', async () => {
    await box(layerNames.second).click();
    await expect.poll(states, patience).toEqual([false, true, false, true]);
    await expect.poll(squares, patience).toBe(2);
  });

  it('are printed as they are seen', async () => {
    await page.evaluate(() => {
      Object.assign(window, {
        print: () => {
          const image = document.querySelector<HTMLImageElement>('.print-sheet img');
          const canvas = document.createElement('canvas');
          canvas.width = 100;
          canvas.height = 100;
          const context = canvas.getContext('2d');
          if (image === null || context === null) throw new Error('no sheet');
          context.drawImage(image, 0, 0, 100, 100);
          const at = (x: number, y: number): boolean =>
            (context.getImageData(x, y, 1, 1).data[0] ?? 255) < 100;
          // From the lower left: shown, hidden, first, second.
          Object.assign(window, { printed: [at(25, 75), at(75, 75), at(25, 25), at(75, 25)] });
          window.dispatchEvent(new Event('afterprint'));
        },
      });
    });
    await page.locator('.viewer-scroll').focus();
    await page.keyboard.press('Control+P');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { printed?: boolean[] }).printed ?? []), patience)
      .toEqual([false, true, false, true]);
  });

  it('stay chosen while another file is looked at, which has no list of them', async () => {
    await at(page, testIds.draft.annexes).setInputFiles(join(world.folder, plain));
    await page.locator('.file-choice option', { hasText: plain }).waitFor({ state: 'attached', ...patience });
    await page.locator('.file-choice').selectOption({ label: plain });
    await page.locator('[data-page="2"]').waitFor({ state: 'attached', ...patience });
    await page.locator('[data-page="1"].page-drawn').waitFor(patience);
    await at(page, testIds.viewer.sideTool).click();
    await at(page, testIds.viewer.sideTab('enclosed')).waitFor(patience);
    expect(await at(page, testIds.viewer.sideTab('layers')).count()).toBe(0);
    await page.locator('.file-choice').selectOption({ label: 'lop.pdf' });
    await at(page, testIds.viewer.sideTab('layers')).waitFor(patience);
    await expect.poll(states, patience).toEqual([false, true, false, true]);
    await expect.poll(squares, patience).toBe(2);
  });

  it('are as in the file again when asked', async () => {
    await at(page, testIds.viewer.layersReset).click();
    await expect.poll(states, patience).toEqual([true, false, true, false]);
    await expect.poll(squares, patience).toBe(2);
    expect(await at(page, testIds.viewer.layersReset).count()).toBe(0);
  });
});
