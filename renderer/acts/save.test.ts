import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskApi } from '../../preload/contract/desk-api';
import { actId, asInstant, deskId, type HubDocId } from '../../preload/contract/ids';
import { putsText } from '../../preload/contract/journal-puts';
import type { LedgerPut, OutboxRow, OutgoingDocument } from '../../preload/contract/records';
import { openOutbox } from '../db/outbox';
import { type Databases, openDatabases } from '../db/schema';
import { createSealer } from '../db/sealing';
import { FakeMain } from '../testing/fake-desk';
import { testKey } from '../testing/fixtures';
import { sent } from '../testing/sent-document';
import { type Change, createSaver } from './save';

let databases: Databases | null = null;
afterEach(() => {
  databases?.close();
  databases = null;
});

function rowOf(name: string, more: Partial<OutboxRow> = {}): OutboxRow {
  const at = asInstant(new Date('2026-11-20T00:00:00Z'));
  return {
    ...{ id: `ack:${name}`, lane: `${deskId.parse(crypto.randomUUID())}/ack`, kind: 'ack', state: 'ready' },
    ...{ act: actId.parse(crypto.randomUUID()), packageSha: null, receivers: [], docId: name as HubDocId },
    ...{ seq: 0, rev: 0, attempts: 0, notBefore: at, leaseUntil: null, lastCode: '', createdAt: at },
    ...more,
  };
}

const isNew = (row: OutboxRow): Change => ({ table: 'outbox', row, was: 'absent-or-kept' });

async function desk() {
  const open = await openDatabases(() => undefined, { indexedDB: new IDBFactory(), IDBKeyRange });
  databases = open;
  const journal: LedgerPut[] = [];
  let disk: Promise<void> = Promise.resolve();
  const holdDisk = (): (() => void) => {
    let release: () => void = () => undefined;
    disk = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  };
  const api = {
    journal: {
      put: async ({ puts }: { readonly puts: string }) => {
        await disk;
        journal.push(...putsText.parse(puts));
        return { ok: true, value: { seq: journal.length } };
      },
    },
  } as unknown as DeskApi;
  const sealer = createSealer(await testKey());
  const saver = createSaver(api, open.strict, sealer);
  const stored = async (id: string): Promise<OutboxRow | null> => {
    const row = await open.strict.outbox.get(id);
    const found = row === undefined ? null : await openOutbox(sealer, row);
    return found?.ok === true ? found.value : null;
  };
  const save = (...changes: Change[]) => saver.save({ changes });
  return {
    save,
    saver,
    stored,
    journal,
    holdDisk,
    told: () => journal.map((put) => `${put.row.id} ${put.row.rev}`),
  };
}

describe('rows that are new, or stay as they are', () => {
  it('are added where they are not there; one that is there stays, and the journal hears of the new ones alone', async () => {
    const { save, stored, told } = await desk();
    await save(isNew(rowOf('one', { lastCode: 'first' })));
    const done = await save(
      isNew(rowOf('two')),
      isNew(rowOf('one', { lastCode: 'second' })),
      isNew(rowOf('three')),
    );
    expect(done).toBe('saved');
    expect((await stored('ack:one'))?.lastCode).toBe('first');
    expect(told()).toEqual(['ack:one 0', 'ack:two 0', 'ack:three 0']);
    const order = [(await stored('ack:two'))?.seq, (await stored('ack:three'))?.seq];
    expect(order[0]).toBeGreaterThan((await stored('ack:one'))?.seq ?? 0);
    expect(order[1]).toBeGreaterThan(order[0] ?? 0);
  });

  it('may be changed again in the same save', async () => {
    const { save, stored, told } = await desk();
    const one = rowOf('one');
    await save(isNew(one), { table: 'outbox', row: { ...one, rev: 1, lastCode: 'again' }, was: 0 });
    expect(await stored('ack:one')).toMatchObject({ rev: 1, lastCode: 'again' });
    expect(told()).toEqual(['ack:one 0', 'ack:one 1']);
  });

  it('are not there after a conflict of another row', async () => {
    const { save, stored, told } = await desk();
    const one = rowOf('one');
    await save(isNew(one));
    const late: Change = { table: 'outbox', row: { ...one, rev: 4 }, was: 3 };
    expect(await save(isNew(rowOf('two')), late)).toBe('conflict');
    expect(await stored('ack:two')).toBeNull();
    expect(told()).toEqual(['ack:one 0']);
  });
});

