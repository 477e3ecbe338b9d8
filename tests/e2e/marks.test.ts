// Marking a page in the real window: every kind by mouse and by keys alone, back and forth, threads, layers, copies, over a restart.
// The original never changes.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Annotation, type MarkKind, markKinds } from '../../preload/contract/annotation';
import type { DeskId, Sha256 } from '../../preload/contract/ids';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { sealPicture } from '../sandbox/samples/signing';
import { axeFaults } from './support/axe';
import {
  blobBytes,
  count,
  drag,
  firstPage,
  firstReadable,
  marksOf,
  newest,
  openArrived,
  openMarks,
  pages,
  press,
  rest,
  saved,
  selectWords,
  shownMarks,
  take,
} from './support/marks';
import { snapshotOf } from './support/snapshot';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const attached = { state: 'attached', ...patience } as const;
const { marks } = testIds;

let world: World;
let desk: RunningDesk;
let page: Page;
let document: DeskId;
let file: Sha256;
let size: number;

const openDocument = (): Promise<void> => openArrived(page, document);

beforeAll(async () => {
  world = await openWorld({ name: 'marks', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 0, 0);
  const row = await firstReadable(page);
  const [main] = row.attachments;
  if (main === undefined) throw new Error('no PDF came in');
  [document, file, size] = [row.id, main.sha256, main.size];
  await openDocument();
  await openMarks(page);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

describe('by mouse', () => {
  it('words are highlighted, underlined and struck out', async () => {
    for (const [run, kind] of (['highlight', 'underline', 'strike'] as const).entries()) {
      await take(page, kind);
      await selectWords(page, run);
      await expect.poll(() => count(page, kind), patience).toBe(1);
      await shownMarks(page, kind).waitFor(attached);
      await take(page, kind);
    }
  });

  it('ink, arrow, line, rectangle, ellipse and stamp are drawn where the pen went', async () => {
    const kinds = ['ink', 'arrow', 'line', 'rectangle', 'ellipse', 'stamp'] as const;
    for (const [row, kind] of kinds.entries()) {
      await take(page, kind);
      const down = 0.3 + row * 0.09;
      await drag(page, [0.2, down], [0.45, down + 0.06]);
      await expect.poll(() => count(page, kind), patience).toBe(1);
      await rest(page);
    }
    const ink = await newest(page, 'ink');
    expect(ink.strokes[0]?.length).toBeGreaterThan(6);
    expect(ink.strokes[0]?.length).toBe((ink.strokes[0]?.length ?? 0) - ((ink.strokes[0]?.length ?? 0) % 3));
    expect((await newest(page, 'stamp')).text).toBe('ĐÃ XEM');
    const [left = 0, lower = 0, right = 0, upper = 0] = (await newest(page, 'rectangle')).box ?? [];
    expect([right > left, upper > lower]).toEqual([true, true]);
  });

  it('a text and a note are kept while they are typed, before anything is pressed', async () => {
    await take(page, 'text');
    await press(page, [0.55, 0.3]);
    await at(page, marks.editor).waitFor(patience);
    await page.keyboard.type('Chuyển phòng');
    await expect.poll(async () => (await newest(page, 'text')).text, patience).toBe('Chuyển phòng');
    await page.keyboard.insertText(' Nội vụ xử lý trước ngày 30/11');
    await page.keyboard.press('Escape');
    await at(page, marks.editor).waitFor({ state: 'detached', ...patience });
    await expect
      .poll(async () => (await newest(page, 'text')).text, patience)
      .toBe('Chuyển phòng Nội vụ xử lý trước ngày 30/11');
    await take(page, 'note');
    await press(page, [0.75, 0.6]);
    await at(page, testIds.viewer.noteText).fill('Kiểm tra lại nơi nhận');
    await expect.poll(() => count(page, 'note'), patience).toBe(1);
    await at(page, testIds.viewer.noteSave).click();
    await saved(page);
  });

  it('Tab goes through them from the top of the page down, not as they were made', async () => {
    await rest(page);
    // Made last, and above much that was there before.
    const [ink, note, stamp] = [
      await newest(page, 'ink'),
      await newest(page, 'note'),
      await newest(page, 'stamp'),
    ];
    await page.locator(`[data-mark="${ink.id}"]`).focus();
    const held = (): Promise<string | null> =>
      page.evaluate(() => window.document.activeElement?.getAttribute('data-mark') ?? null);
    const way: (string | null)[] = [await held()];
    while (way.at(-1) !== stamp.id && way.length < 20) {
      await page.keyboard.press('Tab');
      way.push(await held());
    }
    expect(way.at(-1)).toBe(stamp.id);
    expect(way).toContain(note.id);
    await page.keyboard.press('Escape');
  });

  it('a mark is moved by dragging it and resized by its handle', async () => {
    await rest(page);
    const before = await newest(page, 'rectangle');
    await drag(page, [0.325, 0.57], [0.425, 0.62]);
    const boxNow = async () => (await newest(page, 'rectangle')).box;
    await expect.poll(boxNow, patience).not.toEqual(before.box);
    const moved = await newest(page, 'rectangle');
    const width = (box: Annotation['box']): number => (box?.[2] ?? 0) - (box?.[0] ?? 0);
    expect(width(moved.box)).toBeCloseTo(width(before.box), 0);
    const handle = page.locator('[data-handle="se"]');
    const box = await handle.boundingBox();
    if (box === null) throw new Error('no handle');
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + 44, box.y + 24, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => width(await boxNow()), patience).toBeGreaterThan(width(moved.box) + 5);
  });

  it('a press opens the card: colour and layer are chosen by name', async () => {
    await rest(page);
    await shownMarks(page, 'rectangle').press('Enter');
    await at(page, marks.card).waitFor(patience);
    await at(page, marks.card).getByTestId(marks.colour).selectOption('green');
    await expect.poll(async () => (await newest(page, 'rectangle')).colour, patience).toBe('green');
    await at(page, marks.card).getByTestId(marks.layer).selectOption('directions');
    await expect.poll(async () => (await newest(page, 'rectangle')).layer, patience).toBe('directions');
    await at(page, testIds.viewer.noteSave).click();
  });
});

describe('a thread', () => {
  it('has answers by whom and when, is listed, found and filtered', async () => {
    await shownMarks(page, 'note').first().press('Enter');
    const answer = at(page, marks.answerText);
    await answer.fill('Đã kiểm tra, đúng nơi nhận');
    await at(page, marks.answerGive).click();
    await at(page, marks.answer).waitFor(patience);
    const [note, reply] = (await marksOf(page)).filter((mark) => mark.kind === 'note');
    expect(reply?.replyTo).toBe(note?.id);
    expect(await at(page, marks.answer).textContent()).toContain(note?.author ?? '-');
    await at(page, testIds.viewer.noteSave).click();
    await at(page, testIds.viewer.sideTool).click();
    await at(page, testIds.viewer.sideTab('notes')).click();
    const entries = at(page, testIds.viewer.notesEntry);
    const all = await entries.count();
    expect(all).toBe((await marksOf(page)).length - 1);
    await page.locator('.notes-list .input').fill('dung noi nhan');
    await expect.poll(() => entries.count(), patience).toBe(1);
    await page.locator('.notes-list .input').fill('');
    await at(page, marks.filterKind).selectOption('ink');
    await expect.poll(() => entries.count(), patience).toBe(1);
    await at(page, marks.filterKind).selectOption('');
    await at(page, marks.filterLayer).selectOption('directions');
    await expect.poll(() => entries.count(), patience).toBe(1);
    await at(page, marks.filterLayer).selectOption('');
    await at(page, testIds.viewer.sideTool).click();
  });
});

describe('layers', () => {
  it('are hidden and shown one by one', async () => {
    await at(page, marks.shown).click();
    await at(page, marks.shownLayer('notes')).click();
    await shownMarks(page, 'ink').waitFor({ state: 'detached', ...patience });
    expect(await shownMarks(page, 'rectangle').count()).toBe(1);
    await at(page, marks.shown).click();
    await at(page, marks.shownLayer('notes')).click();
    await shownMarks(page, 'ink').waitFor(attached);
  });
});

describe('under axe', () => {
  it('the page with marks, the tools and an open card have no fault', async () => {
    await shownMarks(page, 'note').first().press('Enter');
    await at(page, marks.card).waitFor(patience);
    expect(await axeFaults(page)).toEqual([]);
    await at(page, testIds.viewer.noteSave).click();
  });

  it('every mark has a name that says what it is, where and whose', async () => {
    const names = await page
      .locator('[data-mark]')
      .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(names.length).toBe(markKinds.length);
    for (const name of names) expect(name).toMatch(/^\p{Lu}.*, màu .*, trang 1, của /u);
    expect(names.some((name) => name.includes('Tô sáng'))).toBe(true);
  });
});

describe('over a restart', () => {
  it('every kind is there again, and the original is byte for byte what it was', async () => {
    await saved(page);
    const before = await marksOf(page);
    expect(new Set(before.map(({ kind }) => kind))).toEqual(new Set(markKinds));
    await desk.quit();
    desk = await world.launch();
    page = desk.page;
    await openDocument();
    for (const kind of markKinds) await shownMarks(page, kind).first().waitFor(attached);
    expect(await marksOf(page)).toEqual(before);
    const bytes = await blobBytes(page, file, size);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file);
  });
});

describe('by keys alone', () => {
  it('every kind is drawn, moved and removed, and all of it is taken back and done again', async () => {
    const start = (await marksOf(page)).map(({ id }) => id);
    await pages(page).focus();
    const keys: Partial<Record<MarkKind, string>> = {
      underline: 'Alt+U',
      strike: 'Alt+S',
      highlight: 'Control+Shift+H',
      ink: 'Alt+I',
      arrow: 'Alt+A',
      line: 'Alt+L',
      rectangle: 'Alt+R',
      ellipse: 'Alt+E',
      text: 'Alt+T',
      note: 'Alt+N',
    };
    for (const kind of ['underline', 'strike', 'highlight'] as const) {
      await page.keyboard.press(keys[kind] ?? '');
      await page.locator(`.viewer-scroll.tool-${kind}`).waitFor(patience);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => count(page, kind), patience).toBe(2);
      await page.keyboard.press('Escape');
      await page.locator('.viewer-scroll.tool-select').waitFor(patience);
    }
    for (const kind of ['ink', 'arrow', 'line', 'rectangle', 'ellipse'] as const) {
      await page.keyboard.press(keys[kind] ?? '');
      await page.locator(`.viewer-scroll.tool-${kind}`).waitFor(patience);
      await page.keyboard.press('ArrowRight');
      await at(page, marks.pen).waitFor(attached);
      await page.keyboard.press('Enter');
      for (const key of ['ArrowRight', 'ArrowDown', 'Shift+ArrowRight', 'ArrowDown'])
        await page.keyboard.press(key);
      await page.keyboard.press('Enter');
      await expect.poll(() => count(page, kind), patience).toBe(2);
      await page.keyboard.press('Escape');
      await page.locator('.viewer-scroll.tool-select').waitFor(patience);
    }
    for (const kind of ['text', 'note'] as const) {
      await page.keyboard.press(keys[kind] ?? '');
      await page.locator(`.viewer-scroll.tool-${kind}`).waitFor(patience);
      await page.keyboard.press('Enter');
      await page.keyboard.insertText(`Bằng phím: ${kind}`);
      await expect.poll(async () => (await newest(page, kind)).text, patience).toBe(`Bằng phím: ${kind}`);
      await page.keyboard.press('Escape');
    }
    await openMarks(page);
    await at(page, marks.tool('stamp')).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.viewer-scroll.tool-stamp').waitFor(patience);
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page, 'stamp'), patience).toBe(2);
    const stamp = await newest(page, 'stamp');
    const stampNow = async () => (await newest(page, 'stamp')).box;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+ArrowUp');
    await expect.poll(stampNow, patience).not.toEqual(stamp.box);
    await page.keyboard.press('Shift+ArrowRight');
    await saved(page);
    const end = await marksOf(page);
    await page.keyboard.press('Delete');
    await expect.poll(() => count(page, 'stamp'), patience).toBe(1);
    await page.keyboard.press('Control+Z');
    await expect.poll(() => count(page, 'stamp'), patience).toBe(2);
    expect((await newest(page, 'stamp')).box).toEqual(end.find(({ id }) => id === stamp.id)?.box);
    for (let steps = 0; steps < 40 && (await at(page, marks.undo).isEnabled()); steps += 1) {
      await page.keyboard.press('Control+Z');
    }
    const ids = async () => (await marksOf(page)).map(({ id }) => id).sort();
    await expect.poll(ids, patience).toEqual([...start].sort());
    for (let steps = 0; steps < 40 && (await at(page, marks.redo).isEnabled()); steps += 1) {
      await page.keyboard.press('Control+Y');
    }
    // Ends with the stamp removed once more.
    const kept = end.filter(({ id }) => id !== stamp.id).map(({ id }) => id);
    await expect.poll(ids, patience).toEqual(kept.sort());
  });

  it('marks are copied to another document, where they are taken back on their own', async () => {
    await shownMarks(page, 'rectangle').first().focus();
    await page.keyboard.press('Control+C');
    const other = (await snapshotOf(page)).incoming.find(
      (row) =>
        row.id !== document &&
        row.state === 'to-accept' &&
        row.attachments[0]?.contentType === 'application/pdf' &&
        row.attachments[0]?.sha256 !== file,
    );
    if (other === undefined) throw new Error('no second PDF');
    await openRow(page, other.id);
    await firstPage(page).waitFor(patience);
    await shownMarks(page, 'rectangle')
      .first()
      .waitFor({ state: 'detached', ...patience });
    await pages(page).focus();
    await page.keyboard.press('Control+V');
    await expect.poll(async () => (await newest(page, 'rectangle')).documentId, patience).toBe(other.id);
    await page.keyboard.press('Control+Z');
    await shownMarks(page, 'rectangle')
      .first()
      .waitFor({ state: 'detached', ...patience });
  });
});

