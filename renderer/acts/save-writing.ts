// What a save writes: its rows sealed, then the one transaction that holds them against what is stored and writes each table once.
// It opens no transaction itself, tells the journal nothing and decides nothing.
import { Dexie, type Table } from 'dexie';
import { assert } from '../../preload/contract/failure';
import type { LedgerPut } from '../../preload/contract/records';
import { sealAnnotation } from '../db/annotations';
import { sealIncoming } from '../db/incoming';
import { clearOf, sealOutbox } from '../db/outbox';
import { sealOutgoing } from '../db/outgoing';
import type { LedgerDatabase, OutboxClear } from '../db/schema';
import type { Sealed, Sealer } from '../db/sealing';
import type { Change, Expected } from './save';

/** Another writer was first: nothing of the request may be written. */
export class Conflict extends Error {}

/** A change with its row as it is to be stored. */
export type Sealing =
  | {
      readonly change: Change & { table: 'incoming' | 'outgoing' };
      readonly stored: Awaited<ReturnType<typeof sealIncoming>>;
    }
  | {
      readonly change: Change & { table: 'annotations' };
      readonly stored: Awaited<ReturnType<typeof sealAnnotation>>;
    }
  | {
      readonly change: Change & { table: 'outbox' };
      readonly stored: OutboxClear & { readonly sealed: Sealed | null };
    };

export async function sealChange(sealer: Sealer, change: Change): Promise<Sealing> {
  switch (change.table) {
    case 'incoming':
      return { change, stored: await sealIncoming(sealer, change.row) };
    case 'outgoing':
      return { change, stored: await sealOutgoing(sealer, change.row) };
    case 'annotations':
      return { change, stored: await sealAnnotation(sealer, change.row) };
    case 'outbox':
      return {
        change,
        stored:
          change.keepsSealed === true
            ? { ...clearOf(change.row), sealed: null }
            : await sealOutbox(sealer, change.row),
      };
  }
}

/** True when the row is to be written, false when the existing one is kept; throws Conflict otherwise. */
function expectationHolds(was: Expected, found: { readonly rev: number } | undefined): boolean {
  if (was === 'absent-or-kept') return found === undefined;
  const holds = was === 'absent' ? found === undefined : found?.rev === was;
  if (!holds) throw new Conflict();
  return true;
}

type TableName = Change['table'];

/** What the transaction knows of the rows of a request: as they are stored, then as they are to be. */
type Found = ReadonlyMap<TableName, Map<string, FoundRow>>;
type FoundRow = { readonly rev: number; readonly sealed: Sealed };

const tableNames = ['incoming', 'outgoing', 'annotations', 'outbox'] as const;

async function findAll(database: LedgerDatabase, sealed: readonly Sealing[]): Promise<Found> {
  const found = new Map<TableName, Map<string, FoundRow>>();
  for (const name of tableNames) {
    const ids = [...new Set(sealed.flatMap((one) => (one.change.table === name ? [one.stored.id] : [])))];
    const rows = ids.length === 0 ? [] : await database[name].bulkGet(ids);
    found.set(name, new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const]))));
  }
  return found;
}

/** What the journal is told of a row; one that is new to the outbox gets its place in the order. */
function putOf({ change }: Sealing, nextSeq: () => number, isNew: boolean): LedgerPut {
  switch (change.table) {
    case 'incoming':
      return { table: 'incoming', row: change.row };
    case 'outgoing':
      return { table: 'outgoing', row: change.row };
    case 'annotations':
      return { table: 'annotations', row: change.row };
    case 'outbox':
      return { table: 'outbox', row: isNew ? { ...change.row, seq: nextSeq() } : change.row };
  }
}

/** What a transaction is to write of one table, in the order of the changes. */
interface Writing {
  readonly put: Map<string, unknown>;
  /** New rows, or rows that stay as they are: which, the database says by itself. */
  readonly add: { readonly row: unknown; readonly told: LedgerPut }[];
}

/** Adds what is not there; the positions of those that were, which stay. */
async function addAbsent(
  table: Table<unknown, string>,
  rows: readonly unknown[],
): Promise<ReadonlySet<number>> {
  try {
    await table.bulkAdd(rows);
    return new Set();
  } catch (error) {
    if (!(error instanceof Dexie.BulkError)) throw error;
    const failures = Object.entries(error.failuresByPos);
    if (failures.some(([, why]) => why.name !== 'ConstraintError')) throw error;
    return new Set(failures.map(([position]) => Number(position)));
  }
}

/** New rows that stay as they are where they are there; one that the same request changes again is looked up like the others. */
function addedOnly(sealed: readonly Sealing[]): ReadonlySet<Sealing> {
  const times = new Map<string, number>();
  const keyOf = ({ change }: Sealing) => `${change.table} ${change.row.id}`;
  for (const one of sealed) times.set(keyOf(one), (times.get(keyOf(one)) ?? 0) + 1);
  return new Set(sealed.filter((one) => one.change.was === 'absent-or-kept' && times.get(keyOf(one)) === 1));
}

/** Inside the transaction: reads what is there, holds it against the expectations, and writes each table once. */
export async function writeAll(database: LedgerDatabase, sealed: readonly Sealing[]): Promise<LedgerPut[]> {
  const added = addedOnly(sealed);
  const found = await findAll(
    database,
    sealed.filter((one) => !added.has(one)),
  );
  let last = sealed.some((one) => one.change.table === 'outbox')
    ? ((await database.outbox.orderBy('seq').last())?.seq ?? 0)
    : 0;
  const nextSeq = (): number => {
    last += 1;
    return last;
  };
  const puts: LedgerPut[] = [];
  const tables = new Map<TableName, Writing>();
  for (const one of sealed) {
    const { change, stored } = one;
    const isAdded = added.has(one);
    const known = found.get(change.table)?.get(stored.id);
    if (!isAdded && !expectationHolds(change.was, known)) continue;
    const told = putOf(one, nextSeq, known === undefined);
    const hidden = stored.sealed ?? known?.sealed;
    assert(hidden !== undefined, 'only a row that is there keeps what is sealed of it');
    const row = told.table === 'outbox' ? { ...clearOf(told.row), sealed: hidden } : stored;
    const writing: Writing = tables.get(change.table) ?? { put: new Map(), add: [] };
    tables.set(change.table, writing);
    if (isAdded) writing.add.push({ row, told });
    else {
      writing.put.set(stored.id, row);
      found.get(change.table)?.set(stored.id, { rev: told.row.rev, sealed: hidden });
    }
    puts.push(told);
  }
  const kept = new Set<LedgerPut>();
  for (const [name, { put, add }] of tables) {
    // Each sealed row was made for the table that its change names.
    const table = database[name] as unknown as Table<unknown, string>;
    if (put.size > 0) await table.bulkPut([...put.values()]);
    if (add.length === 0) continue;
    const there = await addAbsent(
      table,
      add.map((one) => one.row),
    );
    for (const [position, one] of add.entries()) if (there.has(position)) kept.add(one.told);
  }
  return puts.filter((one) => !kept.has(one));
}
