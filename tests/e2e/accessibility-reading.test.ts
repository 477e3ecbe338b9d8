// Reading and marking for who has no mouse or no screen: every place of the reading view under axe and as a tree of names, marks made,
// found and changed by keys alone, and what is said of them. On the real window.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskId } from '../../preload/contract/ids';
import { testIds } from '../../renderer/app/test-ids';
import { accept, answerFirstStart, at, openFolder, openRow } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { axeFaults } from './support/axe';
import { count, firstPage, firstReadable, newest, openMarks, pages, saved } from './support/marks';
import { wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { focusOf, namelessIn, treeOf } from './support/tree';
import { openWorld, type World } from './support/world';

const patience = { timeout: 60_000 };
const gone = { state: 'detached', ...patience } as const;
const { marks, marking, viewer, compare } = testIds;
let world: World;
let desk: RunningDesk;
let page: Page;
let id: DeskId;

beforeAll(async () => {
  world = await openWorld({ name: 'accessibility-reading', seeds: 'samples' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 60, 20);
  id = (await firstReadable(page)).id;
  await openFolder(page, 'in-to-accept');
  await openRow(page, id);
  await firstPage(page).locator('.textLayer span').first().waitFor(patience);
}, 600_000);

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** The place has no fault and no nameless part; its tree says what is expected. */
async function expectReadable(testId: string, ...expected: readonly string[]): Promise<void> {
  const tree = await treeOf(at(page, testId).first());
  expect(namelessIn(tree), tree).toEqual([]);
  for (const words of expected) expect(tree).toContain(words);
  const faults = await axeFaults(page);
  expect(faults, faults.join('\n')).toEqual([]);
}

const said = (): Promise<string> => wordsOf(at(page, marks.said).first());

describe('the finder of what has no name', () => {
  it('finds a button without one, and leaves those with one alone', () => {
    const tree =
      '- button "Lưu"\n- button [pressed]\n  - textbox: chữ\n- textbox "Tìm": chữ\n- text: button\n- img';
    expect(namelessIn(tree)).toEqual(['- button [pressed]', '  - textbox: chữ', '- img']);
  });
});

describe('the reading view', () => {
  it('is named throughout, with its pages as regions that hold their words', async () => {
    await expectReadable(testIds.panes.document, 'region "Trang 1', 'button "Công cụ ghi chú"');
    const words = (await wordsOf(firstPage(page).locator('.textLayer span').first())).trim();
    const tree = await treeOf(firstPage(page));
    expect(tree.replace(/\s+/g, ' ')).toContain(words.replace(/\s+/g, ' '));
  });

  it('is reached by keys: from pane to pane, then by Tab to its pages', async () => {
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('F6');
      const pane = await page.evaluate(() =>
        document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'),
      );
      if (pane === 'document') break;
    }
    const onPages = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.classList.contains('viewer-scroll') === true);
    for (let presses = 0; presses < 60 && !(await onPages()); presses += 1) await page.keyboard.press('Tab');
    expect(await onPages()).toBe(true);
  });
});