describe('stamps', () => {
  it('of the clerk’s own picture are looked at by main, drawn, and there after a restart; what is no picture is refused', async () => {
    await openDocument();
    writeFileSync(join(world.folder, 'phong.png'), sealPicture(['PHÒNG', 'NỘI VỤ']));
    writeFileSync(join(world.folder, 'gia.png'), 'không phải ảnh, dù mang tên ảnh');
    await rest(page);
    await at(page, marks.tool('stamp')).click();
    await at(page, marks.stamp('own')).click();
    await at(page, marks.pictureFile).setInputFiles(join(world.folder, 'gia.png'));
    await expect.poll(() => at(page, marks.pictures).textContent(), patience).toContain('picture-no-png');
    await at(page, marks.pictureFile).setInputFiles(join(world.folder, 'phong.png'));
    await at(page, marks.pictures).locator('img').waitFor(patience);
    await at(page, marks.picturesClose).click();
    await at(page, marks.tool('stamp')).click();
    await at(page, marks.stamp('picture')).click();
    await press(page, [0.6, 0.5]);
    await page.locator('.marks-drawn image').waitFor(attached);
    await expect.poll(async () => (await newest(page, 'stamp')).picture, patience).not.toBeNull();
    expect((await newest(page, 'stamp')).text).toBe('phong');
    const plain = readFileSync(join(world.profile, 'stamp-pictures.sealed')).toString('latin1');
    expect(plain).not.toContain('phong');
    await saved(page);
    await desk.quit();
    desk = await world.launch();
    page = desk.page;
    await openDocument();
    await page.locator('.marks-drawn image[href^="blob:"]').waitFor(attached);
  });

  it('of arrival say number and date as the document has them, once it is registered', async () => {
    await openMarks(page);
    await at(page, marks.tool('stamp')).click();
    expect(await at(page, marks.stamp('arrived')).count()).toBe(0);
    await page.keyboard.press('Escape');
    const number = await accept(page);
    await openFolder(page, 'in-to-present');
    await openRow(page, document);
    await firstPage(page).waitFor(patience);
    await openMarks(page);
    await at(page, marks.tool('stamp')).click();
    await at(page, marks.stamp('arrived')).click();
    await press(page, [0.3, 0.3]);
    await expect.poll(async () => (await newest(page, 'stamp')).text, patience).toContain('ĐẾN');
    expect((await newest(page, 'stamp')).text).toMatch(
      new RegExp(`^ĐẾN\nSố: ${number}\nNgày: \\d\\d/\\d\\d/\\d{4}$`),
    );
  });
});
