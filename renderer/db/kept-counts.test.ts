import { Dexie, RangeSet } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeskApi } from '../../preload/contract/desk-api';
import { actId, asDay, asInstant, asSha256, type Day, newDeskId } from '../../preload/contract/ids';
import type { OutboxRow, OutboxState, OutgoingDocument } from '../../preload/contract/records';
import { type Change, createSaver } from '../acts/save';
import { pdf } from '../testing/fake-desk';
import { facts, ministry, testKey } from '../testing/fixtures';
import { type Counts, countAll } from './counts';
import { createKeptCounts } from './kept-counts';
import { type Databases, noDay, openDatabases, type StoredDocument } from './schema';
import { createSealer } from './sealing';

let databases: Databases | null = null;
afterEach(() => {
  vi.useRealTimers();
  databases?.close();
  databases = null;
});

const at = asInstant(new Date('2026-11-20T00:00:00Z'));

function draft(state: OutgoingDocument['state'], isNumbered: boolean): OutgoingDocument {
  return {
    ...{ id: newDeskId(), rev: 1, state, main: pdf(asSha256('d'.repeat(64))), annexes: [] },
    ...{ leaderSignature: null, seal: null, packageSha: null, hubDocId: null, answers: null },
    ...{ createdAt: at, sentAt: null, deliveries: [], history: [] },
    facts: facts('1', { receivers: [ministry] }),
    numberGiven: isNumbered ? { number: 1, date: asDay('2026-11-20'), at } : null,
  };
}

function told(kind: 'ack' | 'edoc', state: OutboxState): OutboxRow {
  const act = actId.parse(crypto.randomUUID());
  return {
    ...{ id: `${kind}:${act}`, lane: newDeskId(), kind, state, act, packageSha: null, receivers: [] },
    ...{
      seq: 0,
      rev: 0,
      attempts: 0,
      notBefore: at,
      leaseUntil: null,
      lastCode: '',
      createdAt: at,
      docId: null,
    },
  };
}

/** A row as a second window would write it, whatever is sealed in it. */
function foreign(shelf: string, due: Day | typeof noDay): StoredDocument {
  const sealed = { v: 1, nonce: new Uint8Array(12), bytes: new ArrayBuffer(8) };
  return {
    ...{
      id: newDeskId(),
      rev: 1,
      state: shelf,
      shelf,
      at,
      today: due,
      due,
      registered: '',
      marks: [],
      sealed,
    },
  };
}

async function desk() {
  const open = await openDatabases(() => undefined, { indexedDB: new IDBFactory(), IDBKeyRange });
  databases = open;
  const api = { journal: { put: async () => ({ ok: true, value: { seq: 1 } }) } } as unknown as DeskApi;
  const saver = createSaver(api, open.strict, createSealer(await testKey()));
  const day = { today: asDay('2026-11-20') };
  let countings = 0;
  const writes = {
    onWritten: saver.onWritten,
    between: <T>(reading: () => Promise<T>) => {
      countings += 1;
      return saver.between(reading);
    },
  };
  const counts = createKeptCounts(open.relaxed, writes, () => day.today);
  let seen: Counts | null = null;
  const close = counts.subscribe((now) => {
    seen = now;
  });
  await vi.waitFor(() => expect(seen).not.toBeNull());
  return {
    ...{ open, saver, day, close, counts },
    save: (...changes: Change[]) => saver.save({ changes }),
    seen: () => seen,
    countings: () => countings,
    counted: () => countAll(open.relaxed, day.today),
  };
}

const asNew = (row: OutgoingDocument): Change => ({ table: 'outgoing', row, was: 'absent' });

