import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberSet, NumberTable } from './number-table';

const numbers = fc.array(fc.oneof(fc.nat({ max: 10_000 }), fc.nat({ max: 8_388_607 })));

describe('tables of object numbers', () => {
  it('hold what a map and a set hold', () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 8_388_607 }), (list, other) => {
        const table = new NumberTable();
        const set = new NumberSet();
        const map = new Map<number, number>();
        for (const [index, number] of list.entries()) {
          table.set(number, index + 0.5);
          map.set(number, index + 0.5);
          set.add(number);
        }
        expect(set.size).toBe(map.size);
        expect([...set]).toEqual([...map.keys()].sort((a, b) => a - b));
        for (const number of [...list, other]) {
          expect(table.get(number)).toBe(map.get(number) ?? 0);
          expect(set.has(number)).toBe(map.has(number));
        }
      }),
    );
  });
});
