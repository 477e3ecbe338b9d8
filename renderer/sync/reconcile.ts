// Brings ledger and journal together at start, both ways: what the ledger lost comes back from the journal, what the
// journal lacks is written to it, packages whose document the ledger lacks are brought in. A reset database is rebuilt whole.

import { assertNever } from '../../preload/contract/failure';
import { mostPuts, textOfPuts } from '../../preload/contract/journal-puts';
import type { LedgerPut } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import type { Context } from '../acts/context';
import { deskValue } from '../acts/desk-call';
import { openAnnotation, sealAnnotation } from '../db/annotations';
import { openIncoming, sealIncoming } from '../db/incoming';
import { openOutbox, sealOutbox } from '../db/outbox';
import { openOutgoing, sealOutgoing } from '../db/outgoing';
import type { StoredAnnotation, StoredDocument, StoredOutbox } from '../db/schema';
import type { Opened } from '../db/sealing';
import { openStray } from '../db/strays';
import type { StartReport } from '../ledger';
import { bringIn, replayStray } from './arrivals';

const tables = ['incoming', 'outgoing', 'annotations', 'outbox'] as const;
type TableName = (typeof tables)[number];
type Known = Record<TableName, Set<string>>;

type StoredAny = StoredDocument | StoredAnnotation | StoredOutbox;

function openStored(context: Context, table: TableName, stored: StoredAny): Promise<Opened<unknown>> {
  const { sealer } = context;
  switch (table) {
    case 'incoming':
      return openIncoming(sealer, stored as StoredDocument);
    case 'outgoing':
      return openOutgoing(sealer, stored as StoredDocument);
    case 'annotations':
      return openAnnotation(sealer, stored as StoredAnnotation);
    case 'outbox':
      return openOutbox(sealer, stored as StoredOutbox);
    default:
      return assertNever(table);
  }
}

/** The stored rows of a page of puts, by table and id: one read a table. */
async function storedOf(
  context: Context,
  puts: readonly LedgerPut[],
): Promise<ReadonlyMap<string, StoredAny>> {
  const found = new Map<string, StoredAny>();
  for (const table of tables) {
    const ids = puts.filter((put) => put.table === table).map((put) => put.row.id as string);
    if (ids.length === 0) continue;
    for (const row of await context.databases.strict[table].bulkGet(ids)) {
      if (row !== undefined) found.set(`${table}/${row.id}`, row);
    }
  }
  return found;
}

/** The stored row as the journal keeps it; null when it is gone or cannot be opened. */
async function putOf(context: Context, table: TableName, id: string): Promise<LedgerPut | null> {
  const stored = await context.databases.strict[table].get(id);
  const open = stored === undefined ? null : await openStored(context, table, stored);
  // The value was checked by its own table's schema when it was opened.
  return open?.ok ? ({ table, row: open.value } as LedgerPut) : null;
}

/** Written over whatever is there: only called when the journal's copy is the better one. */
async function restore(context: Context, puts: readonly LedgerPut[]): Promise<void> {
  const { strict } = context.databases;
  const { sealer } = context;
  const incoming: StoredDocument[] = [];
  const outgoing: StoredDocument[] = [];
  const annotations: StoredAnnotation[] = [];
  const outbox: StoredOutbox[] = [];
  const sealOne = async (put: LedgerPut): Promise<void> => {
    switch (put.table) {
      case 'incoming':
        incoming.push(await sealIncoming(sealer, put.row));
        return;
      case 'outgoing':
        outgoing.push(await sealOutgoing(sealer, put.row));
        return;
      case 'annotations':
        annotations.push(await sealAnnotation(sealer, put.row));
        return;
      case 'outbox':
        outbox.push(await sealOutbox(sealer, put.row));
        return;
      default:
        assertNever(put);
    }
  };
  await Promise.all(puts.map(sealOne));
  await strict.transaction(
    'rw',
    [strict.incoming, strict.outgoing, strict.annotations, strict.outbox],
    async () => {
      await strict.incoming.bulkPut(incoming);
      await strict.outgoing.bulkPut(outgoing);
      await strict.annotations.bulkPut(annotations);
      await strict.outbox.bulkPut(outbox);
    },
  );
}

