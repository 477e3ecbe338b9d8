// A clerk who marks pages: draws, writes and answers in the real window, and reads the marks as the journal has them.
import type { Locator, Page } from 'playwright-core';
import type { Annotation, MarkKind } from '../../../preload/contract/annotation';
import type { DeskId } from '../../../preload/contract/ids';
import type { IncomingDocument } from '../../../preload/contract/records';
import { testIds } from '../../../renderer/app/test-ids';
import { at, openFolder, openRow } from '../../desk/actions';
import { snapshotOf } from './snapshot';

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

/** A document that waits to be accepted, with its first page and the words of it on the screen. */
export async function openArrived(page: Page, document: DeskId): Promise<void> {
  await openFolder(page, 'in-to-accept');
  await openRow(page, document);
  await firstPage(page).waitFor(patience);
  await firstPage(page).locator('.textLayer span').first().waitFor(patience);
}

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

/** How many marks of a kind the journal has. */
export async function count(page: Page, kind: MarkKind): Promise<number> {
  return (await marksOf(page)).filter((mark) => mark.kind === kind).length;
}

/** The mark of a kind that was made last. Throws when there is none. */
export async function newest(page: Page, kind: MarkKind): Promise<Annotation> {
  const found = (await marksOf(page)).filter((mark) => mark.kind === kind).at(-1);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

export async function take(page: Page, kind: MarkKind): Promise<void> {
  await at(page, testIds.marks.tool(kind)).click();
  if (kind === 'stamp') await at(page, testIds.marks.stamp('seen')).click();
}

/** Puts the tool down and lets go of what is selected. */
export async function rest(page: Page): Promise<void> {
  await at(page, testIds.marks.tool('select')).click();
  await page.locator('.viewer-scroll.tool-select').waitFor(patience);
}

/** A pen that presses more and more from a place on, and a palm that touches the page beside it. */
export async function penWithPalm(
  page: Page,
  from: { readonly x: number; readonly y: number },
): Promise<void> {
  await pages(page).evaluate((element, { x, y }) => {
    const target = window.document.elementFromPoint(x, y) ?? element;
    const send = (
      type: string,
      pointerType: string,
      pointerId: number,
      dx: number,
      pressure: number,
    ): void => {
      const place = { clientX: x + dx, clientY: y + dx / 2, pointerId, pointerType, pressure };
      target.dispatchEvent(
        new PointerEvent(type, { ...place, bubbles: true, cancelable: true, isPrimary: true, button: 0 }),
      );
    };
    // A pointer that no device has cannot be captured.
    element.setPointerCapture = () => undefined;
    send('pointerdown', 'pen', 7, 0, 0.2);
    for (let step = 1; step <= 10; step += 1) send('pointermove', 'pen', 7, step * 5, 0.2 + step * 0.07);
    send('pointerup', 'pen', 7, 50, 0);
    send('pointerdown', 'touch', 8, 90, 0.5);
    send('pointermove', 'touch', 8, 120, 0.5);
    send('pointerup', 'touch', 8, 120, 0);
  }, from);
}

/** The eraser end of a pen, drawn down across the middle of what `penWithPalm` wrote from the same place. */
export async function eraserAcross(
  page: Page,
  from: { readonly x: number; readonly y: number },
): Promise<void> {
  await pages(page).evaluate((element, { x, y }) => {
    element.setPointerCapture = () => undefined;
    const target = window.document.elementFromPoint(x + 25, y - 10) ?? element;
    const send = (type: string, dy: number, button: number, buttons: number): void => {
      const place = { clientX: x + 25, clientY: y + dy, pointerId: 7, pointerType: 'pen', pressure: 0.5 };
      target.dispatchEvent(
        new PointerEvent(type, {
          ...place,
          bubbles: true,
          cancelable: true,
          isPrimary: true,
          button,
          buttons,
        }),
      );
    };
    send('pointerdown', -10, 5, 32);
    // One event for the whole way: what lies between is erased too.
    send('pointermove', 35, -1, 32);
    send('pointerup', 35, 5, 0);
  }, from);
}

/** The first incoming document that has a PDF, once there is one. */
export async function firstReadable(page: Page): Promise<IncomingDocument> {
  for (;;) {
    const found = (await snapshotOf(page)).incoming.find(
      (row) => row.state === 'to-accept' && row.attachments[0]?.contentType === 'application/pdf',
    );
    if (found !== undefined) return found;
    await page.locator(`[data-testid="${testIds.foot.root}"]`).waitFor(patience);
  }
}

/** A stored file as the window gets it. */
export async function blobBytes(page: Page, sha256: string, size: number): Promise<Uint8Array> {
  const bytes = await page.evaluate(
    async ([sha, length]) => {
      const answer = await fetch(`app://blob/${sha}`, {
        headers: { Range: `bytes=0-${Number(length) - 1}` },
      });
      return [...new Uint8Array(await answer.arrayBuffer())];
    },
    [sha256, size] as const,
  );
  return Uint8Array.from(bytes);
}
