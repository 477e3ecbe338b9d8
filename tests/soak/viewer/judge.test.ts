import { describe, expect, it } from 'vitest';
import type { Grey } from './compare';
import { comparedWith, judge, type Outcome } from './judge';
import { greyOfPpm } from './oracles';

const grey = (value: number, inked = 0): Grey => {
  const pixels = new Uint8Array(40 * 40).fill(value);
  pixels.fill(0, 0, inked);
  return { width: 40, height: 40, pixels };
};
const white = grey(255);
const square = grey(255, 400);

describe('a page beside those of others', () => {
  it('is alike when it is as poppler draws it, and nobody else is asked', () => {
    const compared = comparedWith(square, square, () => expect.unreachable('asked'));
    expect(compared).toMatchObject({ alike: true, blank: false });
  });

  it('is alike when poppler differs and MuPDF draws the same', () => {
    expect(comparedWith(square, grey(0), () => square).alike).toBe(true);
    expect(comparedWith(square, grey(0), () => white).alike).toBe(false);
    expect(comparedWith(square, grey(0), () => null).alike).toBe(false);
  });

  it('is blank when poppler shows ink and it shows none, whoever else shows none', () => {
    expect(comparedWith(white, square, () => white)).toMatchObject({ alike: true, blank: true });
    expect(comparedWith(white, white, () => null).blank).toBe(false);
  });
});

const drawn = (file: string, alike: boolean, blank = false): Outcome => ({
  ...{ file, kind: 'drawn', milliseconds: 5 },
  compared: { from: {}, alike, blank },
});

describe('a run', () => {
  const listed = new Map([['a.pdf', 'others are wrong']]);

  it('is well when nothing differs but what is listed, and says so of it', () => {
    const { well, told, numbers } = judge([drawn('x/a.pdf', false), drawn('b.pdf', true)], listed);
    expect(well).toBe(true);
    expect(told).toEqual([{ ...drawn('x/a.pdf', false), listed: 'others are wrong' }]);
    expect(numbers).toMatchObject({ files: 2, compared: 2, alike: 1, listed: 1 });
  });

  it('is not well when an unlisted page differs or is blank', () => {
    expect(judge([drawn('b.pdf', false)], listed).well).toBe(false);
    expect(judge([drawn('b.pdf', true, true)], listed).well).toBe(false);
  });

  it('is never well with a crash or a hang, listed or not', () => {
    for (const kind of ['hung', 'crashed'] as const)
      expect(judge([{ file: 'a.pdf', kind }], listed).well).toBe(false);
  });

  it('tells which listed pages are alike by now, and is well all the same', () => {
    const { well, mended } = judge([drawn('a.pdf', true)], listed);
    expect([well, mended]).toEqual([true, ['a.pdf']]);
  });

  it('tells what was refused, which is no fault', () => {
    const refused: Outcome = { file: 'c.pdf', kind: 'refused', reason: 'password' };
    expect(judge([refused], listed)).toMatchObject({ well: true, told: [refused] });
  });
});

describe('a picture of another program', () => {
  const ppm = (head: string, ...bytes: number[]): Buffer =>
    Buffer.concat([Buffer.from(head), Buffer.from(bytes)]);

  it('becomes greys', () => {
    const picture = greyOfPpm(ppm('P6\n2 1\n255\n', 255, 255, 255, 255, 0, 0), 2, 1);
    expect([...(picture?.pixels ?? [])]).toEqual([255, 76]);
  });

  it('of another size or kind is none', () => {
    expect(greyOfPpm(ppm('P6\n2 1\n255\n', 0, 0, 0, 0, 0, 0), 1, 2)).toBeNull();
    expect(greyOfPpm(ppm('P6\n2 1\n255\n', 0, 0, 0), 2, 1)).toBeNull();
    expect(greyOfPpm(ppm('P5\n1 1\n255\n', 0), 1, 1)).toBeNull();
  });
});
