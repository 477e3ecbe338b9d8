// The one way into the ledger: seal, ONE strict transaction, then the journal's fsync. "Đã lưu" may be said after it.
// It checks revisions and never decides what should be written.
//
//   seal ──▶ transaction {expectations hold? rows + outbox rows + receipts} ──▶ journal.put ──▶ saved
//                    └─ no: conflict, nothing written                  └─ fails: rows stay, put again before anything else

import type { Annotation } from '../../preload/contract/annotation';
import type { DeskApi } from '../../preload/contract/desk-api';
import { assert, codeOf, Failure } from '../../preload/contract/failure';
import {
  type DocumentStatus,
  type IncomingDocument,
  type LedgerPut,
  ledgerPut,
  type OutboxRow,
  type OutgoingDocument,
} from '../../preload/contract/records';
import { sealAnnotation } from '../db/annotations';
import { sealIncoming } from '../db/incoming';
import { createCell } from '../db/live';
import { clearOf, sealOutbox } from '../db/outbox';
import { sealOutgoing } from '../db/outgoing';
import type { LedgerDatabase, OutboxClear, StoredReceipt, StoredStray } from '../db/schema';
import type { Sealed, Sealer } from '../db/sealing';
import { sealStray } from '../db/strays';
import type { Live } from '../ledger';
import { deskValue } from './desk-call';
import { createJournalQueue } from './journal-queue';

/** What must be true of the stored row: its revision, that there is none, or nothing (then an existing row stays). */
export type Expected = number | 'absent' | 'absent-or-kept';

export type Change =
  | { readonly table: 'incoming'; readonly row: IncomingDocument; readonly was: Expected }
  | { readonly table: 'outgoing'; readonly row: OutgoingDocument; readonly was: Expected }
  | { readonly table: 'annotations'; readonly row: Annotation; readonly was: Expected }
  /**
   * `seq` of a new row is given inside the transaction. `keepsSealed`: nothing that is sealed has changed since revision `was`,
   * so what is stored stays sealed as it is.
   */
  | {
      readonly table: 'outbox';
      readonly row: OutboxRow;
      readonly was: Expected;
      readonly keepsSealed?: boolean;
    };

export interface SaveRequest {
  readonly changes: readonly Change[];
  readonly receipts?: readonly StoredReceipt[];
  readonly strays?: readonly { readonly id: string; readonly status: DocumentStatus }[];
  readonly droppedStrays?: readonly string[];
}

export interface SaveState {
  readonly saved: 'saved' | 'saving' | 'failed';
  readonly code: string | null;
}

/** `written`: in the ledger, where the next decision sees it. It counts as saved once `journalled` resolves. */
export type Begun =
  | { readonly kind: 'conflict' }
  | { readonly kind: 'written'; readonly journalled: Promise<void> };

export interface Saver {
  /** `conflict`: another writer was first; read again and decide again. Failure when the disk or the journal says no. */
  save(request: SaveRequest): Promise<'saved' | 'conflict'>;
  /**
   * `save` that returns between ledger and journal, for who writes many in a row: the next is decided while the journal's
   * fsync goes on. Who begins one must wait for `journalled`, which rejects with the journal's Failure.
   */
  begin(request: SaveRequest): Promise<Begun>;
  /** Journals what an earlier failure left unjournaled. */
  flush(): Promise<void>;
  /** Something is on its way to be saved: "saved" is not said until the returned function is called. */
  hold(): () => void;
  readonly state: Live<SaveState>;
  /** Called with what was written as soon as it is in the ledger, before it is journalled. */
  onWritten(listener: (puts: readonly LedgerPut[]) => void): () => void;
  /** Called after each save with what was written. */
  onSaved(listener: (puts: readonly LedgerPut[]) => void): () => void;
}

const sealedAtOnce = 48;

class Conflict extends Error {}

type Sealing =
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

