import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { actId, asInstant, deskId } from '../../preload/contract/ids';
import type { LedgerPut, OutboxRow } from '../../preload/contract/records';
import type { Context } from '../acts/context';
import { sealOutbox } from '../db/outbox';
import { type Databases, openDatabases } from '../db/schema';
import { countingSealer } from '../testing/fixtures';
import { createOpenRows, type OpenRows } from './open-rows';

let opened: Databases[] = [];
let rows: OpenRows | null = null;

afterEach(() => {
  rows?.stop();
  for (const one of opened) one.close();
  opened = [];
});

function rowOf(name: string, more: Partial<OutboxRow> = {}): OutboxRow {
  const at = asInstant(new Date('2026-11-20T00:00:00Z'));
  const document = deskId.parse(crypto.randomUUID());
  return {
    ...{ id: `ack:${name}`, lane: `${document}/ack`, act: actId.parse(crypto.randomUUID()), kind: 'ack' },
    ...{ packageSha: null, receivers: [], docId: null, seq: 1, rev: 0, state: 'ready', attempts: 0 },
    ...{ notBefore: at, leaseUntil: null, lastCode: '', createdAt: at },
    ...more,
  };
}

/** One ledger, opened by this window and by another one. */
async function ledger() {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
  const name = `ledger-${crypto.randomUUID()}`;
  const mine = await openDatabases(() => undefined, factory, name);
  const other = await openDatabases(() => undefined, factory, name);
  opened = [mine, other];
  const { sealer, openings } = await countingSealer();
  const listeners: ((puts: readonly LedgerPut[]) => void)[] = [];
  const saver = {
    onWritten: (listener: (puts: readonly LedgerPut[]) => void) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  rows = createOpenRows({ databases: mine, sealer, saver } as unknown as Context);
  const write = async (row: OutboxRow) => void (await other.strict.outbox.put(await sealOutbox(sealer, row)));
  const writeHere = async (row: OutboxRow): Promise<'saved'> => {
    await mine.strict.outbox.put(await sealOutbox(sealer, row));
    return 'saved';
  };
  const written = (row: OutboxRow) => {
    for (const listener of listeners) listener([{ table: 'outbox', row }]);
  };
  let reads = 0;
  mine.strict.outbox.hook('reading', (found) => {
    reads += 1;
    return found;
  });
  return { rows, write, writeHere, written, openings, reads: () => reads };
}

const idsOf = (found: ReadonlyMap<string, OutboxRow>) => [...found.keys()];

describe('the open rows', () => {
  it('are read again where another window wrote: a new one, a changed one, one that is over', async () => {
    const desk = await ledger();
    const [one, two] = [rowOf('one'), rowOf('two', { seq: 2 })];
    await desk.write(one);
    expect(idsOf(await desk.rows.load())).toEqual(['ack:one']);
    await desk.write(two);
    expect(idsOf(await desk.rows.load())).toEqual(['ack:one', 'ack:two']);
    await desk.write({ ...two, rev: 1, state: 'waiting', attempts: 1 });
    expect((await desk.rows.load()).get('ack:two')).toMatchObject({ rev: 1, state: 'waiting', attempts: 1 });
    await desk.write({ ...one, rev: 1, state: 'accepted' });
    expect(idsOf(await desk.rows.load())).toEqual(['ack:two']);
  });

  it('are opened once each while nothing of them changes', async () => {
    const desk = await ledger();
    for (const name of ['one', 'two', 'three']) await desk.write(rowOf(name));
    await desk.rows.load();
    await desk.rows.load();
    await desk.rows.load();
    expect(desk.openings()).toBe(3);
  });

  it('come with those that are named or asked for by state, which are not kept', async () => {
    const desk = await ledger();
    await desk.write(rowOf('over', { state: 'accepted' }));
    await desk.write(rowOf('one', { seq: 2 }));
    expect(idsOf(await desk.rows.load(['ack:over']))).toEqual(['ack:over', 'ack:one']);
    expect(idsOf(await desk.rows.load([], ['accepted']))).toEqual(['ack:over', 'ack:one']);
    expect(idsOf(await desk.rows.load())).toEqual(['ack:one']);
  });

  it('are not read again for what the window has saved of them itself', async () => {
    const desk = await ledger();
    const one = rowOf('one');
    await desk.write(one);
    await desk.rows.load();
    const before = [desk.reads(), desk.openings()];
    const sending = { ...one, rev: 1, state: 'sending', attempts: 1 } as const;
    await desk.rows.saving([sending], () => desk.writeHere(sending));
    expect((await desk.rows.load()).get('ack:one')).toEqual(sending);
    const accepted = { ...one, rev: 2, state: 'accepted', attempts: 1 } as const;
    await desk.rows.saving([accepted], () => desk.writeHere(accepted));
    expect(idsOf(await desk.rows.load())).toEqual([]);
    expect([desk.reads(), desk.openings()]).toEqual(before);
  });

  it('are read again where another window wrote while this one was saving', async () => {
    const desk = await ledger();
    const one = rowOf('one');
    await desk.write(one);
    await desk.rows.load();
    const [mine, theirs] = [
      { ...one, rev: 1, state: 'sending', attempts: 1 } as const,
      { ...one, rev: 2, state: 'waiting', attempts: 1, lastCode: 'hub-busy' } as const,
    ];
    await desk.rows.saving([mine], async () => {
      await desk.writeHere(mine);
      await desk.write(theirs);
      return 'saved';
    });
    await vi.waitFor(async () => expect((await desk.rows.load()).get('ack:one')).toEqual(theirs));
  });

  it.each(['conflict', 'failure'])(
    'are what is stored after a %s, also where the revision is the same',
    async (end) => {
      const desk = await ledger();
      const one = rowOf('one');
      await desk.write(one);
      await desk.rows.load();
      const mine = { ...one, rev: 1, state: 'sending', attempts: 1 } as const;
      const theirs = { ...one, rev: 1, state: 'waiting', lastCode: 'hub-busy' } as const;
      await desk.write(theirs);
      const saving = desk.rows.saving([mine], () =>
        end === 'conflict' ? Promise.resolve('conflict') : Promise.reject(new Error('the disk')),
      );
      await saving.catch(() => undefined);
      expect((await desk.rows.load()).get('ack:one')).toEqual(theirs);
    },
  );

  it('need no opening where an act of this window has just written them', async () => {
    const desk = await ledger();
    await desk.rows.load();
    const one = rowOf('one');
    await desk.writeHere(one);
    desk.written(one);
    expect((await desk.rows.load()).get('ack:one')).toEqual(one);
    expect(desk.openings()).toBe(0);
  });

  it('miss nothing when two ask at once', async () => {
    const desk = await ledger();
    await desk.rows.load();
    await desk.write(rowOf('one'));
    const both = await Promise.all([desk.rows.load(), desk.rows.load()]);
    expect(both.map(idsOf)).toEqual([['ack:one'], ['ack:one']]);
  });
});
