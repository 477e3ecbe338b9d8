import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  pagesOfRow,
  rowCount,
  rowOf,
  rowRead,
  type Turn,
  turnedBy,
  turnedSize,
  unturnedBox,
  zoomFor,
} from './layout';

const turns: readonly Turn[] = [0, 90, 180, 270];

/** Where a point of the page as it is not turned stands on the turned screen. */
function onScreen(x: number, y: number, size: { width: number; height: number }, turn: Turn) {
  if (turn === 90) return { x: size.height - y, y: x };
  if (turn === 180) return { x: size.width - x, y: size.height - y };
  if (turn === 270) return { x: y, y: size.width - x };
  return { x, y };
}

describe('turned pages', () => {
  it('a box chosen on a turned page is the box of the page itself', () => {
    const side = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...turns), side, side, side, side, (turn, left, top, width, height) => {
        const size = { width: 900, height: 1200 };
        const one = onScreen(left, top, size, turn);
        const other = onScreen(left + width, top + height, size, turn);
        const seen = {
          left: Math.min(one.x, other.x),
          top: Math.min(one.y, other.y),
          width: Math.abs(one.x - other.x),
          height: Math.abs(one.y - other.y),
        };
        expect(unturnedBox(seen, turnedSize(size, turn), turn)).toEqual({ left, top, width, height });
      }),
    );
  });

  it('four quarter turns either way bring a page back', () => {
    for (const by of [1, -1] as const) {
      let turn: Turn = 0;
      for (let step = 0; step < 4; step += 1) turn = turnedBy(turn, by);
      expect(turn).toBe(0);
    }
  });
});

describe('rows of pages', () => {
  it('every page stands in exactly one row, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('one' as const, 'two' as const),
        (pages, spread) => {
          const rows = Array.from({ length: rowCount(pages, spread) }, (_, row) =>
            pagesOfRow(row, pages, spread),
          );
          expect(rows.flat()).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
          rows.forEach((row, index) => {
            for (const page of row) expect(rowOf(page, spread)).toBe(index);
          });
        },
      ),
    );
  });
});

describe('zoom', () => {
  const pane = { width: 1000, height: 700 };
  const page = { width: 595, height: 842 };
  it('fitting a page shows all of it; fitting the width fills the pane', () => {
    const whole = zoomFor('page', pane, page, 'one', 1);
    expect(page.height * whole).toBeLessThanOrEqual(pane.height);
    expect(page.width * zoomFor('width', pane, page, 'one', 1)).toBeCloseTo(952, 5);
    expect(2 * page.width * zoomFor('width', pane, page, 'two', 1)).toBeLessThanOrEqual(pane.width);
  });
  it('a small page is not blown up in the pane, but fills the screen of a presentation', () => {
    const stamp = { width: 50, height: 50 };
    expect(zoomFor('page', pane, stamp, 'one', 1)).toBe(1.6);
    expect(zoomFor('page', pane, stamp, 'one', 1, true)).toBeGreaterThan(10);
  });
});

describe('the row that is read', () => {
  const whole = 1000;
  const height = 400;

  it('is the first at the very beginning and the last at the very end, however many are seen', () => {
    expect(rowRead({ top: 0, height, whole }, 10, 2)).toBe(0);
    expect(rowRead({ top: 600, height, whole }, 10, 7)).toBe(9);
    expect(rowRead({ top: 599.5, height, whole }, 10, 7)).toBe(9);
    expect(rowRead({ top: 0, height, whole: 300 }, 2, 1)).toBe(0);
  });

  it('is the one in the middle everywhere else', () => {
    expect(rowRead({ top: 50, height, whole }, 10, 2)).toBe(2);
    expect(rowRead({ top: 500, height, whole }, 10, 7)).toBe(7);
  });
});
