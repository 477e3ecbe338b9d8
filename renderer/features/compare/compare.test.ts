import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBeside } from './align';
import { comparedWords } from './compared-words';
import { diffWords, type Run } from './diff';
import { inOrder, pageDifferences, pictureDifferences, pictureStanding } from './differences';
import { withoutPageNumbers } from './page-numbers';
import { linesOfPage, type PageWord, type TextPiece } from './page-words';
import { changedBoxes } from './pictures';
import { wordKey } from './word-key';

const few = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
const many = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), { maxLength: 60 });

const equalPairs = (runs: readonly Run[]): number =>
  runs.reduce((sum, run) => sum + (run.same ? run.left[1] - run.left[0] : 0), 0);

/** The length of the longest common row, the plain way. */
function common(left: readonly string[], right: readonly string[]): number {
  const row = new Array<number>(right.length + 1).fill(0);
  for (const one of left) {
    let before = 0;
    right.forEach((other, at) => {
      const above = row[at + 1] ?? 0;
      row[at + 1] = one === other ? before + 1 : Math.max(above, row[at] ?? 0);
      before = above;
    });
  }
  return row[right.length] ?? 0;
}

describe('rows of words', () => {
  it('are tiled by runs that take turns; equal runs hold the same words', () => {
    fc.assert(
      fc.property(many, many, (left, right) => {
        let [l, r] = [0, 0];
        let before: boolean | null = null;
        for (const run of diffWords(left, right)) {
          expect([run.left[0], run.right[0]]).toEqual([l, r]);
          expect(run.same).not.toBe(before);
          expect(run.left[1] - run.left[0] + run.right[1] - run.right[0]).toBeGreaterThan(0);
          if (run.same) expect(left.slice(...run.left)).toEqual(right.slice(...run.right));
          [l, r, before] = [run.left[1], run.right[1], run.same];
        }
        expect([l, r]).toEqual([left.length, right.length]);
      }),
    );
  });

  it('share as many words as can be, whichever side is the later', () => {
    fc.assert(
      fc.property(few, few, (left, right) => {
        expect(equalPairs(diffWords(left, right))).toBe(common(left, right));
        expect(equalPairs(diffWords(right, left))).toBe(common(left, right));
      }),
    );
  });

  it('that are the same have no difference', () => {
    fc.assert(
      fc.property(many, (words) => {
        expect(diffWords(words, words).filter((run) => !run.same)).toEqual([]);
      }),
    );
  });

  it('tell exactly the words that were put in', () => {
    fc.assert(
      fc.property(
        many,
        fc.nat(60),
        fc.array(fc.constantFrom('1', '2', '3'), { minLength: 1 }),
        (words, at, put) => {
          const place = Math.min(at, words.length);
          const later = [...words.slice(0, place), ...put, ...words.slice(place)];
          const changed = diffWords(words, later).filter((run) => !run.same);
          expect(changed).toEqual([
            { same: false, left: [place, place], right: [place, place + put.length] },
          ]);
        },
      ),
    );
  });

  it('far too long to be compared pair by pair still tell one word of ten thousand', () => {
    const words = Array.from({ length: 10_000 }, (_, at) => (at % 7 === 0 ? `mục ${at}` : 'và'));
    const put = new Map([
      [2, 'cùng'],
      [5_001, 'hoặc'],
      [9_995, 'với'],
    ]);
    const later = words.map((word, at) => put.get(at) ?? word);
    const changed = diffWords(words, later).filter((run) => !run.same);
    expect(changed.map(({ right }) => right[0])).toEqual([2, 5_001, 9_995]);
  });

  it('far too long and without a word that stands once are compared by longer rows', () => {
    let state = 7;
    const words = Array.from({ length: 9_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return String(state % 97);
    });
    const later = ['x', ...words.slice(0, 4_000), 'y', ...words.slice(4_000), 'z'];
    const changed = diffWords(words, later).filter((run) => !run.same);
    expect(changed.reduce((sum, run) => sum + run.right[1] - run.right[0], 0)).toBe(3);
  });
});

