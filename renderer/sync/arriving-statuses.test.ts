import { IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { DeskId } from '../../preload/contract/ids';
import { putsText } from '../../preload/contract/journal-puts';
import type { LedgerPut } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import { createSaver } from '../acts/save';
import { openDatabases } from '../db/schema';
import { createSealer } from '../db/sealing';
import { FakeMain, testInfo } from '../testing/fake-desk';
import { firstOf, machine, offer, openWindow, statusArrival, testKey } from '../testing/fixtures';
import { sent } from '../testing/sent-document';
import { bringInStatuses } from './arriving-statuses';

const hubOfTests = `${testInfo.hub.kind} ${testInfo.hub.endpoint}`.trim();

async function documentIn(ledger: Awaited<ReturnType<typeof openWindow>>['ledger'], id: DeskId) {
  const view = await firstOf(ledger.document(id));
  if (view.kind !== 'outgoing') throw new Error(view.kind);
  return view.document;
}

describe('many statuses', () => {
  it('are in their documents, in order, after few saves, and each is acknowledged', async () => {
    const main = new FakeMain();
    const documents = Array.from({ length: 20 }, (_, index) => sent(main, String(500 + index)));
    for (const code of ['01', '03']) {
      for (const [index, { documentId }] of documents.entries())
        offer(main, statusArrival(`s-${code}-${index}`, code, documentId));
    }
    offer(main, statusArrival('s-stray', '01', 'H37,2026/11/20,999/UBND'));
    const { ledger } = await openWindow(machine(main));
    await ledger.start();
    const before = [...main.latest.keys()].length;
    let journalled = 0;
    const run = main.run.bind(main);
    main.run = (name, input) => {
      const puts = name === 'journal.put' ? putsText.parse((input as { puts: string }).puts) : [];
      if (puts.some((put) => put.table === 'outgoing')) journalled += 1;
      return run(name, input);
    };
    await ledger.syncNow();
    expect(journalled).toBeLessThanOrEqual(12);
    expect(main.latest.size).toBe(before + 41);
    expect([...main.done].sort()).toEqual([...main.received].sort());
    for (const { id } of documents) {
      const document = await documentIn(ledger, id);
      expect(document.deliveries.map((one) => one.state)).toEqual(['03']);
      expect(document.history.map((entry) => entry.what)).toEqual(['status-01', 'status-03']);
      expect(new Set(document.history.map((entry) => entry.from))).toEqual(new Set([hubOfTests]));
    }
    expect(await firstOf(ledger.strays)).toHaveLength(1);
    ledger.dispose();
  });

  it('with a taking back among them, lose neither it nor each other', async () => {
    const main = new FakeMain();
    const { id, documentId } = sent(main, '700');
    offer(main, statusArrival('s-1', '01', documentId));
    offer(main, statusArrival('s-2', '13', 'G12,2026/11/20,77/BTC-VP'));
    offer(main, statusArrival('s-3', '03', documentId));
    const { ledger } = await openWindow(machine(main));
    await ledger.start();
    await ledger.syncNow();
    await ledger.syncNow();
    expect((await documentIn(ledger, id)).history.map((entry) => entry.what)).toEqual([
      'status-01',
      'status-03',
    ]);
    const notice = await firstOf(ledger.document(await documentOf(statusArrival('s-2', '13', '').docId)));
    expect(notice.kind).toBe('incoming');
    expect(new Set(main.done)).toEqual(new Set(['s-1', 's-2', 's-3']));
    ledger.dispose();
  });
});

describe('statuses that were brought in since their list was read', () => {
  it('change nothing a second time', async () => {
    const main = new FakeMain();
    const { id, documentId } = sent(main, '700');
    const on = machine(main);
    const { ledger, window } = await openWindow(on);
    await ledger.start();
    const arrival = statusArrival('s-700', '01', documentId);
    offer(main, arrival);
    await ledger.syncNow();
    const once = await documentIn(ledger, id);
    const databases = await openDatabases(() => undefined, { indexedDB: on.factory, IDBKeyRange }, on.name);
    const sealer = createSealer(await testKey());
    const saver = createSaver(window.desk, databases.strict, sealer);
    const told: LedgerPut[] = [];
    saver.onSaved((puts) => told.push(...puts));
    const context = { desk: window.desk, databases, sealer, saver, info: testInfo, now: () => main.now };
    const again = await bringInStatuses(context, [
      { arrival, id: await documentOf(arrival.docId), isNew: true },
    ]);
    await again.journalled;
    expect(again.result).toEqual([]);
    expect(told).toEqual([]);
    expect(await documentIn(ledger, id)).toEqual(once);
    expect(once.history.map((entry) => entry.what)).toEqual(['status-01']);
    databases.close();
    ledger.dispose();
  });
});