describe('a document that is written while its revision is asked for', () => {
  const documentOf = (rev: number): OutgoingDocument => {
    const main = new FakeMain();
    const { id } = sent(main, '900');
    const put = main.latest.get(`outgoing/${id}`);
    if (put?.table !== 'outgoing') throw new Error('no document');
    return { ...put.row, rev };
  };

  it('is not written when another writer was first, nor is anything of the same save', async () => {
    const { save, stored, told } = await desk();
    const row = documentOf(1);
    await save({ table: 'outgoing', row, was: 'absent' });
    await save({ table: 'outgoing', row: { ...row, rev: 2 }, was: 1 });
    const late: Change = { table: 'outgoing', row: { ...row, rev: 2, state: 'sent', history: [] }, was: 1 };
    expect(await save(isNew(rowOf('two')), late)).toBe('conflict');
    expect(await save({ table: 'outgoing', row: { ...documentOf(4) }, was: 3 })).toBe('conflict');
    expect(await stored('ack:two')).toBeNull();
    expect((await databases?.strict.outgoing.toArray())?.map((one) => one.rev)).toEqual([2]);
    expect(told()).toEqual([`${row.id} 1`, `${row.id} 2`]);
  });

  it('may be one of hundreds in a save, of which a single late one lets none be written', async () => {
    const { save } = await desk();
    const rows = Array.from({ length: 150 }, () => documentOf(1));
    const changes = rows.map((row): Change => ({ table: 'outgoing', row, was: 'absent' }));
    expect(await save(...changes)).toBe('saved');
    const next = rows.map((row): Change => ({ table: 'outgoing', row: { ...row, rev: 2 }, was: 1 }));
    const late = next.map((one, index) => (index === 140 ? ({ ...one, was: 7 } as Change) : one));
    expect(await save(...late)).toBe('conflict');
    const revisions = async () => (await databases?.strict.outgoing.toArray())?.map((one) => one.rev);
    expect(new Set(await revisions())).toEqual(new Set([1]));
    expect(await save(...next)).toBe('saved');
    expect(new Set(await revisions())).toEqual(new Set([2]));
  });
});

describe('a row of which nothing sealed has changed', () => {
  it('keeps what is sealed, and moves on in what is not', async () => {
    const { save, stored, journal } = await desk();
    const one = rowOf('one');
    await save(isNew(one));
    const before = await databases?.strict.outbox.get('ack:one');
    const sending: OutboxRow = { ...one, seq: before?.seq ?? 0, rev: 1, state: 'sending', attempts: 1 };
    await save({ table: 'outbox', row: sending, was: 0, keepsSealed: true });
    expect(await stored('ack:one')).toEqual(sending);
    expect((await databases?.strict.outbox.get('ack:one'))?.sealed).toEqual(before?.sealed);
    expect(journal.at(-1)).toEqual({ table: 'outbox', row: sending });
  });
});

describe('what is written', () => {
  it('is heard of before the journal has it, and as saved only afterwards', async () => {
    const { saver, holdDisk } = await desk();
    const release = holdDisk();
    const heard: string[] = [];
    saver.onWritten((puts) => heard.push(`written ${puts.length}`));
    saver.onSaved((puts) => heard.push(`saved ${puts.length}`));
    const begun = await saver.begin({ changes: [isNew(rowOf('one'))] });
    expect(heard).toEqual(['written 1']);
    release();
    if (begun.kind === 'written') await begun.journalled;
    expect(heard).toEqual(['written 1', 'saved 1']);
  });
});
