// What main knows to be in the way of a restart.
import { expect, it } from 'vitest';
import type { LedgerPut } from '../../preload/contract/records';
import { mainObstacles } from './obstacles';

const put = (id: string, state: string, urgency: number): LedgerPut =>
  ({ table: 'outgoing', row: { id, state, facts: { urgency } } }) as unknown as LedgerPut;

const journal = (pages: readonly (readonly LedgerPut[])[]) => ({
  latest: async (after: number) => ({
    items: pages[after] ?? [],
    next: after + 1 < pages.length ? after + 1 : null,
  }),
});

it('names signing and an urgent document that has not left, over all pages', async () => {
  const pages = [[put('a', 'sent', 1)], [put('b', 'queued', 2)]];
  expect(await mainObstacles(true, journal(pages))).toEqual(['signing', 'urgent']);
});

it('names nothing for ordinary documents, sent ones, and one that left later', async () => {
  const pages = [[put('a', 'queued', 0), put('b', 'to-send', 1)], [put('b', 'sent', 1)]];
  expect(await mainObstacles(false, journal(pages))).toEqual([]);
});
