// Brings ledger and journal together at start, both ways: what the ledger lost comes back from the journal, what the
// journal lacks is written to it, packages whose document the ledger lacks are brought in. A reset database is rebuilt whole.
import { assertNever } from '../../preload/contract/failure';
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

function storedRev(context: Context, put: LedgerPut): Promise<{ readonly rev: number } | undefined> {
  return context.databases.strict[put.table].get(put.row.id);
}

/** True when the stored row can be opened; a row the disk damaged is replaced by the journal's copy. */
async function isSound(context: Context, put: LedgerPut): Promise<boolean> {
  return (await openStored(context, put.table, put.row.id))?.ok ?? false;
}

async function openStored(context: Context, table: TableName, id: string): Promise<Opened<unknown> | null> {
  const { strict } = context.databases;
  const { sealer } = context;
  switch (table) {
    case 'incoming': {
      const stored = await strict.incoming.get(id);
      return stored === undefined ? null : openIncoming(sealer, stored);
    }
    case 'outgoing': {
      const stored = await strict.outgoing.get(id);
      return stored === undefined ? null : openOutgoing(sealer, stored);
    }
    case 'annotations': {
      const stored = await strict.annotations.get(id);
      return stored === undefined ? null : openAnnotation(sealer, stored);
    }
    case 'outbox': {
      const stored = await strict.outbox.get(id);
      return stored === undefined ? null : openOutbox(sealer, stored);
    }
    default:
      return assertNever(table);
  }
}

/** The stored row as the journal keeps it; null when it is gone or cannot be opened. */
async function putOf(context: Context, table: TableName, id: string): Promise<LedgerPut | null> {
  const open = await openStored(context, table, id);
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
  for (const put of puts) {
    switch (put.table) {
      case 'incoming':
        incoming.push(await sealIncoming(sealer, put.row));
        break;
      case 'outgoing':
        outgoing.push(await sealOutgoing(sealer, put.row));
        break;
      case 'annotations':
        annotations.push(await sealAnnotation(sealer, put.row));
        break;
      case 'outbox':
        outbox.push(await sealOutbox(sealer, put.row));
        break;
      default:
        assertNever(put);
    }
  }
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

/** One page of the journal against the ledger: the higher revision holds on both sides. */
async function comparePage(context: Context, puts: readonly LedgerPut[]) {
  const toLedger: LedgerPut[] = [];
  const toJournal: LedgerPut[] = [];
  for (const put of puts) {
    const stored = await storedRev(context, put);
    if (stored === undefined || stored.rev < put.row.rev || !(await isSound(context, put))) {
      toLedger.push(put);
    } else if (stored.rev > put.row.rev) {
      const newer = await putOf(context, put.table, put.row.id);
      if (newer !== null) toJournal.push(newer);
    }
  }
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
  for (let from = 0; from < puts.length; from += 500) {
    await deskValue(context.desk.journal.put({ puts: puts.slice(from, from + 500) }));
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
