// What a save writes: its rows sealed, then the one transaction that holds them against what is stored and writes each table once.
// It opens no transaction itself, tells the journal nothing and decides nothing.
import { Dexie, type Table } from 'dexie';
import { assert } from '../../preload/contract/failure';
import type { LedgerPut } from '../../preload/contract/records';
import { sealAnnotation } from '../db/annotations';
import type { Shift } from '../db/counts';
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

/** What a save wrote: for the journal, in the order of the changes, and for those who count, once a row that was handed to the database. */
export interface WrittenRows {
  readonly puts: readonly LedgerPut[];
  readonly shifts: readonly Shift[];
}

/** What is stored of a row, then what is to be. */
type FoundRow = { readonly rev: number; readonly sealed: Sealed };

const tableNames = ['incoming', 'outgoing', 'annotations', 'outbox'] as const;
type TableName = (typeof tableNames)[number];

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
  /** `was`: the revision that is asked for while the row is written; null when it was looked up before. */
  readonly put: { readonly id: string; readonly row: unknown; readonly was: Expected | null }[];
  /** New rows, or rows that stay as they are: which, the database says by itself. */
  readonly add: { readonly id: string; readonly row: unknown; readonly told: LedgerPut }[];
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

/**
 * How a row is held against what is stored. `added`: new, or it stays as it is, which the database says by itself. `replaced`: its
 * revision is asked for and the row put behind the question, without waiting for the answer; a wrong one ends the transaction.
 * `looked-up`: before anything is written, since the same request changes it again, or needs what is stored of it.
 */
type Holding = 'added' | 'replaced' | 'looked-up';

function holdings(sealed: readonly Sealing[]): ReadonlyMap<Sealing, Holding> {
  const times = new Map<string, number>();
  const keyOf = ({ change }: Sealing) => `${change.table} ${change.row.id}`;
  for (const one of sealed) times.set(keyOf(one), (times.get(keyOf(one)) ?? 0) + 1);
  return new Map(
    sealed.map((one) => {
      const { table, was } = one.change;
      if (times.get(keyOf(one)) !== 1) return [one, 'looked-up'];
      if (was === 'absent-or-kept') return [one, 'added'];
      return [one, table !== 'outbox' && typeof was === 'number' ? 'replaced' : 'looked-up'];
    }),
  );
}

/** So many rows of a table are handed to the database in one go: hundreds would be one long task of the window. */
const mostAtOnce = 64;

