import { describe, expect, it } from 'vitest';
import { leaderPlace, numberBlanks, numberPlace, numberValues, numberWords, sealPlace } from './places';
import { linesOf, type TextPiece } from './text-segments';

const size = [{ page: 1, width: 595.3, height: 841.9 }];
const piece = (text: string, x: number, y: number, width = text.length * 6): TextPiece => ({
  page: 1,
  text,
  x,
  y,
  width,
  height: 13,
});

const letter = [
  piece('UBND TỈNH LẠNG SƠN', 85, 770),
  piece('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 290, 770),
  piece('Số:          /UBND-VX', 110, 740, 120),
  piece('Lạng Sơn, ngày      tháng      năm 2026', 320, 725, 200),
  piece('Kính gửi: Bộ Tài chính', 200, 690),
  piece('Nơi nhận:', 85, 300),
  piece('TM. ỦY BAN NHÂN DÂN', 350, 300, 150),
  piece('CHỦ TỊCH', 390, 284, 70),
  piece('- Như trên;', 85, 284),
  piece('Trần Thị Bình', 385, 190, 80),
  piece('- Lưu: VT, VX.', 85, 190),
];

describe('the place of the leader’s signature', () => {
  it('is centred between the position and the full name', () => {
    const { placement, found } = leaderPlace(linesOf(letter), size);
    expect(found).toBe(true);
    expect(placement.x + placement.width / 2).toBeCloseTo(425, 0);
    expect(placement.y).toBeGreaterThanOrEqual(203);
    expect(placement.y + placement.height).toBeLessThanOrEqual(284);
  });

  it('is said to be a guess when the page shows no such room', () => {
    const { placement, found } = leaderPlace(linesOf([piece('Bảng số liệu', 85, 700)]), size);
    expect(found).toBe(false);
    expect(placement.x).toBeGreaterThan(250);
    expect(placement.x + placement.width).toBeLessThanOrEqual(595.3);
  });
});

describe('the place of the seal', () => {
  it('covers a third of the signature from its left, 36 mm wide, level with it', () => {
    const leader = leaderPlace(linesOf(letter), size);
    const { placement } = sealPlace(leader, size);
    expect(placement.width).toBeCloseTo(102.05, 1);
    const overlap = placement.x + placement.width - leader.placement.x;
    expect(overlap).toBeCloseTo(leader.placement.width / 3, 5);
    expect(placement.y + placement.height / 2).toBeCloseTo(
      leader.placement.y + leader.placement.height / 2,
      5,
    );
  });
});

describe('number and date', () => {
  const wordsOf = (pieces: readonly TextPiece[], number: number, date: string) =>
    numberWords(numberBlanks(linesOf(pieces)), numberValues(number, date));

  it('stand in the gaps of the first page, with the leading zeros of NĐ 30', () => {
    const words = wordsOf(letter, 7, '2026-02-05');
    expect(words.map((word) => word.text)).toEqual(['07', '05', '02']);
    const [number, day, month] = words;
    expect(number?.x).toBeGreaterThan(125);
    expect(number?.x).toBeLessThan(185);
    expect(day?.x).toBeLessThan(month?.x ?? 0);
    expect(wordsOf(letter, 318, '2026-11-20').map((word) => word.text)).toEqual(['318', '20', '11']);
  });

  it('are not written over what the page already has', () => {
    const done = letter.map((one) => (one.text.startsWith('Số:') ? { ...one, text: 'Số: 12/UBND-VX' } : one));
    expect(wordsOf(done, 12, '2026-11-20').map((word) => word.text)).toEqual(['20', '11']);
  });

  it('keep clear of the words around a blank, whose letters are wider than blanks are', () => {
    // "Số:" and ten blanks measure 14 + 33 of 120 points; each word of the line lies where the font puts it.
    const [blank] = numberBlanks(linesOf([piece('Số:          /UBND-VX', 110, 740, 105)]));
    expect(blank?.x).toBeGreaterThan(124);
    expect(blank?.x).toBeLessThan(132);
    expect(blank?.right).toBeGreaterThan(155);
    expect(blank?.right).toBeLessThan(164);
  });

  it('have a blank wide enough for three figures, however little room the line leaves', () => {
    const [blank] = numberBlanks(linesOf([piece('Số: /UBND-VX', 110, 740, 80)]));
    expect((blank?.right ?? 0) - (blank?.x ?? 0)).toBeGreaterThanOrEqual(13 * 1.2 - 0.01);
  });

  it('have one box around them, or none where the page has no blank', () => {
    const words = wordsOf(letter, 318, '2026-11-20');
    const box = numberPlace(words);
    for (const word of words) {
      expect(word.x).toBeGreaterThanOrEqual(box?.x ?? Number.POSITIVE_INFINITY);
      expect(word.y).toBeGreaterThan(box?.y ?? Number.POSITIVE_INFINITY);
    }
    expect(box?.page).toBe(1);
    expect(numberPlace([])).toBeNull();
  });
});