describe('a word', () => {
  it('is the same however its letters are composed and wherever its tone stands', () => {
    expect(wordKey('hòa')).toBe(wordKey('hoà'));
    expect(wordKey('Thủy'.normalize('NFD'))).toBe(wordKey('Thuỷ'));
    expect(wordKey('nghiệp'.normalize('NFD'))).toBe(wordKey('nghiệp'));
    expect(wordKey('ﬁ')).toBe(wordKey('fi'));
    expect(wordKey('ＵＢＮＤ１')).toBe(wordKey('UBND1'));
    expect(wordKey('Ⅳ…')).toBe(wordKey('IV...'));
  });

  it('with a raised or lowered digit or a fraction is another one than with the plain digits', () => {
    const words = ['10²', '102', '10₂', '1½', '11⁄2', '11/2', 'm³', 'm3', '①', '1', '1º', '1o'];
    expect(new Set(words.map(wordKey)).size).toBe(words.length);
  });

  it('is another word with another tone, mark, case, number or stop', () => {
    const words = ['bán', 'bàn', 'bạn', 'ban', 'bân', 'Bán', 'bán.', '1', '7', 'đo', 'do', 'ơn', 'on'];
    expect(new Set(words.map(wordKey)).size).toBe(words.length);
  });

  it('has one key for all its compositions', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ăâđêôơưaeiouybc', '\u0301', '\u0323') }), (word) => {
        expect(wordKey(word.normalize('NFC'))).toBe(wordKey(word.normalize('NFD')));
      }),
    );
  });
});

/** 12 points high letters of 6 points each on a page 100 points high, whose own space has its origin below. */
const toPage = [1, 0, 0, -1, 0, 100];
const piece = (str: string, x: number, y: number, hasEOL = false): TextPiece => ({
  ...{ str, width: str.length * 6, transform: [12, 0, 0, 12, x, y], hasEOL },
});
const linesOf = (pieces: readonly TextPiece[]) => linesOfPage(pieces, toPage, (text) => text.length);
const read = (pieces: readonly TextPiece[]): PageWord[] => linesOf(pieces).flat();

describe('words of a page', () => {
  it('stand where their share of the piece stands', () => {
    const [first, second] = read([piece('Kính gửi', 10, 50, true)]);
    expect([first?.text, second?.text]).toEqual(['Kính', 'gửi']);
    expect(second?.boxes[0]?.left).toBeCloseTo(10 + 5 * 6);
    expect(second?.boxes[0]?.width).toBeCloseTo(18);
    expect(first?.boxes[0]?.top).toBeCloseTo(50 - 12 * 0.82);
  });

  it('go on over pieces that touch and end with a blank or a line', () => {
    expect(
      read([piece('Quy', 0, 50), piece('ết', 18, 50), piece(' ', 30, 50), piece('định', 36, 50)]).map(
        ({ text }) => text,
      ),
    ).toEqual(['Quyết', 'định']);
    expect(read([piece('Điều', 0, 50, true), piece('1.', 0, 30)]).map(({ text }) => text)).toEqual([
      'Điều',
      '1.',
    ]);
    const [broken] = read([piece('ph', 0, 50), piece('áp', 12, 50)]);
    expect(broken?.boxes.length).toBe(2);
  });

  it('keep a box around a line that stands upright', () => {
    const upright: TextPiece = { str: 'ab', width: 12, transform: [0, 12, -12, 0, 50, 20], hasEOL: true };
    const box = read([upright])[0]?.boxes[0];
    expect((box?.height ?? 0) > (box?.width ?? 0) * 0.9).toBe(true);
    expect(box?.top).toBeCloseTo(100 - 32);
  });
});

/** The words that are compared of a file, page by page, out of its lines. */
const comparedOf = (pages: readonly (readonly string[])[]): string[] =>
  withoutPageNumbers(
    pages.map((lines) => linesOf(lines.map((line, at) => piece(line, 0, 95 - at, true)))),
  ).map((words) => words.map(({ text }) => text).join(' '));