async function inBatches<T>(all: readonly T[], hand: (some: readonly T[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += mostAtOnce) await hand(all.slice(at, at + mostAtOnce));
}

/** What the database said while a table was written. */
interface Said {
  /** Those that were there and stay, of the rows that were to be added. */
  readonly stayed: ReadonlySet<LedgerPut>;
  /** Rows whose revision was asked for, as they were before. */
  readonly replaced: ReadonlyMap<string, FoundRow>;
}

async function writeTable(table: Table<unknown, string>, { put, add }: Writing): Promise<Said> {
  const stayed = new Set<LedgerPut>();
  const replaced = new Map<string, FoundRow>();
  await inBatches(put, async (some) => {
    const asked = some.filter(({ was }) => was !== null);
    // One behind the other in the database, so each revision is the one before the row that is put.
    const revisions = asked.length === 0 ? [] : table.bulkGet(asked.map(({ id }) => id));
    const [found] = await Promise.all([
      revisions as Promise<readonly (FoundRow | undefined)[]>,
      table.bulkPut(some.map(({ row }) => row)),
    ]);
    for (const [index, { id, was }] of asked.entries()) {
      const row = found[index];
      if (was !== null) expectationHolds(was, row);
      if (row !== undefined) replaced.set(id, row);
    }
  });
  await inBatches(add, async (some) => {
    const there = await addAbsent(
      table,
      some.map((one) => one.row),
    );
    for (const [position, one] of some.entries()) if (there.has(position)) stayed.add(one.told);
  });
  return { stayed, replaced };
}

/** What has to be known before a table of a request is written: what is stored of its rows, and the last place of the outbox. */
interface Known {
  readonly found: ReadonlyMap<string, FoundRow>;
  readonly lastSeq: number;
}

/** The changes of one table as they are to be written, and what the journal is told of each; nothing of one that stays. */
function writingOf(
  changes: readonly Sealing[],
  how: ReadonlyMap<Sealing, Holding>,
  known: Known,
): { readonly writing: Writing; readonly told: ReadonlyMap<Sealing, LedgerPut> } {
  const now = new Map(known.found);
  let last = known.lastSeq;
  const nextSeq = (): number => {
    last += 1;
    return last;
  };
  const writing: Writing = { put: [], add: [] };
  const all = new Map<Sealing, LedgerPut>();
  for (const one of changes) {
    const { change, stored } = one;
    const holding = how.get(one);
    const before = now.get(stored.id);
    if (holding === 'looked-up' && !expectationHolds(change.was, before)) continue;
    const told = putOf(one, nextSeq, before === undefined);
    const hidden = stored.sealed ?? before?.sealed;
    assert(hidden !== undefined, 'only a row that is there keeps what is sealed of it');
    const row = told.table === 'outbox' ? { ...clearOf(told.row), sealed: hidden } : stored;
    if (holding === 'added') writing.add.push({ id: stored.id, row, told });
    else writing.put.push({ id: stored.id, row, was: holding === 'replaced' ? change.was : null });
    if (holding === 'looked-up') now.set(stored.id, { rev: told.row.rev, sealed: hidden });
    all.set(one, told);
  }
  return { writing, told: all };
}

async function lookUp(
  database: LedgerDatabase,
  name: TableName,
  changes: readonly Sealing[],
): Promise<Known> {
  const ids = [...new Set(changes.map((one) => one.stored.id))];
  const [rows, last] = await Promise.all([
    ids.length === 0 ? [] : database[name].bulkGet(ids),
    name === 'outbox' ? database.outbox.orderBy('seq').last() : undefined,
  ]);
  const found = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])));
  return { found, lastSeq: last?.seq ?? 0 };
}

/**
 * What a row that is written more than once was at first, and is at last. One that was to be added and stays is among them, moved by
 * nothing: the database gives notice of it as of any other, and who counts would take that for another writer's.
 */
function shiftsOf(name: TableName, { put, add }: Writing, known: Known, said: Said): Shift[] {
  if (name === 'annotations') return [];
  const last = new Map<string, unknown>([...put, ...add].map(({ id, row }) => [id, row]));
  const stayed = new Set(add.filter(({ told }) => said.stayed.has(told)).map(({ id }) => id));
  return [...last].map(([id, after]) => {
    const before = stayed.has(id) ? after : (known.found.get(id) ?? said.replaced.get(id) ?? null);
    // Both were read from, or made for, the table of that name.
    return { table: name, before, after } as unknown as Shift;
  });
}

/**
 * Inside the transaction: holds what is there against the expectations, and writes each table once, none waiting for another.
 */
export async function writeAll(database: LedgerDatabase, sealed: readonly Sealing[]): Promise<WrittenRows> {
  const how = holdings(sealed);
  const shifts: Shift[] = [];
  const written = await Promise.all(
    tableNames.map(async (name) => {
      const changes = sealed.filter((one) => one.change.table === name);
      if (changes.length === 0) return new Map<Sealing, LedgerPut>();
      const lookedUp = changes.filter((one) => how.get(one) === 'looked-up');
      const known =
        name === 'outbox' || lookedUp.length > 0
          ? await lookUp(database, name, lookedUp)
          : { found: new Map<string, FoundRow>(), lastSeq: 0 };
      const { writing, told } = writingOf(changes, how, known);
      // Each sealed row was made for the table that its change names.
      const table = database[name] as unknown as Table<unknown, string>;
      const said = await writeTable(table, writing);
      shifts.push(...shiftsOf(name, writing, known, said));
      return new Map([...told].filter(([, put]) => !said.stayed.has(put)));
    }),
  );
  const puts = sealed.flatMap((one) => {
    const put = written.map((told) => told.get(one)).find((found) => found !== undefined);
    return put === undefined ? [] : [put];
  });
  return { puts, shifts };
}
