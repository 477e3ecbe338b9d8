import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFolded, foldMarks } from '../i18n/folding';
import { joinItems, partsOf } from './find';
import { boxOf, keepInside, mergeLines, quadOf } from './geometry';
import { chunkSize, firstAsked, largestRange, splitRange } from './ranges';
import { nextZoom, zoomSteps } from './toolbar';

describe('what a file is asked for first', () => {
  it('is its beginning and its last chunk, both as pdf.js cuts them, and nothing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1 << 26 }), (size) => {
        const { head, tail } = firstAsked(size);
        expect(head).toEqual([0, Math.min(size, chunkSize)]);
        if (size <= chunkSize) {
          expect(tail).toBeNull();
          return;
        }
        const [begin = 0, end = 0] = tail ?? [];
        expect([begin % chunkSize, end]).toEqual([0, size]);
        expect(end - begin).toBeGreaterThan(0);
        expect(end - begin).toBeLessThanOrEqual(chunkSize);
        expect(begin).toBeGreaterThanOrEqual(chunkSize);
      }),
    );
  });
});

describe('ranges', () => {
  it('cover the asked bytes once, in pieces that main answers', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5e7 }), fc.nat({ max: 5e6 }), (begin, length) => {
        const pieces = splitRange(begin, begin + length);
        expect(pieces.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(length);
        pieces.forEach(([from, to], index) => {
          expect(to - from).toBeLessThanOrEqual(largestRange);
          expect(from).toBe(index === 0 ? begin : pieces[index - 1]?.[1]);
        });
      }),
    );
  });
});

describe('geometry', () => {
  it('gives the box back that a quad was made of', () => {
    const size = fc.double({ min: 1, max: 500, noNaN: true });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.double({ min: 0.4, max: 4, noNaN: true }),
        (left, top, width, height, scale) => {
          const box = { left, top, width, height };
          const back = boxOf(quadOf(box, 842, scale), 842, scale);
          for (const side of ['left', 'top', 'width', 'height'] as const) {
            expect(Math.abs(back[side] - box[side])).toBeLessThan(0.03 * scale + 1e-6);
          }
        },
      ),
    );
  });

  it('puts the upper left of the page at its full height in points', () => {
    expect(quadOf({ left: 0, top: 0, width: 10, height: 5 }, 842, 1)).toEqual([
      0, 842, 10, 842, 0, 837, 10, 837,
    ]);
  });

  it('merges the pieces of a line and keeps lines apart', () => {
    const merged = mergeLines([
      { left: 50, top: 10, width: 40, height: 12 },
      { left: 10, top: 10.5, width: 39, height: 12 },
      { left: 10, top: 30, width: 80, height: 12 },
      { left: 95, top: 30, width: 0, height: 12 },
    ]);
    expect(merged).toHaveLength(2);
    expect(merged[0]).toMatchObject({ left: 10, width: 80 });
  });

  it('keeps a place inside its page, whatever is asked', () => {
    const any = fc.double({ min: -2000, max: 2000, noNaN: true });
    fc.assert(
      fc.property(any, any, (x, y) => {
        const kept = keepInside({ x, y, width: 102, height: 102, page: 1 }, { width: 595, height: 842 });
        expect(kept.x).toBeGreaterThanOrEqual(0);
        expect(kept.y).toBeGreaterThanOrEqual(0);
        expect(kept.x + kept.width).toBeLessThanOrEqual(595.01);
        expect(kept.y + kept.height).toBeLessThanOrEqual(842.01);
        expect(kept.page).toBe(1);
      }),
    );
  });
});

describe('find', () => {
  it('joins items, with a blank after a line, and gives the parts of a hit back', () => {
    const joined = joinItems([
      { str: 'văn bản', hasEOL: true },
      { str: 'điện', hasEOL: false },
      { str: ' tử', hasEOL: false },
    ]);
    expect(joined.text).toBe('văn bản điện tử');
    expect(partsOf(joined, 4, 12)).toEqual([
      { item: 0, from: 4, to: 8 },
      { item: 1, from: 0, to: 4 },
    ]);
  });

  it('marks what reads as the words sought, whatever the form of the letters and the cutting into pieces', () => {
    const bare = (text: string): string => foldMarks(text).replace(/\s+/g, '');
    const letters = fc.string({ unit: fc.constantFrom(...'aăâbdđeêiomnoôơuưáảẫặếệìỉộợủựỷ '), maxLength: 40 });
    const cuts = fc.array(fc.record({ length: fc.integer({ min: 1, max: 5 }), hasEOL: fc.boolean() }));
    fc.assert(
      fc.property(letters, fc.constantFrom('NFC', 'NFD'), cuts, fc.nat(40), (text, form, lengths, from) => {
        const whole = text.normalize(form);
        let at = 0;
        const items = [...lengths, { length: whole.length, hasEOL: false }].map(({ length, hasEOL }) => {
          const str = whole.slice(at, at + length);
          at += length;
          return { str, hasEOL };
        });
        const joined = joinItems(items);
        const query = text.slice(from, from + 4);
        for (const { start, end } of findFolded(joined.text, query)) {
          const marked = partsOf(joined, start, end).map((part) =>
            items[part.item]?.str.slice(part.from, part.to),
          );
          expect(bare(marked.join(''))).toBe(bare(query));
        }
      }),
    );
  });

  it('marks the word itself where its letters are taken apart, also when a piece begins with a mark', () => {
    const [head, tail] = ['Quyết định về việc bổ', ' nhiệm'].map((part) => part.normalize('NFD'));
    const at = (head ?? '').length - 1;
    const items = [head?.slice(0, at), `${head?.slice(at)}${tail}`].map((str = '') => ({ str }));
    const joined = joinItems(items);
    const [hit] = findFolded(joined.text, 'bổ nhiệm');
    const parts = partsOf(joined, hit?.start ?? 0, hit?.end ?? 0);
    expect(
      parts
        .map((part) => items[part.item]?.str.slice(part.from, part.to))
        .join('')
        .normalize(),
    ).toBe('bổ nhiệm');
  });
});

describe('zoom', () => {
  it('goes to the next step and stops at the ends', () => {
    expect(nextZoom(0.61, 1)).toBe(0.67);
    expect(nextZoom(1, 1)).toBe(1.1);
    expect(nextZoom(1, -1)).toBe(0.9);
    expect(nextZoom(zoomSteps[zoomSteps.length - 1] ?? 4, 1)).toBe(4);
  });
});
