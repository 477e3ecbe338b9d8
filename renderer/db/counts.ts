// The numbers of the left pane and of the foot as values: counted by index, and carried along by what a save wrote. It follows
// nothing and holds no number.
import type { Day } from '../../preload/contract/ids';
import type { OutboxState } from '../../preload/contract/records';
import type { Folder, FolderCounts } from '../ledger-views';
import { countFolders, type FolderColumns, foldersOf } from './folders';
import { countBesidesAcks, isAck } from './outbox';
import type { LedgerDatabase, OutboxClear } from './schema';

export interface Counts {
  readonly folders: FolderCounts;
  /** Outbox rows the hub has not taken yet, acknowledgements apart. */
  readonly waiting: number;
  /** Outbox rows that a person must look at. */
  readonly needsAttention: number;
}

/** Columns in clear of a row before a save and after it; `before` null: it is new. */
export type Shift =
  | {
      readonly table: 'incoming' | 'outgoing';
      readonly before: FolderColumns | null;
      readonly after: FolderColumns;
    }
  | {
      readonly table: 'outbox';
      readonly before: Pick<OutboxClear, 'id' | 'state'> | null;
      readonly after: Pick<OutboxClear, 'id' | 'state'>;
    };

const waitingStates: readonly OutboxState[] = ['ready', 'sending', 'waiting', 'unknown'];

/** Everything counted anew, by reading whole ranges of indexes: what it takes grows with the ledger. */
export async function countAll(database: LedgerDatabase, today: Day): Promise<Counts> {
  const [folders, waiting, needsAttention] = await Promise.all([
    countFolders(database, today),
    countBesidesAcks(database, waitingStates),
    database.outbox.where('state').equals('needs-attention').count(),
  ]);
  return { folders, waiting, needsAttention };
}

function isWaiting(row: Pick<OutboxClear, 'id' | 'state'>): boolean {
  return waitingStates.includes(row.state) && !isAck(row);
}

/** The numbers after these rows were written; the same as counting anew. `today` is the day for which they were counted. */
export function carried(counts: Counts, shifts: readonly Shift[], today: Day): Counts {
  const isAboutDocuments = shifts.some((shift) => shift.table !== 'outbox');
  const folders: Record<Folder, number> = isAboutDocuments ? { ...counts.folders } : counts.folders;
  let { waiting, needsAttention } = counts;
  for (const shift of shifts) {
    if (shift.table === 'outbox') {
      for (const [row, by] of [[shift.before, -1] as const, [shift.after, 1] as const]) {
        if (row === null) continue;
        if (isWaiting(row)) waiting += by;
        if (row.state === 'needs-attention') needsAttention += by;
      }
      continue;
    }
    if (shift.before !== null)
      for (const one of foldersOf(shift.table, shift.before, today)) folders[one] -= 1;
    for (const one of foldersOf(shift.table, shift.after, today)) folders[one] += 1;
  }
  return { folders, waiting, needsAttention };
}
