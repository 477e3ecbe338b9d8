import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeskId } from '../../preload/contract/ids';
import { receiptFinder } from './receipts';
import { type Databases, openDatabases, type StoredReceipt } from './schema';

const idOf = (index: number) => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000` as DeskId;
const receiptOf = (index: number): StoredReceipt => ({
  id: idOf(index),
  kind: 'status',
  at: '2026-11-20T00:00:00.000Z',
});
const range = (length: number) => Array.from({ length }, (_, index) => index);

let databases: Databases;
beforeEach(async () => {
  databases = await openDatabases(() => undefined, { indexedDB: new IDBFactory(), IDBKeyRange }, 'receipts');
});
afterEach(() => databases.close());

describe('receipts of a list', () => {
  it.each([
    ['short', 4, 3],
    ['long, with few receipts', 300, 100],
    ['long, with many times as many receipts', 80, 400],
  ])('are those that are here of its ids, and no other (%s)', async (_, length, stored) => {
    await databases.strict.receipts.bulkPut(range(stored).map(receiptOf));
    // Every second one of the list is not here.
    const ids = range(length).map((index) => idOf(index % 2 === 0 ? index : 900_000 + index));
    const find = await receiptFinder(databases.strict, length);
    const expected = ids.filter((_id, index) => index % 2 === 0 && index < stored);
    const found = await find(ids);
    expect([...found.keys()]).toEqual(expected);
    expect([...found.values()].every((one) => one.kind === 'status')).toBe(true);
  });

  it('of a long list that is all new are not asked for one by one', async () => {
    const asked = vi.spyOn(databases.strict.receipts, 'bulkGet');
    const find = await receiptFinder(databases.strict, 500);
    expect((await find(range(500).map(idOf))).size).toBe(0);
    expect(asked).not.toHaveBeenCalled();
  });
});
