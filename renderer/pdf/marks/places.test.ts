// Moving, resizing and hitting marks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyContent, type MarkContent } from './content';
import { boundsOf, copied, handlesOf, isHit, moved, resized } from './places';

const page = { width: 595, height: 842 };

function made(change: Partial<MarkContent>): MarkContent {
  const base = { page: 1, kind: 'rectangle', colour: 'red', layer: 'notes', at: { x: 100, y: 100 } } as const;
  return { ...emptyContent(base), ...change };
}

const rectangle = made({ box: [100, 100, 200, 150] });
const ink = made({ kind: 'ink', strokes: [[50, 50, 0.5, 100, 80, 0.9]], at: { x: 50, y: 50 } });
const arrow = made({ kind: 'arrow', strokes: [[10, 10, 60, 10]], at: { x: 10, y: 10 } });
const note = made({ kind: 'note' });
const far = fc.integer({ min: -2000, max: 2000 });

describe('a mark that is moved', () => {
  it('stays on its page with its size, however far it is pushed', () => {
    fc.assert(
      fc.property(fc.constantFrom(rectangle, ink, arrow, note), far, far, (mark, dx, dy) => {
        const [before, after] = [boundsOf(mark), boundsOf(moved(mark, dx, dy, page))];
        expect(after.left).toBeGreaterThanOrEqual(-0.01);
        expect(after.lower).toBeGreaterThanOrEqual(-0.01);
        expect(after.right).toBeLessThanOrEqual(page.width + 0.01);
        expect(after.upper).toBeLessThanOrEqual(page.height + 0.01);
        expect(after.right - after.left).toBeCloseTo(before.right - before.left, 1);
      }),
    );
  });

  it('keeps its pressures, and words that are marked stay where the words are', () => {
    expect(moved(ink, 5, -5, page).strokes).toEqual([[55, 45, 0.5, 105, 75, 0.9]]);
    const words = made({ kind: 'highlight', quads: [[10, 20, 50, 20, 10, 8, 50, 8]] });
    expect(moved(words, 30, 30, page)).toBe(words);
  });
});

describe('a mark that is resized', () => {
  it('stays on the page and never turns over', () => {
    const pair = fc
      .constantFrom(rectangle, ink)
      .chain((mark) => fc.record({ mark: fc.constant(mark), handle: fc.constantFrom(...handlesOf(mark)) }));
    fc.assert(
      fc.property(pair, far, far, ({ mark, handle }, dx, dy) => {
        const after = boundsOf(resized(mark, handle, dx, dy, page));
        expect(after.right - after.left).toBeGreaterThan(1);
        expect(after.upper - after.lower).toBeGreaterThan(1);
        expect(after.left).toBeGreaterThan(-5);
        expect(after.right).toBeLessThan(page.width + 5);
      }),
    );
  });

  it('with a picture keeps its proportions', () => {
    const picture = made({ kind: 'stamp', box: [100, 100, 200, 150], picture: 'a'.repeat(64) as never });
    const { left, right, lower, upper } = boundsOf(resized(picture, 'ne', 80, 0, page));
    expect((right - left) / (upper - lower)).toBeCloseTo(2);
    expect([left, lower]).toEqual([100, 100]);
  });

  it('as a line moves one end alone', () => {
    expect(resized(arrow, 'end', 5, 20, page).strokes).toEqual([[10, 10, 65, 30]]);
    expect(resized(arrow, 'start', -99, 0, page).strokes).toEqual([[0, 10, 60, 10]]);
  });
});

describe('a point', () => {
  it('hits the frame of a rectangle and not the words inside it', () => {
    expect(isHit(rectangle, { x: 101, y: 120 }, 3)).toBe(true);
    expect(isHit(rectangle, { x: 150, y: 125 }, 3)).toBe(false);
  });

  it('hits a stroke along its whole way, and an ellipse on its line', () => {
    expect(isHit(ink, { x: 75, y: 65 }, 2)).toBe(true);
    expect(isHit(ink, { x: 75, y: 78 }, 2)).toBe(false);
    const ellipse = made({ kind: 'ellipse', box: [100, 100, 200, 150] });
    expect(isHit(ellipse, { x: 150, y: 150 }, 2)).toBe(true);
    expect(isHit(ellipse, { x: 150, y: 125 }, 2)).toBe(false);
  });

  it('hits a note on its slip', () => {
    expect(isHit(note, { x: 110, y: 110 }, 2)).toBe(true);
    expect(isHit(note, { x: 130, y: 110 }, 2)).toBe(false);
  });
});

it('a copy lies beside its original, or at the same place of another page, and answers nobody', () => {
  expect(boundsOf(copied(rectangle, 1, page)).left).toBe(114);
  expect(copied({ ...note, replyTo: 'x' }, 3, page)).toMatchObject({ page: 3, at: note.at, replyTo: null });
});