describe('words of a file', () => {
  it('are without the numbers of its pages, above or below, and with any other number', () => {
    expect(comparedOf([['Số 12'], ['- 2 -', 'Số 12', '2'], ['Điều 3', '– 3 –']])).toEqual([
      'Số 12',
      'Số 12',
      'Điều 3',
    ]);
    expect(comparedOf([['1']])).toEqual(['1']);
  });

  it('keep the figure that ends a table, however like a page number it stands', () => {
    const table = (last: string) => [
      ['Tổng cộng', last],
      ['Nơi nhận', '2'],
      ['Phụ lục', '3'],
    ];
    expect(comparedOf(table('150'))[0]).toBe('Tổng cộng 150');
    expect(comparedOf([['Tổng cộng', '150']])).toEqual(['Tổng cộng 150']);
    const [left = [], right = []] = ['150', '950'].map((last) =>
      withoutPageNumbers(
        table(last).map((lines) => linesOf(lines.map((line, at) => piece(line, 0, 95 - at, true)))),
      ),
    );
    const { differences } = comparedWords(left, right);
    expect(differences.map((one) => [one.left.words, one.right.words])).toEqual([['150', '950']]);
  });

  it('are without numbers that go on from another file, and with those that only look so on a page', () => {
    const pages = [
      ['a', '41'],
      ['b', '42'],
      ['c', '150'],
      ['d', '44'],
    ];
    expect(comparedOf(pages)).toEqual(['a', 'b', 'c 150', 'd']);
    expect(comparedOf(pages.slice(0, 2))).toEqual(['a 41', 'b 42']);
  });

  it('have every figure that differs from the number of its page, wherever the pages are counted from', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 3, max: 8 }),
        fc.nat(7),
        fc.integer({ min: 100, max: 9999 }),
        (ahead, count, at, figure) => {
          const odd = at % count;
          const pages = Array.from({ length: count }, (_, page) => ['Bảng', String(page + 1 + ahead)]);
          const shown = pages.map((lines, page) =>
            page === odd ? [...lines.slice(0, 1), `${figure}`] : lines,
          );
          const words = comparedOf(shown);
          expect(words[odd]).toBe(`Bảng ${figure}`);
        },
      ),
    );
  });
});

const pagesOf = (texts: readonly string[]): PageWord[][] =>
  texts.map((text) => read(text === '' ? [] : [piece(text, 0, 50, true)]));

const compared = (left: readonly string[], right: readonly string[]) =>
  comparedWords(pagesOf(left), pagesOf(right));

describe('pages', () => {
  it('stand together by their words when one was put in between', () => {
    const { pairs } = compared(['một hai ba', 'bốn năm sáu'], ['một hai ba', 'mới tinh', 'bốn năm sáu']);
    expect(pairs).toEqual([
      { left: 1, right: 1 },
      { left: null, right: 2 },
      { left: 2, right: 3 },
    ]);
  });

  it('without words stand together, before one that is alone', () => {
    const { pairs } = compared(['', 'một hai', ''], ['', 'một hai', '', '']);
    expect(pairs.slice(0, 2)).toEqual([
      { left: 1, right: 1 },
      { left: 2, right: 2 },
    ]);
    expect(pairs.filter(({ left, right }) => left === 3 && right !== null).length).toBe(1);
  });

  it('are each told once, in order, whatever the words', () => {
    const page = fc.constantFrom('', 'một', 'hai ba', 'bốn năm sáu', 'bảy');
    fc.assert(
      fc.property(fc.array(page, { maxLength: 6 }), fc.array(page, { maxLength: 6 }), (left, right) => {
        const { pairs } = compared(left, right);
        const of = (side: 'left' | 'right') =>
          pairs.map((pair) => pair[side]).filter((number) => number !== null);
        expect(of('left')).toEqual(left.map((_, at) => at + 1));
        expect(of('right')).toEqual(right.map((_, at) => at + 1));
      }),
    );
  });

  it('move together; a page that is alone holds the other file where it was', () => {
    const pairs = [
      { left: 1, right: 1 },
      { left: null, right: 2 },
      { left: 2, right: 3 },
    ];
    expect(placeBeside(pairs, 'left', { page: 2, share: 0.4 })).toEqual({ page: 3, share: 0.4 });
    expect(placeBeside(pairs, 'right', { page: 2, share: 0.4 })).toEqual({ page: 1, share: 1 });
    expect(placeBeside(pairs, 'right', { page: 3, share: 0.1 })).toEqual({ page: 2, share: 0.1 });
  });
});

