// Documents that came one after the other and have nothing to do with each other, brought into the ledger together: one strict
// transaction, one line of the journal's. Those that may touch another one are left to be brought in by themselves.
import type { DeskId } from '../../preload/contract/ids';
import { type Context, decideAndWrite, findIncoming, type Written } from '../acts/context';
import type { Change, SaveRequest } from '../acts/save';
import { doubleTexts } from '../db/identity';
import { rowsByMarkOf } from '../db/incoming';
import type { StoredReceipt } from '../db/schema';
import { type DocumentArrival, documentRequest, type Known } from './arrivals';

/** A document as it came, and its sender as the hub's list names it. */
export interface CameDocument {
  readonly arrival: DocumentArrival;
  /** Of its row: `documentOf` its docId. */
  readonly id: DeskId;
  /** The list that it stood in was held against the receipts, and it had none. */
  readonly isNew: boolean;
  readonly from: string;
}

/** What a document can be found by: two of a run that share one of them may be doubles. */
function marksOf({ arrival, from }: Pick<CameDocument, 'arrival' | 'from'>): readonly string[] {
  const { facts } = arrival;
  const sender = facts.sender.code === '' ? { code: from, name: '' } : facts.sender;
  return [`package ${arrival.docId}`, ...doubleTexts({ ...facts, sender })];
}

/** How many from the start of the run neither speak of another document nor may be a double of one before. */
export function freeOfEachOther(run: readonly Pick<CameDocument, 'arrival' | 'from'>[]): number {
  const seen = new Set<string>();
  for (const [index, one] of run.entries()) {
    const { facts } = one.arrival;
    const marks = marksOf(one);
    if (facts.business.type !== '0' || marks.some((mark) => seen.has(mark))) return index;
    for (const mark of marks) seen.add(mark);
  }
  return run.length;
}

/** True when nothing but the document's own new row, its receipt and its acknowledgement is written. */
function isOwn(changes: readonly Change[], id: DeskId): boolean {
  return changes.every((change) => change.table === 'outbox' || change.row.id === id);
}

/** What the ledger has around a run, read at once. */
async function knownAhead(
  context: Context,
  run: readonly CameDocument[],
  ids: readonly DeskId[],
): Promise<Known> {
  const { strict } = context.databases;
  const rows = await rowsByMarkOf(
    strict,
    context.sealer,
    run.map(({ arrival }) => arrival.facts),
  );
  const stored = await strict.incoming.bulkGet([...ids]);
  const isNew = new Set(ids.filter((_, index) => stored[index] === undefined));
  return { rows, find: (id) => (isNew.has(id) ? Promise.resolve(null) : findIncoming(context, id)) };
}

async function planOf(
  context: Context,
  run: readonly CameDocument[],
): Promise<{ readonly request: SaveRequest | null; readonly result: number }> {
  const ids = run.map((one) => one.id);
  // What was brought in since its list was read stays as it is: its row and its rows of the outbox are there.
  const receipts = run.every((one) => one.isNew) ? [] : await context.databases.strict.receipts.bulkGet(ids);
  const free = freeOfEachOther(run);
  const known = await knownAhead(context, run.slice(0, free), ids);
  const planned = await Promise.all(
    run.slice(0, free).map(async ({ arrival, from }, index) => {
      const id = ids[index];
      if (id === undefined) return null;
      const before = receipts[index];
      // One that was set aside before has a row to be read again.
      if (before !== undefined) {
        const isIn = before.kind !== 'unreadable' && before.kind !== 'secret';
        return isIn ? { changes: [], receipt: null } : null;
      }
      const { changes } = await documentRequest(context, arrival, id, from, known);
      const receipt: StoredReceipt = { id, kind: 'document', at: arrival.arrivedAt };
      return isOwn(changes, id) ? { changes, receipt } : null;
    }),
  );
  const alone = planned.indexOf(null);
  const taken = (alone < 0 ? planned : planned.slice(0, alone)).filter((one) => one !== null);
  const changes = taken.flatMap((one) => one.changes);
  const came = taken.flatMap((one) => (one.receipt === null ? [] : [one.receipt]));
  return { request: came.length === 0 ? null : { changes, receipts: came }, result: taken.length };
}

/**
 * Brings documents that are durable in main into the ledger, in their order, up to the first that is to be brought in by
 * itself; the result is how many that were, the journal's line follows. Doing it again changes nothing. A failure leaves all of
 * them where they were.
 */
export function bringInDocuments(context: Context, run: readonly CameDocument[]): Promise<Written<number>> {
  return decideAndWrite(context, () => planOf(context, run));
}