async function sealChange(sealer: Sealer, change: Change): Promise<Sealing> {
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

/** Inside the transaction: reads what is there, holds it against the expectations, and writes each table once. */
async function writeAll(database: LedgerDatabase, sealed: readonly Sealing[]): Promise<LedgerPut[]> {
  const found = await findAll(database, sealed);
  let last = sealed.some((one) => one.change.table === 'outbox')
    ? ((await database.outbox.orderBy('seq').last())?.seq ?? 0)
    : 0;
  const nextSeq = (): number => {
    last += 1;
    return last;
  };
  const puts: LedgerPut[] = [];
  const rows = new Map<TableName, Map<string, unknown>>();
  for (const one of sealed) {
    const { change, stored } = one;
    const known = found.get(change.table)?.get(stored.id);
    if (!expectationHolds(change.was, known)) continue;
    const put = putOf(one, nextSeq, known === undefined);
    const sealed = stored.sealed ?? known?.sealed;
    assert(sealed !== undefined, 'only a row that is there keeps what is sealed of it');
    const row = put.table === 'outbox' ? { ...clearOf(put.row), sealed } : stored;
    const written = rows.get(change.table) ?? new Map<string, unknown>();
    rows.set(change.table, written.set(stored.id, row));
    found.get(change.table)?.set(stored.id, { rev: put.row.rev, sealed });
    puts.push(put);
  }
  for (const [name, written] of rows) {
    // Each sealed row was made for the table that its change names.
    const table = database[name] as { bulkPut(rows: readonly unknown[]): Promise<unknown> };
    await table.bulkPut([...written.values()]);
  }
  return puts;
}

/** What the journal would refuse may not reach the disk first: every row is held against the contract before anything else. */
function demandFits(table: Change['table'], row: Change['row']): void {
  const parsed = ledgerPut.safeParse({ table, row });
  if (parsed.success) return;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Failure('call-refused', `${table} ${row.id}: ${where}`);
}

export function createSaver(desk: DeskApi, strict: LedgerDatabase, sealer: Sealer): Saver {
  const state = createCell<SaveState>({ saved: 'saved', code: null });
  const listeners = new Set<(puts: readonly LedgerPut[]) => void>();
  const writtenListeners = new Set<(puts: readonly LedgerPut[]) => void>();
  const queue = createJournalQueue((puts) => deskValue(desk.journal.put({ puts: [...puts] })));
  let held = 0;
  let running = 0;
  // One transaction at a time: puts of one row reach the journal in the order of their revisions.
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work, work);
    tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  function started(): void {
    running += 1;
    state.set({ saved: 'saving', code: null });
  }
  function ended(): void {
    running -= 1;
    if (running > 0 || queue.isBehind) return;
    state.set({ saved: held === 0 ? 'saved' : 'saving', code: null });
  }
  function failed(error: unknown): void {
    running -= 1;
    state.set({ saved: 'failed', code: codeOf(error) });
  }

  /** In pages, so that a run of hundreds is no long task of the window. Nothing is written before all of them fit. */
  async function sealAll(changes: readonly Change[]): Promise<readonly Sealing[]> {
    const sealed: Sealing[] = [];
    for (let at = 0; at < changes.length; at += sealedAtOnce) {
      const some = changes.slice(at, at + sealedAtOnce);
      for (const { table, row } of some) demandFits(table, row);
      sealed.push(...(await Promise.all(some.map((change) => sealChange(sealer, change)))));
    }
    return sealed;
  }

  /** The puts of the transaction; null for a conflict, with nothing written. */
  async function write(
    request: SaveRequest,
    sealed: readonly Sealing[],
    strays: readonly StoredStray[],
  ): Promise<readonly LedgerPut[] | null> {
    // What an earlier failure left goes first, or nothing more is written.
    if (queue.isBehind) await queue.add([]);
    let puts: LedgerPut[] = [];
    try {
      await strict.transaction(
        'rw',
        [strict.incoming, strict.outgoing, strict.annotations, strict.outbox, strict.receipts, strict.strays],
        async () => {
          puts = await writeAll(strict, sealed);
          await strict.receipts.bulkPut([...(request.receipts ?? [])]);
          await strict.strays.bulkPut([...strays]);
          await strict.strays.bulkDelete([...(request.droppedStrays ?? [])]);
        },
      );
    } catch (error) {
      if (error instanceof Conflict) return null;
      throw new Failure('ledger-not-saved', String(error), { cause: error });
    }
    return puts;
  }

  async function journalled(puts: readonly LedgerPut[], inJournal: Promise<void>): Promise<void> {
    try {
      await inJournal;
      for (const listener of [...listeners]) listener(puts);
      ended();
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  async function begin(request: SaveRequest): Promise<Begun> {
    started();
    try {
      const sealed = await sealAll(request.changes);
      const strays = await Promise.all(
        (request.strays ?? []).map(({ id, status }) => sealStray(sealer, id, status)),
      );
      return await inTurn(async () => {
        const puts = await write(request, sealed, strays);
        if (puts === null) {
          ended();
          return { kind: 'conflict' };
        }
        for (const listener of [...writtenListeners]) listener(puts);
        const done = journalled(puts, queue.add(puts));
        // Whoever began it hears of a failure; until they ask it is no stray rejection.
        done.catch(() => undefined);
        return { kind: 'written', journalled: done };
      });
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  async function save(request: SaveRequest): Promise<'saved' | 'conflict'> {
    const begun = await begin(request);
    if (begun.kind === 'conflict') return 'conflict';
    await begun.journalled;
    return 'saved';
  }

  async function flush(): Promise<void> {
    if (queue.isEmpty) return;
    started();
    try {
      await queue.add([]);
      ended();
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  function hold(): () => void {
    held += 1;
    if (state.get().saved === 'saved') state.set({ saved: 'saving', code: null });
    return () => {
      held -= 1;
      const over = held === 0 && running === 0;
      if (over && state.get().saved === 'saving') state.set({ saved: 'saved', code: null });
    };
  }

  return {
    save,
    begin,
    flush,
    hold,
    state,
    onWritten(listener) {
      writtenListeners.add(listener);
      return () => {
        writtenListeners.delete(listener);
      };
    },
    onSaved(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