/**
 * One page of the journal against the ledger: the higher revision holds on both sides, and a row that the disk damaged is
 * replaced by the journal's copy. Opening costs little beside reading the page, so every row is tried.
 */
async function comparePage(context: Context, puts: readonly LedgerPut[]) {
  const toLedger: LedgerPut[] = [];
  const toJournal: LedgerPut[] = [];
  const stored = await storedOf(context, puts);
  await Promise.all(
    puts.map(async (put) => {
      const row = stored.get(`${put.table}/${put.row.id}`);
      const sound = row !== undefined && (await context.sealer.open(put.table, row.id, row.sealed)).ok;
      if (row === undefined || row.rev < put.row.rev || !sound) {
        toLedger.push(put);
      } else if (row.rev > put.row.rev) {
        const newer = await putOf(context, put.table, put.row.id);
        if (newer !== null) toJournal.push(newer);
      }
    }),
  );
  if (toLedger.length > 0) await restore(context, toLedger);
  return { toLedger, toJournal };
}

/** Rows that the journal has never seen: a crash came between the transaction and the journal. */
async function unseen(context: Context, known: Known) {
  const found: LedgerPut[] = [];
  let damaged = 0;
  for (const table of tables) {
    const ids = (await context.databases.strict[table].toCollection().primaryKeys()) as string[];
    for (const id of ids.filter((one) => !known[table].has(one))) {
      const put = await putOf(context, table, id);
      if (put === null) damaged += 1;
      else found.push(put);
    }
  }
  return { found, damaged };
}

async function journalAll(context: Context, puts: readonly LedgerPut[]): Promise<void> {
  for (let from = 0; from < puts.length; from += mostPuts) {
    await deskValue(context.desk.journal.put({ puts: textOfPuts(puts.slice(from, from + mostPuts)) }));
  }
}

async function bringInArrivals(context: Context): Promise<number> {
  let count = 0;
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof arrivalsAfter>> = await arrivalsAfter(context, after);
    const ids = await Promise.all(page.arrivals.map((arrival) => documentOf(arrival.docId)));
    const receipts = await context.databases.strict.receipts.bulkGet(ids);
    for (const [index, arrival] of page.arrivals.entries()) {
      if (receipts[index] !== undefined) continue;
      await bringIn(context, arrival);
      count += 1;
    }
    after = page.next;
  }
  return count;
}

function arrivalsAfter(context: Context, after: number) {
  return deskValue(context.desk.journal.arrivals({ after }));
}

function latestAfter(context: Context, after: number) {
  return deskValue(context.desk.journal.latest({ after }));
}

async function replayStrays(context: Context): Promise<void> {
  for (const stored of await context.databases.strict.strays.toArray()) {
    const open = await openStray(context.sealer, stored);
    if (open.ok) await replayStray(context, stored.id, open.value);
  }
}

/** Failure when the journal cannot be read or written: the desk must not go on without it. */
export async function reconcile(context: Context): Promise<StartReport> {
  const known: Known = {
    incoming: new Set(),
    outgoing: new Set(),
    annotations: new Set(),
    outbox: new Set(),
  };
  let rebuilt = 0;
  const toJournal: LedgerPut[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof latestAfter>> = await latestAfter(context, after);
    for (const put of page.puts) known[put.table].add(put.row.id);
    const compared = await comparePage(context, page.puts);
    rebuilt += compared.toLedger.length;
    toJournal.push(...compared.toJournal);
    after = page.next;
  }
  const { found, damaged } = await unseen(context, known);
  toJournal.push(...found);
  await journalAll(context, toJournal);
  const arrivals = await bringInArrivals(context);
  await replayStrays(context);
  return { rebuilt, journaled: toJournal.length, arrivals, damaged };
}
