// Which note a thread begins with, for threads of any shape.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threadFirsts } from './threads';

/** The same by walking each way to its end. */
function walked(parents: readonly (number | undefined)[], from: number): number | undefined {
  let current = from;
  for (let step = 0; step <= parents.length; step += 1) {
    const next = parents[current];
    if (next === undefined) return current;
    current = next;
  }
  return undefined;
}

describe('the first note of a thread', () => {
  it('is what the last answer leads to, and nothing where answers lead in a circle', () => {
    const link = fc.option(fc.nat(11), { nil: undefined });
    fc.assert(
      fc.property(fc.array(link, { minLength: 12, maxLength: 12 }), (parents) => {
        const all = parents.map((_, index) => index);
        const firsts = threadFirsts(all, (one) => parents[one]);
        expect(all.map((one) => firsts.get(one))).toEqual(all.map((one) => walked(parents, one)));
      }),
    );
  });
});
