// Files of other kinds in the real window: pictures as pages, words, archives, a form with scripts that never run; and a file that is
// found where it was left after the desk was closed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureBy } from '../../main/convert/pictures.fixture';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, at, openFolder, waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { readingPdf } from '../fixtures/reading-pdf';
import { fieldValue, scriptedPdf, scriptMark } from '../fixtures/scripted-pdf';
import { writeScan } from './support/scan';
import { openWorld, type World } from './support/world';

const patience = { timeout: 90_000 };
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'reading-kinds' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  await openFolder(page, 'check');
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** Brings a file in where any file may be looked at. */
async function show(name: string, bytes: Uint8Array): Promise<void> {
  const path = join(world.folder, name);
  writeFileSync(path, bytes);
  await at(page, testIds.check.file).setInputFiles(path);
}

describe('files that are no PDF', () => {
  it('a text of TCVN3 is read in Unicode, and scrolls by keys', async () => {
    const text = 'C\u00b8c \u00ae\u00acn v\u00de t\u00b9i \u00ae\u00dea \u00aei\u00d3m\n'.repeat(200);
    await show('cu.txt', Buffer.from(text, 'latin1'));
    const content = at(page, testIds.kinds.content);
    await content.filter({ hasText: 'Các đơn vị tại địa điểm' }).waitFor(patience);
    await content.focus();
    await page.keyboard.press('End');
    await expect.poll(() => content.evaluate((element) => element.scrollTop), patience).toBeGreaterThan(0);
  });

  it('an archive is listed, whatever its names would do, and nothing of it can be opened', async () => {
    const part = new TextEncoder().encode('noi dung');
    await show('kem.zip', zipSync({ 'phu-luc/bang.txt': part, '../../thoat.exe': part }));
    await expect.poll(() => at(page, testIds.kinds.entry).allTextContents(), patience).toHaveLength(2);
    expect((await at(page, testIds.kinds.entry).allTextContents()).join()).toContain('../../thoat.exe');
    expect(await at(page, testIds.kinds.content).locator('a, button').count()).toBe(0);
  });

  it('a picture is shown as a page, and says that it was made from it', async () => {
    await show('anh.jpg', pictureBy(writeScan('TRANG ANH'), '-jpeg', '-r', '60'));
    await page.locator('[data-page="1"].page-drawn').waitFor(patience);
    expect(await at(page, testIds.intake.madeFrom).textContent()).toContain('anh.jpg');
  });

  it('a program can only be saved', async () => {
    await show('chay.exe', Uint8Array.from([0x4d, 0x5a, 0, 0, 1, 2, 3, 0xff, 0xfe, 7]));
    await at(page, testIds.kinds.none).waitFor(patience);
  });
});

describe('a form with scripts', () => {
  it('shows its values and runs nothing: not at opening, not when it is pressed', async () => {
    const windows = desk.app.windows().length;
    await show('mau-don.pdf', await scriptedPdf());
    const drawn = page.locator('[data-page="1"].page-drawn');
    await drawn.waitFor(patience);
    const dark = (): Promise<number> =>
      drawn.locator('.page-canvas').evaluate((canvas, height) => {
        if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
        const scale = canvas.width / 595;
        const [x, y] = [Math.round(94 * scale), Math.round((height - 628) * scale)];
        const data = canvas
          .getContext('2d')
          ?.getImageData(x, y, Math.round(120 * scale), Math.round(26 * scale)).data;
        let count = 0;
        for (let place = 0; place < (data?.length ?? 0); place += 4)
          if ((data?.[place] ?? 255) < 120) count += 1;
        return count;
      }, 842);
    // The value of the field is ink on the page.
    expect(await dark(), fieldValue).toBeGreaterThan(40);
    const before = await dark();
    await drawn.click({ position: { x: 200, y: 300 } });
    await page.keyboard.type('abc');
    expect(await page.evaluate((mark) => Reflect.has(globalThis, mark), scriptMark)).toBe(false);
    expect(await dark()).toBe(before);
    expect(desk.app.windows().length).toBe(windows);
  });
});

describe('a file that was read before', () => {
  it('is found at the page where it was left, turned as it was, after the desk was closed', async () => {
    const bytes = await readingPdf();
    await show('da-doc.pdf', bytes);
    // The file shown before it has one page, and stands there until this one is read.
    await page.locator('[data-page="2"]').waitFor({ state: 'attached', ...patience });
    const now = (): Promise<string | null> => page.locator('[data-page-now]').getAttribute('data-page-now');
    await page.locator('.page-input').fill('7');
    await page.keyboard.press('Enter');
    await expect.poll(now, patience).toBe('7');
    await page.locator('.viewer-scroll').focus();
    await page.keyboard.press('Control+Shift+R');
    await page.locator('[data-page="7"][data-turn="90"].page-drawn').waitFor(patience);
    await expect.poll(now, patience).toBe('7');
    /** A number that differs with every time the row is sealed. */
    const stored = (): Promise<number> =>
      page.evaluate(async () => {
        const database = await new Promise<IDBDatabase>((done, fail) => {
          const opening = indexedDB.open('van-thu-ledger');
          opening.onsuccess = () => done(opening.result);
          opening.onerror = () => fail(new Error('IndexedDB does not open'));
        });
        const row = await new Promise<unknown>((done, fail) => {
          const reading = database.transaction('directory').objectStore('directory').get('reading-places');
          reading.onsuccess = () => done(reading.result);
          reading.onerror = () => fail(new Error('the row cannot be read'));
        });
        database.close();
        const sealed = (row as { sealed?: { bytes: ArrayBuffer; nonce: Uint8Array } } | undefined)?.sealed;
        return sealed === undefined
          ? 0
          : new Uint8Array(sealed.nonce).reduce((sum, byte) => sum * 31 + byte, 1) % 1e9;
      });
    await page.locator('.viewer-scroll').press('ArrowRight');
    await expect.poll(now, patience).toBe('8');
    // What is stored now may be from before; what is stored after the second change of zoom knows of page 8.
    for (let round = 0; round < 2; round += 1) {
      const before = await stored();
      await page.keyboard.press('Control+=');
      await expect.poll(stored, patience).not.toBe(before);
    }
    // A larger page stays the one that is read.
    const left = await now();
    expect(left).toBe('8');
    await desk.quit();
    desk = await world.launch();
    page = desk.page;
    await waitForDesk(page);
    await openFolder(page, 'check');
    await show('da-doc.pdf', bytes);
    await page.locator(`[data-page="${left}"][data-turn="90"].page-drawn`).waitFor(patience);
    await expect.poll(now, patience).toBe(left);
  });
});