describe('differences of words', () => {
  it('tell what became of which words, with their places on both sides', () => {
    const { differences } = compared(['trước ngày 20 tháng 5'], ['trước ngày 25 tháng 5']);
    expect(differences).toHaveLength(1);
    const [one] = differences;
    expect([one?.kind, one?.left.words, one?.right.words]).toEqual(['changed', '20', '25']);
    expect(one?.left.spots[0]?.boxes[0]?.left).toBeCloseTo(11 * 6);
  });

  it('tell where words are missing on the side that has none', () => {
    const { differences } = compared(['một hai', 'ba bốn'], ['một hai', 'ba rưỡi bốn']);
    expect(differences.map(({ kind, left }) => [kind, left.page, left.spots.length])).toEqual([
      ['added', 2, 0],
    ]);
  });

  it('are put in order with those of pictures and pages', () => {
    const pages = pageDifferences(
      [
        { left: 1, right: 1 },
        { left: null, right: 2 },
      ],
      () => false,
    );
    expect(pages.map(({ kind, right }) => [kind, right.page])).toEqual([['page-added', 2]]);
    const size = { width: 100, height: 200 };
    const pictures = pictureDifferences(
      { left: 1, right: 1 },
      [{ left: 0.5, top: 0.5, width: 0.1, height: 0.1 }],
      {
        ...{ left: size, right: size },
      },
    );
    expect(pictures[0]?.left.spots[0]?.boxes[0]).toEqual({ left: 50, top: 100, width: 10, height: 20 });
    expect(inOrder([...pages, ...pictures]).map(({ kind }) => kind)).toEqual(['picture', 'page-added']);
  });
});

describe('pictures of two pages', () => {
  const white = (width: number, height: number) => ({
    width,
    height,
    pixels: new Uint8Array(width * height).fill(255),
  });

  it('are compared where no word moved, and not where one did', () => {
    const [page = []] = pagesOf(['Số 12 ngày']);
    const [moved = []] = [read([piece('Số 12 ngày', 9, 50, true)])];
    expect(pictureStanding(page, page)).toBe('compare');
    expect(pictureStanding([], [])).toBe('compare');
    expect(pictureStanding(page, moved)).toBe('words-moved');
    expect(pictureStanding(page, [])).toBe('words-moved');
  });

  it('that are alike have no box; a square that was put in has one around it', () => {
    const [one, other] = [white(160, 240), white(160, 240)];
    expect(changedBoxes(one, other)).toEqual([]);
    for (let y = 80; y < 112; y += 1) other.pixels.fill(0, y * 160 + 40, y * 160 + 72);
    const boxes = changedBoxes(one, other);
    expect(boxes).toHaveLength(1);
    expect(boxes[0]?.left).toBeCloseTo(40 / 160);
    expect(boxes[0]?.top).toBeCloseTo(80 / 240);
    expect(boxes[0]?.width).toBeCloseTo(32 / 160);
  });

  it('keep differences apart that are apart, and take too many as the whole page', () => {
    const [one, other] = [white(800, 800), white(800, 800)];
    const square = (x: number, y: number): void => {
      for (let row = y; row < y + 8; row += 1) other.pixels.fill(0, row * 800 + x, row * 800 + x + 8);
    };
    square(80, 80);
    square(400, 400);
    expect(changedBoxes(one, other)).toHaveLength(2);
    for (let y = 0; y < 800; y += 80) for (let x = 0; x < 800; x += 80) square(x, y);
    expect(changedBoxes(one, other)).toEqual([{ left: 0, top: 0, width: 1, height: 1 }]);
  });

  it('do not differ by the grain of their drawing', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 240, max: 255 })), (grain) => {
        const [one, other] = [white(64, 64), white(64, 64)];
        for (let at = 0; at < other.pixels.length; at += 1) other.pixels[at] = grain.next().value ?? 255;
        expect(changedBoxes(one, other)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
