// Digests of what several signatures of one file cover.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { type CoveredRange, PrefixDigests } from './prefix-digest';

const bytes = Uint8Array.from({ length: 900_000 }, (_, index) => (index * 7919) >>> 5);
const ranges: readonly CoveredRange[] = [
  { gapStart: 300_000, gapEnd: 300_100, end: 310_000 },
  { gapStart: 500_000, gapEnd: 500_100, end: 510_000 },
  { gapStart: 500_000, gapEnd: 500_200, end: 900_000 },
];

function plain(algorithm: string, { gapStart, gapEnd, end }: CoveredRange): string {
  const hash = createHash(algorithm).update(bytes.subarray(0, gapStart));
  return hash.update(bytes.subarray(gapEnd, end)).digest('hex');
}

function digests(order: readonly number[], algorithms: readonly string[]) {
  let seen = 0;
  const made = new PrefixDigests(bytesSource(bytes), (piece) => {
    seen += piece.length;
  });
  const answers = order.flatMap((index) => {
    const range = ranges[index];
    if (range === undefined) return [];
    return algorithms.map((algorithm) => [
      Buffer.from(made.of(algorithm, range)).toString('hex'),
      plain(algorithm, range),
    ]);
  });
  return { answers, seen };
}

describe('digests of ranges that begin alike', () => {
  it.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[0, 0]]])('are right in the order %j', (order) => {
    for (const [got, wanted] of digests(order, ['sha256', 'sha1', 'sha256']).answers)
      expect(got).toBe(wanted);
  });

  it('look at what they share once', () => {
    expect(digests([0, 1], ['sha256']).seen).toBe(500_000 + 9_900 + 9_900);
  });
});
