import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerPut } from '../../preload/contract/records';
import { createJournalQueue } from './journal-queue';

const rowOf = (rev: number): LedgerPut =>
  ({ table: 'outbox', row: { id: `row-${rev}`, rev } }) as unknown as LedgerPut;
const revsOf = (puts: readonly LedgerPut[]) => puts.map((put) => put.row.rev);

describe('the queue to the journal', () => {
  it('has one call out at a time, in order, and says done when everything before is there', async () => {
    const calls: { readonly revs: readonly number[]; readonly end: () => void }[] = [];
    const queue = createJournalQueue(
      (puts) => new Promise<void>((end) => calls.push({ revs: revsOf(puts), end })),
    );
    const done: number[] = [];
    const first = queue.add([rowOf(1)]).then(() => done.push(1));
    const second = queue.add([rowOf(2), rowOf(3)]).then(() => done.push(2));
    expect(calls.map((call) => call.revs)).toEqual([[1]]);
    calls[0]?.end();
    await Promise.resolve();
    await Promise.resolve();
    expect(calls.map((call) => call.revs)).toEqual([[1], [2, 3]]);
    expect(done).toEqual([]);
    calls[1]?.end();
    await Promise.all([first, second]);
    expect(done).toEqual([1, 2]);
    expect(queue.isEmpty).toBe(true);
  });

  it('keeps what a failure left and puts it before anything else', async () => {
    const put: number[][] = [];
    let fails = true;
    const queue = createJournalQueue(async (puts) => {
      if (fails) throw new Error('full');
      put.push(revsOf(puts));
    });
    await expect(queue.add([rowOf(1)])).rejects.toThrow('full');
    expect(queue.isBehind).toBe(true);
    expect(queue.isEmpty).toBe(false);
    fails = false;
    await queue.add([rowOf(2)]);
    expect(put).toEqual([[1, 2]]);
    expect(queue.isBehind).toBe(false);
  });

  it('loses and doubles no row, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ rows: fc.integer({ min: 0, max: 700 }), fails: fc.boolean() }), {
          maxLength: 12,
        }),
        async (steps) => {
          const put: number[] = [];
          let fails = false;
          const queue = createJournalQueue(async (puts) => {
            if (fails) throw new Error('full');
            put.push(...revsOf(puts));
          });
          let last = 0;
          for (const step of steps) {
            fails = step.fails;
            const rows = Array.from({ length: step.rows }, () => {
              last += 1;
              return rowOf(last);
            });
            await queue.add(rows).catch(() => undefined);
          }
          fails = false;
          await queue.add([]);
          expect(put).toEqual(Array.from({ length: last }, (_, index) => index + 1));
        },
      ),
      { numRuns: 60 },
    );
  });
});
