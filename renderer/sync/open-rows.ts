// The open rows of the outbox, kept opened between events: a change of the outbox, by whichever window, marks its row to be read
// again. Rows of days without a network are thousands, and reading all of them for every answer took most of the window's time.
// It writes nothing; a row that is older than it thinks is found by its revision when it is saved.
import { Dexie, type IntervalTree, type ObservabilitySet } from 'dexie';
import type { OutboxRow } from '../../preload/contract/records';
import type { Context } from '../acts/context';
import { openOutbox, openStates, storedInStates } from '../db/outbox';
import type { StoredOutbox } from '../db/schema';

export interface OpenRows {
  /** Every open row and those named besides, as they are stored now, in the order they were made. */
  load(
    about?: readonly string[],
    states?: readonly OutboxRow['state'][],
  ): Promise<ReadonlyMap<string, OutboxRow>>;
  /**
   * Runs a save of these rows, whose own change is no reason to read them again: they are kept as saved. Whatever else changes
   * them meanwhile is, and so is a save that failed or found another writer.
   */
  saving(
    rows: readonly OutboxRow[],
    save: () => Promise<'saved' | 'conflict'>,
  ): Promise<'saved' | 'conflict'>;
  /** Everything is read anew the next time. */
  forget(): void;
  stop(): void;
}

/** The keys of a set of ranges; null when one of them is more than a single key. */
function keysOf(tree: IntervalTree | null | undefined): readonly string[] | null {
  if (tree === null || tree === undefined || !('from' in tree)) return [];
  if (tree.from !== tree.to || typeof tree.from !== 'string') return null;
  const left = keysOf(tree.l);
  const right = keysOf(tree.r);
  return left === null || right === null ? null : [...left, tree.from, ...right];
}

function isOpen(row: Pick<StoredOutbox, 'state'>): boolean {
  return openStates.includes(row.state);
}

export function createOpenRows(context: Context): OpenRows {
  const { strict } = context.databases;
  const part = `idb://${strict.name}/outbox/`;
  /** Opened rows by id; each holds for one revision. */
  let opened = new Map<string, OutboxRow>();
  /** Ids of the open rows. */
  let open = new Set<string>();
  let changed = new Set<string>();
  /** Rows of which one change will be heard that this window makes itself. */
  const own = new Set<string>();
  let all = true;

  function noticed(parts: ObservabilitySet): void {
    const tree = parts[part];
    if (tree === undefined) return;
    const keys = keysOf(tree);
    if (keys === null) all = true;
    else for (const key of keys) if (!own.delete(key)) changed.add(key);
  }
  Dexie.on('storagemutated', noticed);
  // What an act of this window has just written need not be opened: it holds for its revision.
  const stopListening = context.saver.onWritten((puts) => {
    for (const put of puts) if (put.table === 'outbox' && isOpen(put.row)) opened.set(put.row.id, put.row);
  });

  function kept(row: OutboxRow): void {
    if (isOpen(row)) {
      open.add(row.id);
      opened.set(row.id, row);
    } else {
      open.delete(row.id);
      opened.delete(row.id);
    }
  }

  async function openOne(stored: StoredOutbox): Promise<OutboxRow | null> {
    const known = opened.get(stored.id);
    if (known?.rev === stored.rev) return known;
    const row = await openOutbox(context.sealer, stored);
    // A row that cannot be opened stays where it is; the start-up puts the journal's copy in its place.
    return row.ok ? row.value : null;
  }

  async function readAll(): Promise<void> {
    all = false;
    changed = new Set();
    const stored = await storedInStates(strict, openStates);
    const rows = new Map<string, OutboxRow>();
    for (const one of stored) {
      const row = await openOne(one);
      if (row !== null) rows.set(row.id, row);
    }
    opened = rows;
    open = new Set(rows.keys());
  }

  async function readSome(ids: readonly string[]): Promise<OutboxRow[]> {
    const stored = await strict.outbox.bulkGet([...ids]);
    const found: OutboxRow[] = [];
    for (const [index, id] of ids.entries()) {
      const one = stored[index];
      const row = one === undefined ? null : await openOne(one);
      if (row === null || one === undefined || !isOpen(one)) {
        open.delete(id);
        opened.delete(id);
      } else {
        open.add(id);
        opened.set(id, row);
      }
      if (row !== null) found.push(row);
    }
    return found;
  }

  async function read(
    about: readonly string[],
    states: readonly OutboxRow['state'][],
  ): Promise<ReadonlyMap<string, OutboxRow>> {
    if (all) await readAll();
    const ids = new Set([...changed, ...about.filter((id) => !open.has(id))]);
    changed = new Set();
    const asked = new Set(about);
    const besides = (await readSome([...ids])).filter((row) => asked.has(row.id));
    const more = states.length === 0 ? [] : await storedInStates(strict, states);
    for (const stored of more) {
      const row = await openOne(stored);
      if (row !== null) besides.push(row);
    }
    const rows = new Map<string, OutboxRow>();
    for (const id of open) {
      const row = opened.get(id);
      if (row !== undefined) rows.set(id, row);
    }
    for (const row of besides) rows.set(row.id, row);
    return new Map([...rows].sort(([, left], [, right]) => left.seq - right.seq));
  }

  // One reading at a time: a second one would find nothing marked and miss what the first is still reading.
  let tail: Promise<unknown> = Promise.resolve();

  return {
    load(about = [], states = []) {
      const mine = tail.then(() => read(about, states));
      tail = mine.catch(() => {
        all = true;
      });
      return mine;
    },
    async saving(rows, save) {
      for (const row of rows) own.add(row.id);
      let isSaved = false;
      try {
        const done = await save();
        isSaved = done === 'saved';
        return done;
      } finally {
        for (const row of rows) {
          // Not heard of by now: then it is read again like any other's.
          if (own.delete(row.id)) changed.add(row.id);
          if (isSaved) kept(row);
        }
        // These revisions may be another writer's.
        if (!isSaved) all = true;
      }
    },
    forget() {
      all = true;
    },
    stop() {
      Dexie.on.storagemutated.unsubscribe(noticed);
      stopListening();
    },
  };
}
