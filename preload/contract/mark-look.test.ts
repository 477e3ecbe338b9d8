// The lines and numbers that screen and paper share.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrowWings, markLines, markLook, penWidth, wrapMarkText } from './mark-look';

/** Every letter is one wide. */
const letters = (text: string): number => [...text].length;

describe('words in a box', () => {
  it('break at blanks and keep their own line breaks', () => {
    expect(wrapMarkText('Chuyển phòng Nội vụ\n\nxem', 12, letters)).toEqual([
      'Chuyển phòng',
      'Nội vụ',
      '',
      'xem',
    ]);
  });

  it('never leave a line wider than the box, nor lose a letter', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (text, width) => {
        const lines = wrapMarkText(text, width, letters);
        for (const line of lines) expect(letters(line)).toBeLessThanOrEqual(width);
        const bare = (value: string): string => value.normalize('NFC').replace(/\s/g, '');
        expect(bare(lines.join(''))).toBe(bare(text));
      }),
    );
  });

  it('stand at the top of a text and in the middle of a stamp, and make a small box higher', () => {
    const text = markLines('text', 2, 100);
    expect(text.height).toBe(100);
    expect(text.baselines[0]).toBe(markLook.padding + markLook.text);
    const stamp = markLines('stamp', 1, 40);
    expect(stamp.baselines[0]).toBeGreaterThan(20);
    expect(stamp.baselines[0]).toBeLessThan(30);
    expect(markLines('stamp', 3, 10).height).toBeCloseTo(3 * 13 * 1.35 + 6);
  });
});

it('a pen writes from half to one and a half of its width', () => {
  expect([penWidth(-1), penWidth(0.5), penWidth(9)]).toEqual([0.8, 1.6, 2.4000000000000004]);
});

it('the wings of an arrow lie behind its point, one on each side', () => {
  const [one, other] = arrowWings({ x: 0, y: 0 }, { x: 50, y: 0 });
  expect(one.x).toBeCloseTo(other.x);
  expect(one.x).toBeLessThan(50);
  expect(one.y).toBeCloseTo(-other.y);
  expect(Math.hypot(50 - one.x, one.y)).toBeCloseTo(markLook.arrowHead);
});
