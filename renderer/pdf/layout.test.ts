import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keptTop,
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

describe('pages that get another size', () => {
  const pane = 700;
  /** Rows of one height with a gap, as the view stands them. */
  const row = (index: number, size: number) => ({ index, start: 14 + index * (size + 14), size });

  it('keep in the middle what stood there, whatever the zoom', () => {
    const index = fc.integer({ min: 0, max: 400 });
    const height = fc.integer({ min: 200, max: 3000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(index, height, height, share, (at, before, after, where) => {
        const [old, now] = [row(at, before), row(at, after)];
        const top = old.start + where * before - pane / 2;
        fc.pre(top > 1);
        const to = keptTop(top, old, now, { before: pane, after: pane });
        fc.pre(to > 0);
        expect((to + pane / 2 - now.start) / now.size).toBeCloseTo(where, 6);
      }),
    );
  });

  it('keep their beginning at the top, and a pane that grew shows the same in its middle', () => {
    expect(keptTop(0, row(0, 900), row(0, 1400), { before: pane, after: pane })).toBe(0);
    const old = row(6, 900);
    const middle = old.start + 450;
    expect(keptTop(middle - 350, old, old, { before: 700, after: 500 })).toBe(middle - 250);
  });

  it('keep the row at the top there when a page above turns out larger or smaller', () => {
    const old = { index: 5, start: 4000, size: 900 };
    expect(keptTop(4300, old, { ...old, start: 5200 }, null)).toBe(5500);
    expect(keptTop(4300, old, { ...old, start: 3100 }, null)).toBe(3400);
    // Less of it than was scrolled past: its end, not the page after it.
    expect(keptTop(4800, old, { ...old, size: 300 }, null)).toBe(4300);
  });
});
