import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { FakeMain } from '../testing/fake-desk';
import { documentArrival, machine, offer, openWindow } from '../testing/fixtures';
import { ledgerVersion, openDatabases } from './schema';

async function newerDatabase(factory: IDBFactory, name: string) {
  const newer = new Dexie(name, { indexedDB: factory, IDBKeyRange });
  newer.version(ledgerVersion + 1).stores({ incoming: 'id', invented: 'id' });
  await newer.open();
  return newer;
}

describe('the database of the ledger', () => {
  it('made by a newer program is left as it is, and the desk stops with its code', async () => {
    const on = machine(new FakeMain());
    const newer = await newerDatabase(on.factory, on.name);
    await newer.table('invented').put({ id: 'kept' });
    newer.close();
    const { ledger } = await openWindow(on);
    await expect(ledger.start()).rejects.toMatchObject({ code: 'ledger-from-the-future' });
    await expect(ledger.acts.submit({ id: '' as never })).rejects.toMatchObject({
      code: 'ledger-from-the-future',
    });
    const again = await newerDatabase(on.factory, on.name);
    expect(await again.table('invented').toArray()).toEqual([{ id: 'kept' }]);
    again.close();
  });

  it('gives way to a newer program that wants to upgrade, and says so once', async () => {
    const factory = new IDBFactory();
    let told = 0;
    const databases = await openDatabases(
      () => {
        told += 1;
      },
      { indexedDB: factory, IDBKeyRange },
      'upgraded',
    );
    const newer = await newerDatabase(factory, 'upgraded');
    expect(told).toBe(1);
    expect(databases.strict.isOpen()).toBe(false);
    expect(databases.relaxed.isOpen()).toBe(false);
    newer.close();
  });

  it('is strict for acts and relaxed for reading', async () => {
    const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
    const databases = await openDatabases(() => undefined, factory, 'durability');
    expect(databases.strict._options.chromeTransactionDurability).toBe('strict');
    expect(databases.relaxed._options.chromeTransactionDurability).toBe('relaxed');
    databases.close();
  });

  it('has no word of a document in clear', async () => {
    const main = new FakeMain();
    offer(main, documentArrival('in-1'));
    const on = machine(main);
    const { ledger } = await openWindow(on);
    await ledger.start();
    await ledger.syncNow();
    ledger.dispose();
    const plain = new Dexie(on.name, { indexedDB: on.factory, IDBKeyRange });
    await plain.open();
    const columns: string[] = [];
    for (const table of plain.tables) {
      for (const row of await table.toArray()) {
        const { sealed: _, ...clear } = row;
        columns.push(JSON.stringify(clear));
      }
    }
    plain.close();
    expect(columns.length).toBeGreaterThan(3);
    for (const word of ['G12', 'BTC', 'triển khai', 'Nguyễn', 'in-1', 'Tài chính', 'a'.repeat(64)]) {
      expect(columns.join('\n')).not.toContain(word);
    }
  });
});
