import { describe, expect, it } from 'vitest';
import { stampSize } from '../signing';
import { stampPlace } from './stamp-places';
import { linesOf, type TextPiece } from './text-segments';

const sizes = [{ page: 1, width: 595, height: 842 }];
const piece = (text: string, x: number, y: number): TextPiece => ({
  page: 1,
  text,
  x,
  y,
  width: text.length * 6,
  height: 13,
});
const head = [
  piece('BỘ TÀI CHÍNH', 120, 770),
  piece('Số: 12/BTC-DT', 125, 740),
  piece('Hà Nội, ngày 24 tháng 11 năm 2026', 330, 740),
];
const urgency = stampSize({ kind: 'urgency', level: 3 });
const arrival = stampSize({
  kind: 'arrival',
  agency: '',
  number: '',
  date: '',
  forwarded: '',
  fileSymbol: '',
});
const place = (pieces: readonly TextPiece[], size = urgency) => stampPlace(linesOf(pieces), sizes, size);

describe('the place of a stamp', () => {
  it('is free paper under the number, below the subject of a letter', () => {
    const { placement, found } = place([...head, piece('V/v giải ngân vốn', 115, 722)]);
    expect(found).toBe(true);
    expect(placement.y + placement.height).toBeLessThan(722);
    expect(placement.y).toBeGreaterThan(670);
    expect(placement.x + placement.width / 2).toBeCloseTo(164, 0);
  });

  it('is under the date where the paper under the number is written on', () => {
    const body = Array.from({ length: 24 }, (_, row) => piece('chữ dày đặc ở cột trái', 85, 722 - row * 16));
    const { placement, found } = place([...head, ...body], arrival);
    expect(found).toBe(true);
    expect(placement.x).toBeGreaterThan(250);
  });

  it('covers the least text where no paper is free, and says so', () => {
    const body = Array.from({ length: 40 }, (_, row) =>
      piece(row === 5 ? 'Kính gửi' : 'x'.repeat(80), 85, 722 - row * 16),
    );
    const { placement, found } = place([...head, ...body], arrival);
    expect(found).toBe(false);
    expect(placement.y).toBeGreaterThan(421);
    expect(placement.x + placement.width).toBeLessThanOrEqual(595);
  });

  it('of a scan is a first guess', () => {
    expect(place([], arrival).found).toBe(false);
  });
});