describe('numbers that are kept', () => {
  it('are carried along by the saves of this window, without counting anew', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { save, seen, countings } = await desk();
    const row = draft('to-sign', false);
    await save(asNew(row), { table: 'outbox', row: told('edoc', 'ready'), was: 'absent-or-kept' });
    expect(seen()).toMatchObject({ folders: { 'out-to-sign': 1 }, waiting: 1 });
    await save({ table: 'outgoing', row: { ...row, rev: 2, state: 'draft' }, was: 1 });
    expect(seen()?.folders).toMatchObject({ 'out-to-sign': 0, 'out-draft': 1 });
    for (let index = 0; index < 30; index += 1) await save(asNew(draft('draft', false)));
    expect(seen()?.folders['out-draft']).toBe(31);
    // Longer than a notice of another writer would wait for.
    vi.advanceTimersByTime(10_000);
    expect(countings()).toBe(1);
  });

  it('are not counted anew for a row that was to be added and was there', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { save, seen, countings } = await desk();
    const row = told('edoc', 'ready');
    for (const state of ['ready', 'needs-attention'] as const) {
      await save({ table: 'outbox', row: { ...row, state }, was: 'absent-or-kept' });
    }
    expect(seen()).toMatchObject({ waiting: 1, needsAttention: 0 });
    vi.advanceTimersByTime(10_000);
    expect(countings()).toBe(1);
  });

  it('are counted anew when somebody else writes', async () => {
    const { open, seen } = await desk();
    await open.relaxed.incoming.put(foreign('in-to-accept', noDay));
    await vi.waitFor(() => expect(seen()?.folders['in-to-accept']).toBe(1), { timeout: 5000 });
  });

  it('are counted anew on another day, once a synchronisation says so', async () => {
    const { open, seen, day } = await desk();
    await open.relaxed.incoming.put(foreign('in-to-accept', asDay('2026-11-20')));
    await vi.waitFor(() => expect(seen()?.folders).toMatchObject({ today: 1, 'in-overdue': 0 }), {
      timeout: 5000,
    });
    day.today = asDay('2026-11-21');
    await open.relaxed.cursor.put({ key: 'last-sync', value: at });
    await vi.waitFor(() => expect(seen()?.folders).toMatchObject({ today: 1, 'in-overdue': 1 }), {
      timeout: 5000,
    });
  });

  it('are told to whoever asks later as they are by then, and no more to who has left', async () => {
    const { save, counts, close, seen } = await desk();
    await save(asNew(draft('draft', false)));
    close();
    await save(asNew(draft('draft', false)));
    expect(seen()?.folders['out-draft']).toBe(1);
    let later: Counts | null = null;
    counts.subscribe((now) => {
      later = now;
    });
    await vi.waitFor(() => expect(later).toMatchObject({ folders: { 'out-draft': 2 } }));
  });

  it('are counted anew for whoever comes after somebody who left while they were counted', async () => {
    const { save, counts, close } = await desk();
    close();
    const leave = counts.subscribe(() => undefined);
    leave();
    await save(asNew(draft('draft', false)));
    const seen: number[] = [];
    counts.subscribe((now) => seen.push(now.folders['out-draft']));
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0));
    expect(seen).not.toContain(0);
  });

  it('are counted anew for whoever comes after the last one left on being told', async () => {
    const { open, save, counts, close } = await desk();
    close();
    await new Promise<void>((resolve) => {
      const leave = counts.subscribe(() => {
        leave();
        resolve();
      });
      // Another window, while it is counted: a reason to count once more, but for whom?
      void open.relaxed.incoming.put(foreign('in-to-accept', noDay));
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    await save(asNew(draft('draft', false)));
    const seen: Counts[] = [];
    counts.subscribe((now) => seen.push(now));
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0));
    expect(seen[0]?.folders).toMatchObject({ 'out-draft': 1, 'in-to-accept': 1 });
  });

  it('are counted anew on another day by the first save, with no synchronisation', async () => {
    const { open, save, seen, day } = await desk();
    await open.relaxed.incoming.put(foreign('in-to-accept', asDay('2026-11-20')));
    await vi.waitFor(() => expect(seen()?.folders.today).toBe(1), { timeout: 5000 });
    day.today = asDay('2026-11-21');
    await save(asNew(draft('draft', false)));
    await vi.waitFor(() => expect(seen()?.folders['in-overdue']).toBe(1), { timeout: 5000 });
  });

  it('reach everybody else, and what was saved the journal, where somebody who is told fails', async () => {
    const { save, seen, counts } = await desk();
    const failures: unknown[] = [];
    counts.subscribe(
      () => {
        throw new Error('a screen that fails');
      },
      (error) => failures.push(error),
    );
    let later: Counts | null = null;
    counts.subscribe((now) => {
      later = now;
    });
    expect(await save(asNew(draft('draft', false)))).toBe('saved');
    expect(seen()?.folders['out-draft']).toBe(1);
    expect(later).toEqual(seen());
    expect(failures).toHaveLength(2);
  });

  it('stay as they are when a newer program has closed the database', async () => {
    const { open, counts } = await desk();
    const failures: unknown[] = [];
    counts.subscribe(
      () => undefined,
      (error) => failures.push(error),
    );
    open.close();
    Dexie.on.storagemutated.fire({ [`idb://${open.relaxed.name}/incoming/`]: new RangeSet('x') });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(failures).toEqual([]);
  });

  it('tell those who ask when they cannot be counted', async () => {
    const { open, saver, day } = await desk();
    const between = () => Promise.reject(new Error('a disk that fails'));
    const counts = createKeptCounts(open.relaxed, { ...saver, between }, () => day.today);
    const failures: unknown[] = [];
    counts.subscribe(
      () => undefined,
      (error) => failures.push(error),
    );
    await vi.waitFor(() => expect(failures).toHaveLength(1));
  });

  it('wait after a counting by what it took, not by what it waited for the saves before it', async () => {
    const { open, saver, day } = await desk();
    const between = async <T>(reading: () => Promise<T>): Promise<T> => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return saver.between(reading);
    };
    const counts = createKeptCounts(open.relaxed, { ...saver, between }, () => day.today);
    let seen = -1;
    counts.subscribe((now) => {
      seen = now.folders['in-to-accept'];
    });
    await vi.waitFor(() => expect(seen).toBe(0));
    await open.relaxed.incoming.put(foreign('in-to-accept', noDay));
    await vi.waitFor(() => expect(seen).toBe(1), { timeout: 2000 });
  });

  it('are the same as counted anew, whatever is saved, refused, kept or written by others', {
    timeout: 60_000,
  }, async () => {
    const states = ['draft', 'to-sign', 'to-number', 'sent', 'returned', 'recalled'] as const;
    const outbox = ['ready', 'sending', 'unknown', 'needs-attention', 'accepted'] as const;
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('new' as const),
        state: fc.constantFrom(...states),
        isNumbered: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('next' as const),
        at: fc.nat(9),
        state: fc.constantFrom(...states),
        twice: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('conflict' as const), at: fc.nat(9) }),
      fc.record({ kind: fc.constant('kept' as const), at: fc.nat(9) }),
      fc.record({
        kind: fc.constant('tell' as const),
        what: fc.constantFrom('ack' as const, 'edoc' as const),
      }),
      fc.record({ kind: fc.constant('told' as const), at: fc.nat(9), state: fc.constantFrom(...outbox) }),
      fc.record({
        kind: fc.constant('foreign' as const),
        shelf: fc.constantFrom('in-to-accept', 'none', 'in-finished'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        const { open, save, seen, counted, close } = await desk();
        const rows: OutgoingDocument[] = [];
        const lines: OutboxRow[] = [];
        for (const one of steps) {
          const known = 'at' in one ? rows[one.at % Math.max(1, rows.length)] : undefined;
          const line = 'at' in one ? lines[one.at % Math.max(1, lines.length)] : undefined;
          if (one.kind === 'new') {
            const row = draft(one.state, one.isNumbered);
            rows.push(row);
            await save(asNew(row));
          } else if (one.kind === 'tell') {
            const row = told(one.what, 'ready');
            lines.push(row);
            await save({ table: 'outbox', row, was: 'absent-or-kept' });
          } else if (one.kind === 'foreign') await open.relaxed.incoming.put(foreign(one.shelf, noDay));
          else if (one.kind === 'told' && line !== undefined) {
            const row = { ...line, seq: 1, rev: line.rev + 1, state: one.state };
            lines[lines.indexOf(line)] = row;
            await save({ table: 'outbox', row, was: line.rev });
          } else if (one.kind === 'kept' && line !== undefined) {
            await save({
              table: 'outbox',
              row: { ...line, state: 'needs-attention' },
              was: 'absent-or-kept',
            });
          } else if (one.kind === 'conflict' && known !== undefined) {
            const row = { ...known, rev: known.rev + 9, state: 'draft' as const };
            expect(await save({ table: 'outgoing', row, was: known.rev + 8 })).toBe('conflict');
          } else if (one.kind === 'next' && known !== undefined) {
            const between = { ...known, rev: known.rev + 1, state: 'to-sign' as const };
            const first: Change[] = one.twice ? [{ table: 'outgoing', row: between, was: known.rev }] : [];
            const from = one.twice ? between.rev : known.rev;
            const row = { ...known, rev: from + 1, state: one.state };
            rows[rows.indexOf(known)] = row;
            await save(...first, { table: 'outgoing', row, was: from });
          }
        }
        const truth = await counted();
        await vi.waitFor(() => expect(seen()).toEqual(truth), { timeout: 5000 });
        close();
        open.close();
      }),
      { numRuns: 25 },
    );
  });
});
