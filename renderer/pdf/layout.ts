// How pages stand in the reading view: rows, turns and what a zoom choice comes to. Pure.
import type { Box } from './geometry';

/** The size of a page as shown, in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Degrees clockwise that the clerk turned the pages; the file itself keeps its own. */
export type Turn = 0 | 90 | 180 | 270;

/** Pages side by side in one row. */
export type Spread = 'one' | 'two';

export type ZoomChoice = number | 'width' | 'page';

/** Another quarter turn; `by` is +1 clockwise, -1 back. */
export function turnedBy(turn: Turn, by: 1 | -1): Turn {
  const order: readonly Turn[] = [0, 90, 180, 270];
  return order[(order.indexOf(turn) + by + order.length) % order.length] ?? 0;
}

/** Width and height of a page once turned. */
export function turnedSize(size: PageSize, turn: Turn): PageSize {
  return turn === 90 || turn === 270 ? { width: size.height, height: size.width } : size;
}

/**
 * A box in pixels of the page as it is turned on screen, in pixels of the page as it is not. `frame` is the size on screen.
 */
export function unturnedBox(box: Box, frame: PageSize, turn: Turn): Box {
  const { left, top, width, height } = box;
  switch (turn) {
    case 0:
      return box;
    case 90:
      return { left: top, top: frame.width - left - width, width: height, height: width };
    case 180:
      return { left: frame.width - left - width, top: frame.height - top - height, width, height };
    case 270:
      return { left: frame.height - top - height, top: left, width: height, height: width };
  }
}

/** How many rows show `pages` pages. */
export function rowCount(pages: number, spread: Spread): number {
  return spread === 'two' ? Math.ceil(pages / 2) : pages;
}

/** The row, from 0, that holds a page, from 1. */
export function rowOf(page: number, spread: Spread): number {
  return spread === 'two' ? Math.floor((page - 1) / 2) : page - 1;
}

/** The pages of a row, from 0. */
export function pagesOfRow(row: number, pages: number, spread: Spread): readonly number[] {
  if (spread === 'one') return [row + 1];
  const first = row * 2 + 1;
  return first + 1 <= pages ? [first, first + 1] : [first];
}

/** Where the pages are scrolled to, in pixels. */
export interface Scrolled {
  readonly top: number;
  readonly height: number;
  readonly whole: number;
}

/** The row that is read: the one in the middle, but at the very beginning the first and at the very end the last. */
export function rowRead(scrolled: Scrolled, rows: number, middle: number): number {
  const { top, height, whole } = scrolled;
  if (top <= 1) return 0;
  return top + height >= whole - 1 ? rows - 1 : middle;
}

/** Where a row stands among all, in pixels. */
export interface Span {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/**
 * Where pages that got another size are to be scrolled to, so that what was read stays where it is. `heights` of the pane where the
 * pages grew or shrank: what stood in the middle of it, in the row `old`, then stands in the middle again. null where pages above
 * became known: the row at the top stays there. The very beginning stays the beginning.
 */
export function keptTop(
  top: number,
  old: Span,
  now: Span,
  heights: { readonly before: number; readonly after: number } | null,
): number {
  if (top <= 1) return top;
  if (heights === null) return now.start + Math.min(top - old.start, now.size);
  const share = old.size === 0 ? 0 : (top + heights.before / 2 - old.start) / old.size;
  return Math.max(0, now.start + share * now.size - heights.after / 2);
}

/** Space in pixels around and between the pages. */
export const pageGap = 14;
const margin = 24;

/** Fitting never makes a page larger than this, nor smaller than it can be told apart. */
const fitted = { least: 0.25, most: 1.6 };

/**
 * The zoom that a choice comes to. `pane` is in pixels, `size` the first page as turned, in points, `pixels` a point.
 * `whole`: a fitted page may fill the screen however large that makes it.
 */
export function zoomFor(
  choice: ZoomChoice,
  pane: PageSize,
  size: PageSize,
  spread: Spread,
  pixels: number,
  whole = false,
): number {
  if (typeof choice === 'number') return choice;
  const beside = spread === 'two' ? 2 : 1;
  const byWidth = (pane.width - 2 * margin - (beside - 1) * pageGap) / (size.width * beside * pixels);
  const byHeight = (pane.height - 2 * pageGap) / (size.height * pixels);
  const zoom = choice === 'page' ? Math.min(byWidth, byHeight) : byWidth;
  return Math.max(fitted.least, whole ? zoom : Math.min(fitted.most, zoom));
}
