import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { beginningOf, onlyWhiteFrom, pagedSource } from './window';

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 2_654_435_761) >>> 24);

describe('a paged source', () => {
  it('reads the same bytes as its source, across pages and at the end', () => {
    const paged = pagedSource(bytesSource(bytes));
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), fc.nat({ max: 2_000_000 }), (offset, wanted) => {
        const length = Math.min(wanted, bytes.length - offset);
        const same = Buffer.compare(paged.read(offset, length), bytes.subarray(offset, offset + length));
        expect(same).toBe(0);
      }),
      { numRuns: 200 },
    );
    expect(() => paged.read(bytes.length - 1, 2)).toThrow(RangeError);
  });
});

describe('the beginning of a file', () => {
  it('ends where it is told to', () => {
    const begin = beginningOf(bytesSource(bytes), 10);
    expect(begin.read(4, 6)).toEqual(bytes.subarray(4, 10));
    expect(() => begin.read(4, 7)).toThrow(RangeError);
  });
});

describe('what trails', () => {
  it('is white only when all of it is', () => {
    const tail = bytesSource(Buffer.from('%%EOF\r\n \t\0\n'));
    expect(onlyWhiteFrom(tail, 5)).toBe(true);
    expect(onlyWhiteFrom(tail, 4)).toBe(false);
  });
});
