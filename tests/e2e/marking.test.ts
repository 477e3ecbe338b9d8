// Notes out of the window and into PDF files: a copy both ways, what a signed file says of it, notes of other programs, the sheet of
// an incoming document. The original never changes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarks } from '../../main/marking';
import { bytesSource } from '../../preload/contract/byte-source';
import type { IncomingDocument } from '../../preload/contract/records';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, answerSaveDialog, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { drag, firstPage, marksOf, openMarks, saved, selectWords, shownMarks } from './support/marks';
import { changedBox } from './support/pixels';
import { wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { storedFile } from './support/stored';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const { marks, marking } = testIds;
let world: World;
let desk: RunningDesk;
let page: Page;
let chosen: IncomingDocument;

/** The first document that came in signed and good, once there is one. */
async function firstSigned(): Promise<IncomingDocument> {
  for (;;) {
    const found = (await snapshotOf(page)).incoming.find(
      (row) =>
        row.state === 'to-accept' &&
        row.facts.business.type === '0' &&
        row.attachments[0]?.verdict?.verdict === 'valid',
    );
    if (found !== undefined) return found;
    await page.locator(`[data-testid="${testIds.foot.root}"]`).waitFor(patience);
  }
}

beforeAll(async () => {
  world = await openWorld({ name: 'marking', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 40, 17);
  chosen = await firstSigned();
  await openFolder(page, 'in-to-accept');
  await openRow(page, chosen.id);
  await firstPage(page).locator('.textLayer span').first().waitFor(patience);
  await openMarks(page);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const storedBytes = async (name: string): Promise<Buffer> =>
  readFileSync(await storedFile(desk, world.folder, chosen.attachments[0]?.sha256, name));

/** How many pixels of the first page's picture have the colour of a highlight, or are as dark as words. */
function inked(what: 'yellow' | 'dark'): Promise<number> {
  return firstPage(page)
    .locator('canvas')
    .first()
    .evaluate((element, wanted) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      let count = 0;
      for (let place = 0; place < data.length; place += 4) {
        const [red = 0, green = 0, blue = 0] = [data[place], data[place + 1], data[place + 2]];
        const isYellow = red > 200 && green > 170 && blue < 190 && red - blue > 50;
        const isDark = red < 80 && green < 80 && blue < 80;
        if (wanted === 'yellow' ? isYellow : isDark) count += 1;
      }
      return count;
    }, what);
}

const readBack = (bytes: Buffer) =>
  readMarks(bytesSource(new Uint8Array(bytes)), createHash('sha256').update(bytes).digest('hex'));

async function savedCopy(way: 'annotations' | 'flattened', name: string): Promise<string> {
  await page.keyboard.press('Control+Shift+S');
  await at(page, marking.root).waitFor(patience);
  await at(page, marking.way(way)).check(patience);
  const signer = chosen.attachments[0]?.verdict?.signatures[0]?.signer ?? 'no signer';
  await expect.poll(() => wordsOf(at(page, marking.signed)), patience).toContain(signer);
  const path = join(world.folder, name);
  await answerSaveDialog(desk.app, path);
  await at(page, marking.save).press('Enter', patience);
  await at(page, marking.root)
    .waitFor({ state: 'detached', ...patience })
    .catch(async () => {
      throw new Error(`still open: ${await wordsOf(at(page, marking.root))}`);
    });
  expect(existsSync(path)).toBe(true);
  return path;
}

describe('a copy with notes', () => {
  it('is offered for what was marked, says whose signature shows a change, and leaves the original as it is', async () => {
    const before = await storedBytes('goc-truoc.pdf');
    await at(page, marks.tool('highlight')).click();
    await selectWords(page, 0);
    await at(page, marks.tool('rectangle')).click();
    await drag(page, [0.3, 0.5], [0.6, 0.7]);
    await expect.poll(async () => (await marksOf(page)).length, patience).toBe(2);
    await saved(page);
    await at(page, marks.tool('select')).click();
    const wanted = await marksOf(page);

    const notes = await savedCopy('annotations', 'ghi-chu.pdf');
    const flat = await savedCopy('flattened', 've-han.pdf');
    expect((await storedBytes('goc-sau.pdf')).equals(before)).toBe(true);
    for (const path of [notes, flat]) {
      expect(readFileSync(path).subarray(0, before.length).equals(before)).toBe(true);
      execFileSync('qpdf', ['--check', path]);
      execFileSync('mutool', ['draw', '-q', '-o', `${path}.png`, path, '1'], { stdio: 'ignore' });
      expect(changedBox(join(world.folder, 'goc-sau.pdf'), path, 1)).not.toBeNull();
    }
    // Both look alike.
    expect(changedBox(notes, flat, 1)).toBeNull();
    const read = readBack(readFileSync(notes)).marks.filter(({ own }) => own);
    expect(read.map(({ mark }) => mark.id).sort()).toEqual(wanted.map(({ id }) => id).sort());
    for (const { mark } of read) {
      const { quads, box, strokes, colour, author } = wanted.find(({ id }) => id === mark.id) ?? mark;
      expect(mark).toMatchObject({ quads, box, strokes, colour, author });
    }
    expect(readBack(readFileSync(flat)).marks.filter(({ own }) => own)).toEqual([]);
  }, 600_000);

  it('of no layer is not written', async () => {
    await at(page, marking.open).click(patience);
    await at(page, marking.layer('notes')).uncheck(patience);
    expect(await at(page, marking.save).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await at(page, marking.root).waitFor({ state: 'detached', ...patience });
  });
});

describe('the handling sheet', () => {
  it('is filled from the document, changed, looked at and saved', async () => {
    await accept(page);
    await expect
      .poll(
        async () => (await snapshotOf(page)).incoming.find((one) => one.id === chosen.id)?.arrivalNumber,
        patience,
      )
      .toBe(41);
    await openFolder(page, 'in-to-present');
    await openRow(page, chosen.id);
    await at(page, marking.sheetOpen).click(patience);
    await at(page, marking.sheet).waitFor(patience);
    expect(await at(page, marking.sheetField('number')).inputValue()).toBe('41');
    await at(page, marking.sheetField('add')).click();
    await at(page, marking.sheetField('text-1')).fill('Chuyển đồng chí Hường đề xuất');
    await at(page, marking.sheetField('by-1')).fill('Lê Thị Ngọc');
    await at(page, marking.sheetShow).click();
    await at(page, marking.sheetPage).locator('[data-page="1"].page-drawn').waitFor(patience);
    const path = join(world.folder, 'phieu.pdf');
    await answerSaveDialog(desk.app, path);
    await at(page, marking.sheetSave).click();
    await at(page, marking.sheet).waitFor({ state: 'detached', ...patience });
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    for (const words of [
      'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN',
      'Số đến: 41',
      'Chuyển đồng chí Hường',
      'Lê Thị Ngọc',
    ])
      expect(text).toContain(words);
    execFileSync('qpdf', ['--check', path]);
  }, 600_000);

  it('is kept with the document, made anew as another version, and both are opened like its other files', async () => {
    const sheets = async () =>
      (await snapshotOf(page)).incoming.find(({ id }) => id === chosen.id)?.sheet?.versions ?? [];
    const keep = async (words: string, wanted: number): Promise<void> => {
      await at(page, marking.sheetOpen).click(patience);
      await at(page, marking.sheet).waitFor(patience);
      const last = (await page.locator('.sheet-opinion').count()) + 1;
      await at(page, marking.sheetField('add')).click();
      await at(page, marking.sheetField(`text-${last}`)).fill(words);
      await at(page, marking.sheetKeep).click();
      await at(page, marking.sheet).waitFor({ state: 'detached', ...patience });
      await expect.poll(async () => (await sheets()).length, patience).toBe(wanted);
    };
    await keep('Đề nghị trình Chủ tịch', 1);
    await keep('Bổ sung số liệu quý IV', 2);
    const [first, second] = await sheets();
    // The second begins with the words of the first.
    const bytes = readFileSync(await storedFile(desk, world.folder, second?.file.sha256, 'ban-2.pdf'));
    expect(bytes.length).toBe(second?.file.size);
    const text = execFileSync('pdftotext', ['-layout', join(world.folder, 'ban-2.pdf'), '-'], {
      encoding: 'utf8',
    });
    expect(text).toContain('Đề nghị trình Chủ tịch');
    expect(text).toContain('Bổ sung số liệu quý IV');
    expect(await wordsOf(at(page, testIds.fact('sheet')))).toContain('Bản 2');
    for (const version of [second, first]) {
      await at(page, testIds.fileChoice).selectOption(version?.file.sha256 ?? '');
      await firstPage(page).locator('.textLayer span').first().waitFor(patience);
      await expect
        .poll(() => wordsOf(firstPage(page).locator('.textLayer')), patience)
        .toContain('PHIẾU GIẢI QUYẾT');
    }
    const told = page.locator(`[data-testid="${testIds.history}"][data-what="sheet-kept"]`);
    expect(await told.count()).toBe(2);
    // What came in is what it was.
    expect((await snapshotOf(page)).incoming.find(({ id }) => id === chosen.id)?.attachments).toHaveLength(
      chosen.attachments.length,
    );
  }, 600_000);
});

describe('notes of other programs', () => {
  it('are shown over a file that has them, and cannot be changed', async () => {
    await page.keyboard.press('Control+N');
    await at(page, testIds.draft.file).waitFor({ state: 'attached', ...patience });
    await at(page, testIds.draft.file).setInputFiles(join(world.folder, 'ghi-chu.pdf'));
    await shownMarks(page, 'highlight')
      .first()
      .waitFor({ state: 'attached', ...patience });
    await shownMarks(page, 'rectangle')
      .first()
      .waitFor({ state: 'attached', ...patience });
    const drawn = page.locator('.marks-drawn *');
    // The page itself shows them: drawn twice, a highlight would be darker.
    expect(await drawn.count()).toBe(0);
  }, 600_000);

  it('go whole with their layer and come back, and all else on the page stays', async () => {
    await at(page, testIds.draft.cancel).click(patience);
    await at(page, testIds.draft.root).waitFor({ state: 'detached', ...patience });
    const draft = (await snapshotOf(page)).outgoing.find((row) => row.state === 'draft');
    await openFolder(page, 'out-draft');
    await openRow(page, draft?.id ?? '');
    await firstPage(page).locator('.textLayer span').first().waitFor(patience);
    await openMarks(page);
    await expect.poll(() => inked('yellow'), patience).toBeGreaterThan(1000);
    const [yellow, dark] = [await inked('yellow'), await inked('dark')];
    await at(page, marks.shown).click(patience);
    await at(page, marks.shownLayer('imported')).click(patience);
    // The page has some of that colour itself.
    await expect.poll(() => inked('yellow'), patience).toBeLessThan(yellow / 2);
    expect(await inked('dark')).toBeGreaterThan(dark * 0.9);
    await at(page, marks.shown).click(patience);
    await at(page, marks.shownLayer('imported')).click(patience);
    await expect.poll(() => inked('yellow'), patience).toBe(yellow);
  }, 600_000);
});
