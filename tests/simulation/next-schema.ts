// The ledger's schema as a next version of the program would have it. No such version exists.
import { type LedgerVersion, ledgerVersion } from '../../renderer/db/schema';

/** What the next program makes of the ledger: another index, and every row of the outbox written anew. */
export const upgraded: LedgerVersion = {
  version: ledgerVersion + 1,
  stores: { outbox: 'id, seq, lane, state, kind, notBefore' },
  upgrade: async (transaction) => {
    await transaction
      .table('outbox')
      .toCollection()
      .modify((row: { notBefore: string }) => {
        row.notBefore = `${row.notBefore}`;
      });
  },
};