describe('by keys alone', () => {
  it('words are highlighted, a note is put at a place, ink and a shape are drawn', async () => {
    await page.keyboard.press('Control+Shift+H');
    await page.locator('.viewer-scroll.tool-highlight').waitFor(patience);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(said, patience).toMatch(/^Đang chọn: \S/);
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page, 'highlight'), patience).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+N');
    await page.locator('.viewer-scroll.tool-note').waitFor(patience);
    await page.keyboard.press('ArrowRight');
    await expect.poll(said, patience).toMatch(/^Trang 1, cách trái \d+ mm, cách trên \d+ mm/);
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Enter']) await page.keyboard.press(key);
    await at(page, marks.card).waitFor(patience);
    await expectReadable(testIds.panes.document, 'region "Ghi chú mới"');
    await page.keyboard.insertText('Đề nghị xem lại nơi nhận');
    await expect
      .poll(async () => (await newest(page, 'note')).text, patience)
      .toBe('Đề nghị xem lại nơi nhận');
    await page.keyboard.press('Escape');
    await at(page, marks.card).waitFor(gone);
    for (const [kind, key] of [
      ['ink', 'Alt+I'],
      ['rectangle', 'Alt+R'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator(`.viewer-scroll.tool-${kind}`).waitFor(patience);
      const steps = ['ArrowRight', 'Shift+ArrowUp', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Enter'];
      for (const step of steps) await page.keyboard.press(step);
      await expect.poll(() => count(page, kind), patience).toBe(1);
      await page.keyboard.press('Escape');
    }
    await saved(page);
  });

  it('F8 leads through all notes in the order of reading, each with its kind, page, author and words, and back', async () => {
    await page.locator('.viewer-scroll.tool-select').waitFor(patience);
    await pages(page).focus();
    const author = (await newest(page, 'note')).author;
    const heard: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      const before = await focusOf(page);
      await page.keyboard.press('F8');
      await expect
        .poll(
          async () => (await focusOf(page)).mark !== before.mark || (await said()).includes('phía sau'),
          patience,
        )
        .toBe(true);
      if ((await focusOf(page)).mark === before.mark) break;
      const { name } = await focusOf(page);
      heard.push(name);
      if (name.startsWith('Tô sáng')) await expect.poll(said, patience).toMatch(/^Trên chữ: \S/);
    }
    expect(heard).toHaveLength(4);
    for (const name of heard) expect(name).toContain(`trang 1, của ${author}`);
    expect(heard.map((name) => name.split(',')[0]).sort()).toEqual([
      'Ghi chú',
      'Khung',
      'Nét bút',
      'Tô sáng',
    ]);
    expect(heard.find((name) => name.startsWith('Ghi chú'))).toContain('Đề nghị xem lại nơi nhận');
    const back: string[] = [(await focusOf(page)).name];
    while (back.length < heard.length) {
      const before = await focusOf(page);
      await page.keyboard.press('Shift+F8');
      await expect.poll(async () => (await focusOf(page)).mark, patience).not.toBe(before.mark);
      back.push((await focusOf(page)).name);
    }
    expect(back).toEqual([...heard].reverse());
    await page.keyboard.press('Shift+F8');
    await expect.poll(said, patience).toContain('phía trước');
  });

  async function toMark(kind: string): Promise<void> {
    await pages(page).focus();
    await page.keyboard.press('Escape');
    const place = `[data-mark][data-kind="${kind}"]`;
    const there = (): Promise<boolean> =>
      page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, place);
    for (let step = 0; step < 8 && !(await there()); step += 1) {
      const { mark } = await focusOf(page);
      await page.keyboard.press('F8');
      await expect.poll(async () => (await focusOf(page)).mark, patience).not.toBe(mark);
    }
    expect(await there()).toBe(true);
  }

  it.each(['ink', 'rectangle'] as const)('%s is moved by arrows and keeps the keys', async (kind) => {
    await toMark(kind);
    const before = await newest(page, kind);
    const { mark } = await focusOf(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+ArrowUp');
    const place = async () => {
      const { strokes, box } = await newest(page, kind);
      return JSON.stringify([strokes, box]);
    };
    await expect.poll(place, patience).not.toBe(JSON.stringify([before.strokes, before.box]));
    expect((await focusOf(page)).mark).toBe(mark);
  });

  it('a note is opened, read with its thread, answered and left, and the keys are at the note again', async () => {
    await toMark('note');
    const { mark } = await focusOf(page);
    await page.keyboard.press('Enter');
    await at(page, marks.card).waitFor(patience);
    await expect.poll(async () => (await focusOf(page)).tag, patience).toBe('TEXTAREA');
    await expectReadable(testIds.panes.document, 'textbox "Trả lời"');
    for (let presses = 0; presses < 10; presses += 1) {
      if ((await focusOf(page)).name === 'Trả lời') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.insertText('Đã xem, đúng nơi nhận');
    await page.keyboard.press('Control+Enter');
    await at(page, marks.answer).waitFor(patience);
    await expectReadable(testIds.panes.document, 'list "Các trả lời"', 'Đã xem, đúng nơi nhận');
    await page.keyboard.press('Escape');
    await at(page, marks.card).waitFor(gone);
    await expect.poll(async () => (await focusOf(page)).mark, patience).toBe(mark);
    await expect.poll(async () => (await focusOf(page)).name, patience).toContain('(1 trả lời)');
  });

  it('the list of notes is opened and leads to a note, whose card has the keys', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F4');
    await at(page, viewer.side).waitFor(patience);
    await at(page, viewer.sideTab('pages')).focus();
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await at(page, viewer.notesEntry).first().waitFor(patience);
    await expectReadable(viewer.side, 'tab "Ghi chú" [selected]', 'Đề nghị xem lại nơi nhận');
    await page.locator(`[data-testid="${viewer.notesEntry}"][data-kind="note"]`).focus();
    await page.keyboard.press('Enter');
    await at(page, marks.card).waitFor(patience);
    await expect.poll(async () => (await focusOf(page)).within, patience).toBe(marks.card);
    await page.keyboard.press('Escape');
    await at(page, marks.card).waitFor(gone);
    await page.keyboard.press('F4');
    await at(page, viewer.side).waitFor(gone);
  });
});

