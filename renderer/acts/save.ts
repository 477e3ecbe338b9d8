// The one way into the ledger: seal, ONE strict transaction, then the journal's fsync. "Đã lưu" may be said after it.
// It checks revisions and never decides what should be written.
//
//   seal ──▶ transaction {expectations hold? rows + outbox rows + receipts} ──▶ journal.put ──▶ saved
//                    └─ no: conflict, nothing written                  └─ fails: rows stay, put again before anything else

import type { Annotation } from '../../preload/contract/annotation';
import type { DeskApi } from '../../preload/contract/desk-api';
import { codeOf, Failure } from '../../preload/contract/failure';
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
import type { LedgerDatabase, StoredReceipt } from '../db/schema';
import type { Sealer } from '../db/sealing';
import { sealStray } from '../db/strays';
import type { Live } from '../ledger';
import { deskValue } from './desk-call';

/** What must be true of the stored row: its revision, that there is none, or nothing (then an existing row stays). */
export type Expected = number | 'absent' | 'absent-or-kept';

export type Change =
  | { readonly table: 'incoming'; readonly row: IncomingDocument; readonly was: Expected }
  | { readonly table: 'outgoing'; readonly row: OutgoingDocument; readonly was: Expected }
  | { readonly table: 'annotations'; readonly row: Annotation; readonly was: Expected }
  /** `seq` of a new row is given inside the transaction. */
  | { readonly table: 'outbox'; readonly row: OutboxRow; readonly was: Expected };

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

export interface Saver {
  /** `conflict`: another writer was first; read again and decide again. Failure when the disk or the journal says no. */
  save(request: SaveRequest): Promise<'saved' | 'conflict'>;
  /** Journals what an earlier failure left unjournaled. */
  flush(): Promise<void>;
  readonly state: Live<SaveState>;
  /** Called after each save with what was written. */
  onSaved(listener: (puts: readonly LedgerPut[]) => void): () => void;
}

const journalPage = 500;

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
      readonly stored: Awaited<ReturnType<typeof sealOutbox>>;
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
      return { change, stored: await sealOutbox(sealer, change.row) };
  }
}

/** True when the row is to be written, false when the existing one is kept; throws Conflict otherwise. */
function expectationHolds(was: Expected, found: { readonly rev: number } | undefined): boolean {
  if (was === 'absent-or-kept') return found === undefined;
  const holds = was === 'absent' ? found === undefined : found?.rev === was;
  if (!holds) throw new Conflict();
  return true;
}

async function writeSealed(database: LedgerDatabase, sealing: Sealing): Promise<LedgerPut | null> {
  const { change, stored } = sealing;
  if (change.table === 'outbox') {
    const found = await database.outbox.get(stored.id);
    if (!expectationHolds(change.was, found)) return null;
    const last = found === undefined ? await database.outbox.orderBy('seq').last() : undefined;
    const row = found === undefined ? { ...change.row, seq: (last?.seq ?? 0) + 1 } : change.row;
    await database.outbox.put({ ...clearOf(row), sealed: stored.sealed });
    return { table: 'outbox', row };
  }
  if (change.table === 'annotations') {
    const row = stored as Awaited<ReturnType<typeof sealAnnotation>>;
    if (!expectationHolds(change.was, await database.annotations.get(row.id))) return null;
    await database.annotations.put(row);
    return { table: 'annotations', row: change.row };
  }
  const row = stored as Awaited<ReturnType<typeof sealIncoming>>;
  const table = change.table === 'incoming' ? database.incoming : database.outgoing;
  if (!expectationHolds(change.was, await table.get(row.id))) return null;
  await table.put(row);
  return change.table === 'incoming'
    ? { table: 'incoming', row: change.row }
    : { table: 'outgoing', row: change.row };
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
  let unjournaled: LedgerPut[] = [];
  // One save at a time: puts of one row reach the journal in the order of their revisions.
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work, work);
    tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async function journal(): Promise<void> {
    while (unjournaled.length > 0) {
      const page = unjournaled.slice(0, journalPage);
      await deskValue(desk.journal.put({ puts: page }));
      unjournaled = unjournaled.slice(page.length);
    }
  }

  async function write(request: SaveRequest): Promise<'saved' | 'conflict'> {
    for (const { table, row } of request.changes) demandFits(table, row);
    const sealed = await Promise.all(request.changes.map((change) => sealChange(sealer, change)));
    const strays = await Promise.all(
      (request.strays ?? []).map(({ id, status }) => sealStray(sealer, id, status)),
    );
    let puts: LedgerPut[] = [];
    try {
      await strict.transaction(
        'rw',
        [strict.incoming, strict.outgoing, strict.annotations, strict.outbox, strict.receipts, strict.strays],
        async () => {
          puts = [];
          for (const one of sealed) {
            const put = await writeSealed(strict, one);
            if (put !== null) puts.push(put);
          }
          await strict.receipts.bulkPut([...(request.receipts ?? [])]);
          await strict.strays.bulkPut(strays);
          await strict.strays.bulkDelete([...(request.droppedStrays ?? [])]);
        },
      );
    } catch (error) {
      if (error instanceof Conflict) return 'conflict';
      throw new Failure('ledger-not-saved', String(error), { cause: error });
    }
    unjournaled = [...unjournaled, ...puts];
    await journal();
    for (const listener of [...listeners]) listener(puts);
    return 'saved';
  }

  function watched<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(async () => {
      state.set({ saved: 'saving', code: null });
      try {
        await journal();
        const result = await work();
        state.set({ saved: 'saved', code: null });
        return result;
      } catch (error) {
        state.set({ saved: 'failed', code: codeOf(error) });
        throw error;
      }
    });
  }

  return {
    save: (request) => watched(() => write(request)),
    flush: () => (unjournaled.length === 0 ? Promise.resolve() : watched(() => Promise.resolve())),
    state,
    onSaved(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
