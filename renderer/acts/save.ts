// The one way into the ledger: seal, ONE strict transaction, then the journal's fsync. "Đã lưu" may be said after it.
// It checks revisions and never decides what should be written.
//
//   seal ──▶ transaction {expectations hold? rows + outbox rows + receipts} ──▶ journal.put ──▶ saved
//                    └─ no: conflict, nothing written                  └─ fails: rows stay, put again before anything else

import type { Annotation } from '../../preload/contract/annotation';
import type { DeskApi } from '../../preload/contract/desk-api';
import { codeOf, Failure } from '../../preload/contract/failure';
import { textOfPuts } from '../../preload/contract/journal-puts';
import {
  type DocumentStatus,
  type IncomingDocument,
  type LedgerPut,
  ledgerPut,
  type OutboxRow,
  type OutgoingDocument,
} from '../../preload/contract/records';
import type { Shift } from '../db/counts';
import { createCell } from '../db/live';
import type { LedgerDatabase, StoredReceipt, StoredStray } from '../db/schema';
import type { Sealer } from '../db/sealing';
import { sealStray } from '../db/strays';
import type { Live } from '../ledger';
import { deskValue } from './desk-call';
import { createJournalQueue } from './journal-queue';
import { Conflict, type Sealing, sealChange, type WrittenRows, writeAll } from './save-writing';

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
  /** Called with what was written as soon as it is in the ledger, before it is journalled and before anything else is written. */
  onWritten(listener: (puts: readonly LedgerPut[], shifts: readonly Shift[]) => void): () => void;
  /** Runs a reading while no save of this window writes; those that come meanwhile wait for it. */
  between<T>(reading: () => Promise<T>): Promise<T>;
  /** Called after each save with what was written. */
  onSaved(listener: (puts: readonly LedgerPut[]) => void): () => void;
}

const sealedAtOnce = 48;

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
  const writtenListeners = new Set<(puts: readonly LedgerPut[], shifts: readonly Shift[]) => void>();
  const queue = createJournalQueue((puts) => deskValue(desk.journal.put({ puts: textOfPuts(puts) })));
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

  /** What the transaction wrote; null for a conflict, with nothing written. */
  async function write(
    request: SaveRequest,
    sealed: readonly Sealing[],
    strays: readonly StoredStray[],
  ): Promise<WrittenRows | null> {
    // What an earlier failure left goes first, or nothing more is written.
    if (queue.isBehind) await queue.add([]);
    let written: WrittenRows = { puts: [], shifts: [] };
    try {
      await strict.transaction(
        'rw',
        [strict.incoming, strict.outgoing, strict.annotations, strict.outbox, strict.receipts, strict.strays],
        async () => {
          const { receipts = [], droppedStrays = [] } = request;
          [written] = await Promise.all([
            writeAll(strict, sealed),
            receipts.length === 0 ? null : strict.receipts.bulkPut([...receipts]),
            strays.length === 0 ? null : strict.strays.bulkPut([...strays]),
            droppedStrays.length === 0 ? null : strict.strays.bulkDelete([...droppedStrays]),
          ]);
        },
      );
    } catch (error) {
      if (error instanceof Conflict) return null;
      throw new Failure('ledger-not-saved', String(error), { cause: error });
    }
    return written;
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
        const written = await write(request, sealed, strays);
        if (written === null) {
          ended();
          return { kind: 'conflict' };
        }
        const { puts, shifts } = written;
        for (const listener of [...writtenListeners]) listener(puts, shifts);
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
    between: inTurn,
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