describe('dialogs of the reading view', () => {
  /** Keys go into the dialog, stay there, and come back out of it to where they were. */
  async function expectDialog(root: string, ...expected: readonly string[]): Promise<void> {
    await at(page, root).waitFor(patience);
    await expectReadable(root, ...expected);
    const inside = (): Promise<boolean> =>
      page.evaluate((wanted) => document.activeElement?.closest(`[data-testid="${wanted}"]`) !== null, root);
    await expect.poll(inside, patience).toBe(true);
    await page.keyboard.press('Escape');
    await at(page, root).waitFor(gone);
    expect((await focusOf(page)).tag).not.toBe('BODY');
  }

  it('a copy with notes, in both ways', async () => {
    await pages(page).focus();
    await page.keyboard.press('Control+Shift+S');
    await at(page, marking.root).waitFor(patience);
    await expectReadable(marking.root, 'radio "Thành ghi chú PDF');
    await at(page, marking.way('annotations')).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => at(page, marking.way('flattened')).isChecked(), patience).toBe(true);
    await expectDialog(marking.root, 'dialog "Lưu thêm bản có ghi chú"', 'Ghi chú kèm theo');
  });

  it('printing, where there are notes: the sheets have them only when that is chosen', async () => {
    await page.evaluate(() => {
      const counted = window as unknown as { printed: number[] };
      counted.printed = [];
      window.print = () => {
        counted.printed.push(window.document.querySelectorAll('.print-sheet').length);
        window.dispatchEvent(new Event('afterprint'));
      };
    });
    const printed = (): Promise<number[]> =>
      page.evaluate(() => (window as unknown as { printed: number[] }).printed);
    await pages(page).focus();
    await page.keyboard.press('Control+P');
    await at(page, viewer.printDialog).waitFor(patience);
    await expectReadable(viewer.printDialog, 'dialog "In tệp đang xem"', 'radio "Chỉ văn bản');
    await page.keyboard.press('Enter');
    await at(page, viewer.printDialog).waitFor(gone);
    await expect.poll(async () => (await printed()).length, patience).toBe(1);
    await page.keyboard.press('Control+P');
    await at(page, viewer.printPlain).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => at(page, viewer.printNotes).isChecked(), patience).toBe(true);
    await expectReadable(viewer.printDialog, 'Ghi chú kèm theo');
    await at(page, viewer.printNow).press('Enter');
    await expect.poll(async () => (await printed()).length, patience).toBe(2);
    const [plain = 0, withNotes] = await printed();
    // The words of the note stand on a page of their own.
    expect([plain > 0, withNotes]).toEqual([true, plain + 1]);
  });

  it('comparing', async () => {
    await pages(page).focus();
    await page.keyboard.press('Control+Shift+K');
    await expectDialog(compare.root, 'dialog "');
  });

  it('pictures for stamps, reached through the menu of stamps', async () => {
    await openMarks(page);
    await at(page, marks.tool('stamp')).focus();
    await page.keyboard.press('Enter');
    await at(page, marks.stamp('own')).waitFor(patience);
    await expectReadable(marks.bar);
    await at(page, marks.stamp('own')).focus();
    await page.keyboard.press('Enter');
    await expectDialog(marks.pictures, 'dialog "Ảnh tem ghi chú của tôi"');
  });

  it('the handling sheet as a form and as a page, and the screen of the ĐẾN stamp', async () => {
    await accept(page);
    const number = async () => (await snapshotOf(page)).incoming.find((row) => row.id === id)?.arrivalNumber;
    await expect.poll(number, patience).toBe(61);
    await openFolder(page, 'in-to-present');
    await openRow(page, id);
    await at(page, marking.sheetOpen).focus();
    await page.keyboard.press('Enter');
    await at(page, marking.sheet).waitFor(patience);
    await expectReadable(marking.sheet, 'textbox "Trích yếu nội dung"', 'Đề nghị xem lại nơi nhận');
    await at(page, marking.sheetShow).focus();
    await page.keyboard.press('Enter');
    await at(page, marking.sheetPage).locator('[data-page="1"].page-drawn').waitFor(patience);
    await expectDialog(marking.sheet, 'button "Lưu kèm văn bản"');
    await at(page, testIds.act.arrivalStamp).focus();
    await page.keyboard.press('Enter');
    await at(page, testIds.stamp.root).waitFor(patience);
    await expectReadable(testIds.stamp.root);
  });
});
