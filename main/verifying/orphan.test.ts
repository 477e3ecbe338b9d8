import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { KeySearch } from './orphan';

const piece = fc.constantFrom(
  '/ByteRange',
  '/ByteRang',
  'ByteRange',
  '/',
  '/Byte',
  '/ByteRangeX',
  '\0',
  'Range[',
);

function placesIn(text: string): number[] {
  return [...text.matchAll(/\/ByteRange/g)].map((match) => match.index);
}

describe('the search for keys of signatures', () => {
  it('finds each once, wherever the pieces that it was shown begin and end, and whatever it was not shown', () => {
    const cuts = fc.array(fc.nat({ max: 60 }));
    fc.assert(
      fc.property(fc.array(piece), cuts, fc.nat({ max: 12 }), (parts, lengths, from) => {
        const text = parts.join('');
        const bytes = Buffer.from(text, 'latin1');
        const search = new KeySearch(bytesSource(bytes));
        let at = Math.min(from, bytes.length) % 2 === 0 ? 0 : from;
        for (const length of lengths) {
          // A buffer that is used again, as the reader of large files does.
          const shown = Buffer.from(bytes.subarray(at, at + length));
          search.see(shown, at);
          shown.fill(0);
          at += length;
        }
        expect(search.finish()).toEqual(placesIn(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('looks at a thousand and then no more', () => {
    const bytes = Buffer.from('/ByteRange'.repeat(1500));
    expect(new KeySearch(bytesSource(bytes)).finish()).toHaveLength(1000);
  });
});
