import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange } from './ranges';
import { SmallReads } from './small-reads';

const byteAt = (at: number): number => (at * 31 + (at >> 8)) & 255;
const bytesOf = (ranges: readonly ByteRange[]): Uint8Array =>
  Uint8Array.from(
    ranges.flatMap(([begin, end]) => Array.from({ length: end - begin }, (_, at) => byteAt(begin + at))),
  );

/** Answers when told to; notes what was asked for together. */
function held() {
  const asked: (readonly ByteRange[])[] = [];
  const answers: (() => void)[] = [];
  const reads = new SmallReads((ranges) => {
    asked.push(ranges);
    return new Promise((done) => answers.push(() => done(bytesOf(ranges))));
  });
  return { reads, asked, answer: () => answers.shift()?.() };
}

async function settled(): Promise<void> {
  for (let step = 0; step < 10; step += 1) await Promise.resolve();
}

describe('small reads', () => {
  it('of one moment go together, and those that come while one is asked go with the next', async () => {
    const { reads, asked, answer } = held();
    const first = [reads.read(0, 4), reads.read(90, 95)];
    await settled();
    const second = [reads.read(10, 12), reads.read(40, 41)];
    await settled();
    const together = [
      [0, 4],
      [90, 95],
    ];
    expect(asked).toEqual([together]);
    answer();
    await settled();
    const after = [
      [10, 12],
      [40, 41],
    ];
    expect(asked).toEqual([together, after]);
    answer();
    expect(await Promise.all([...first, ...second])).toEqual(
      [[0, 4] as const, [90, 95] as const, [10, 12] as const, [40, 41] as const].map((one) => bytesOf([one])),
    );
  });

  it('wait for nothing that is long, and what is long waits for none', async () => {
    const { reads, asked } = held();
    void reads.read(0, 4);
    await settled();
    void reads.read(0, 1 << 20);
    expect(asked).toEqual([[[0, 4]], [[0, 1 << 20]]]);
  });

  it('get their own bytes, whatever was asked for together and however often', async () => {
    const span = fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 60 }));
    await fc.assert(
      fc.asyncProperty(fc.array(span, { maxLength: 40 }), async (spans) => {
        let most = 0;
        const reads = new SmallReads(async (ranges) => {
          most = Math.max(most, ranges.length);
          return bytesOf(ranges);
        });
        const given = await Promise.all(spans.map(([begin, length]) => reads.read(begin, begin + length)));
        expect(given).toEqual(spans.map(([begin, length]) => bytesOf([[begin, begin + length]])));
        expect(most).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('fail alone: a damaged place takes no other with it', async () => {
    const reads = new SmallReads(async (ranges) => {
      if (ranges.some(([begin]) => begin === 7)) throw new Error('damaged');
      return bytesOf(ranges);
    });
    const outcomes = await Promise.allSettled([reads.read(0, 2), reads.read(7, 9), reads.read(20, 21)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await reads.read(30, 33)).toEqual(bytesOf([[30, 33]]));
  });
});
