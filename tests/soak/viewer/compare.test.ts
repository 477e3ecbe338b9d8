import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apart, blocksOf, type Grey } from './compare';

const white = (width: number, height: number): Grey => ({
  ...{ width, height, pixels: new Uint8Array(width * height).fill(255) },
});

function withSquare(grey: Grey, x: number, y: number, side: number): Grey {
  const pixels = Uint8Array.from(grey.pixels);
  for (let row = y; row < y + side; row += 1)
    pixels.fill(0, row * grey.width + x, row * grey.width + x + side);
  return { ...grey, pixels };
}

const picture = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .chain(([width, height]) =>
    fc.uint8Array({ minLength: width * height, maxLength: width * height }).map((pixels) => ({
      ...{ width, height, pixels },
    })),
  );

describe('two pictures of a page', () => {
  it('that are one are not apart', () => {
    fc.assert(
      fc.property(picture, (one) => {
        const { mean, share, ink } = apart(one, one);
        expect([mean, share]).toEqual([0, 0]);
        expect(ink[0]).toBe(ink[1]);
      }),
    );
  });

  it('are as far apart whichever comes first, and never more than wholly', () => {
    fc.assert(
      fc.property(picture, fc.nat(255), (one, grey) => {
        const other = { ...one, pixels: new Uint8Array(one.pixels.length).fill(grey) };
        const [there, back] = [apart(one, other), apart(other, one)];
        expect(there.mean).toBeCloseTo(back.mean, 6);
        expect(there.share).toBe(back.share);
        expect(there.mean).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of two sizes are refused', () => {
    expect(() => apart(white(8, 8), white(8, 9))).toThrow('two sizes');
  });

  it('tell how much of the page differs and where ink stands', () => {
    const blank = white(40, 40);
    const inked = withSquare(blank, 0, 0, 20);
    const { mean, share, ink } = apart(inked, blank);
    expect(share).toBeCloseTo(0.25);
    expect(mean).toBeCloseTo(0.25);
    expect(ink).toEqual([0.25, 0]);
  });

  it('tell what stands alone in one of them, and not what stands a little aside', () => {
    const blank = white(60, 60);
    const here = withSquare(blank, 20, 20, 8);
    expect(apart(here, blank).alone).toBeCloseTo(4 / 225);
    expect(apart(blank, here).alone).toBeCloseTo(4 / 225);
    expect(apart(here, withSquare(blank, 23, 20, 8)).alone).toBe(0);
    expect(apart(here, withSquare(blank, 44, 20, 8)).alone).toBeCloseTo(8 / 225);
  });

  it('do not differ by one pixel of the edge of a letter', () => {
    const letter = withSquare(white(40, 40), 8, 8, 8);
    const edge = { ...letter, pixels: Uint8Array.from(letter.pixels) };
    for (let row = 8; row < 16; row += 4) edge.pixels[row * 40 + 16] = 0;
    expect(apart(letter, edge).share).toBe(0);
  });

  it('whose sides are no multiple of a block count what is there', () => {
    expect([...blocksOf(white(5, 6))]).toEqual([1, 1, 1, 1]);
    expect(blocksOf(withSquare(white(5, 5), 4, 4, 1))[3]).toBe(0);
  });
});
