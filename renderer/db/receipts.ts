// The repository of receipts: what of the hub's packages is in the ledger. It writes none.
import type { DeskId } from '../../preload/contract/ids';
import type { LedgerDatabase, StoredReceipt } from './schema';

export type FindReceipts = (ids: readonly DeskId[]) => Promise<ReadonlyMap<string, StoredReceipt>>;

/** A list is long where the hub has more than a day's work; each id of it would be a message to the database's process. */
const longList = 64;
/** So many times as many receipts as the list has lines are read in one go: that is still quicker than a question for each. */
const mostAgain = 4;

/**
 * Finds the receipts of the ids of a list of `length` lines. For a long one the ids of all receipts are read at once where those are
 * not many more: then only what is there is asked for.
 */
export async function receiptFinder(
  { receipts }: Pick<LedgerDatabase, 'receipts'>,
  length: number,
): Promise<FindReceipts> {
  const most = length * mostAgain;
  const all = length < longList ? null : await receipts.limit(most + 1).primaryKeys();
  const known = all === null || all.length > most ? null : new Set(all);
  return async (ids) => {
    const asked = known === null ? [...ids] : ids.filter((id) => known.has(id));
    const found = asked.length === 0 ? [] : await receipts.bulkGet(asked);
    return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
  };
}
