// A clerk who marks pages: draws, writes and answers in the real window, and reads the marks as the journal has them.
import type { Locator, Page } from 'playwright-core';
import type { Annotation } from '../../../preload/contract/annotation';
import { testIds } from '../../../renderer/app/test-ids';
import { at } from '../../desk/actions';

const patience = { timeout: 60_000 };

/** The marks that are there, as the journal keeps them. */
export async function marksOf(page: Page): Promise<readonly Annotation[]> {
  const text = await page.evaluate(async () => {
    type Put = { table: string; row: unknown };
    type Answer = { ok: boolean; value: { puts: Put[]; next: number | null } };
    const { desk } = window as unknown as {
      desk: { journal: { latest(input: unknown): Promise<Answer> } };
    };
    const rows: unknown[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const answer: Answer = await desk.journal.latest({ after });
      if (!answer.ok) throw new Error('the journal did not answer');
      rows.push(...answer.value.puts.filter((put) => put.table === 'annotations').map((put) => put.row));
      after = answer.value.next;
    }
    return JSON.stringify(rows);
  });
  return (JSON.parse(text) as Annotation[]).filter((mark) => !mark.deleted);
}

export const pages = (page: Page): Locator => page.locator('.viewer-scroll');
export const firstPage = (page: Page): Locator => page.locator('[data-page="1"].page-drawn');

/** Every mark on the screen that is a mark of this kind. */
export const shownMarks = (page: Page, kind: Annotation['kind']): Locator =>
  page.locator(`[data-mark][data-kind="${kind}"]`);

export async function openMarks(page: Page): Promise<void> {
  if ((await at(page, testIds.marks.bar).count()) === 0) await at(page, testIds.marks.open).click(patience);
  await at(page, testIds.marks.bar).waitFor(patience);
}

/** A place of page 1 on the screen, as shares of what is seen of it. */
export async function placeOf(page: Page, across: number, down: number): Promise<{ x: number; y: number }> {
  const [sheet, pane] = [await firstPage(page).boundingBox(), await pages(page).boundingBox()];
  if (sheet === null || pane === null) throw new Error('no page');
  const top = Math.max(sheet.y, pane.y);
  const bottom = Math.min(sheet.y + sheet.height, pane.y + pane.height);
  const left = Math.max(sheet.x, pane.x);
  const right = Math.min(sheet.x + sheet.width, pane.x + pane.width);
  return { x: left + (right - left) * across, y: top + (bottom - top) * down };
}

type Share = readonly [number, number];

/** Drags the mouse from one share of the page to another. */
export async function drag(page: Page, from: Share, to: Share, steps = 8): Promise<void> {
  const [start, end] = [await placeOf(page, ...from), await placeOf(page, ...to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps });
  await page.mouse.up();
}

export async function press(page: Page, place: Share): Promise<void> {
  const { x, y } = await placeOf(page, ...place);
  await page.mouse.click(x, y);
}

/** Selects the words of one run of text on page 1. */
export async function selectWords(page: Page, run: number): Promise<void> {
  const span = firstPage(page)
    .locator('.textLayer span')
    .filter({ hasText: /\S{2,}.*\S{2,}/ })
    .nth(run);
  await span.waitFor(patience);
  const box = await span.boundingBox();
  if (box === null) throw new Error('no text on the page');
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
}

/** Waits until the foot says that all is saved. */
export async function saved(page: Page): Promise<void> {
  await page.locator(`[data-testid="${testIds.foot.saved}"][data-saved="saved"]`).waitFor(patience);
}
