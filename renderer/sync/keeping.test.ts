import { IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import type { HubDocId } from '../../preload/contract/ids';
import { documentOf } from '../acts/act-id';
import { createSaver, type SaveRequest } from '../acts/save';
import { openDatabases } from '../db/schema';
import { createSealer } from '../db/sealing';
import { FakeMain, testInfo } from '../testing/fake-desk';
import { firstOf, machine, openWindow, statusArrival, testKey } from '../testing/fixtures';
import { sent } from '../testing/sent-document';
import { type Came, createKeeping } from './keeping';

async function came(docId: string, code: string, documentId: string): Promise<Came> {
  const arrival = statusArrival(docId, code, documentId);
  return { docId: arrival.docId, from: 'G12', arrival, id: await documentOf(arrival.docId), isNew: true };
}

/** A desk with two documents that were sent, whose saves can be held up before they are written. */
async function desk() {
  const main = new FakeMain();
  const documents = [sent(main, '801'), sent(main, '802')] as const;
  const on = machine(main);
  const { ledger, window } = await openWindow(on);
  await ledger.start();
  const databases = await openDatabases(() => undefined, { indexedDB: on.factory, IDBKeyRange }, on.name);
  const sealer = createSealer(await testKey());
  const saver = createSaver(window.desk, databases.strict, sealer);
  let gate: Promise<void> = Promise.resolve();
  let broken = 0;
  const begun: SaveRequest[] = [];
  const held = {
    ...saver,
    begin: async (request: SaveRequest) => {
      begun.push(request);
      await gate;
      if (broken > 0) {
        broken -= 1;
        throw new Error('disk');
      }
      return saver.begin(request);
    },
  };
  const info = testInfo;
  const context = { desk: window.desk, databases, sealer, saver: held, info, now: () => main.now };
  const told: string[] = [];
  const keeping = createKeeping(context, {
    kept: (docId: HubDocId) => told.push(`kept ${docId}`),
    failed: (docId: HubDocId) => told.push(`failed ${docId}`),
  });
  const hold = () => {
    let release: () => void = () => undefined;
    gate = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  };
  const breakNext = () => {
    broken = 1;
  };
  const historyOf = async (index: 0 | 1) => {
    const view = await firstOf(ledger.document(documents[index].id), (found) => found.kind === 'outgoing');
    return view.kind === 'outgoing' ? view.document.history.map((entry) => entry.what) : [];
  };
  const close = () => {
    databases.close();
    ledger.dispose();
  };
  return { documents, keeping, begun, hold, breakNext, told, historyOf, close };
}

describe('runs of statuses', () => {
  it('about other documents are decided while the run before them is written', async () => {
    const { documents, keeping, begun, hold, told, historyOf, close } = await desk();
    const release = hold();
    await keeping.keep([await came('a-1', '01', documents[0].documentId)]);
    await keeping.keep([await came('b-1', '01', documents[1].documentId)]);
    expect(begun).toHaveLength(2);
    expect(told).toEqual([]);
    release();
    await keeping.ended();
    expect(told).toEqual(['kept a-1', 'kept b-1']);
    expect([await historyOf(0), await historyOf(1)]).toEqual([['status-01'], ['status-01']]);
    close();
  });

  it('about the same document are one after the other, in their order', async () => {
    const { documents, keeping, begun, hold, historyOf, close } = await desk();
    const release = hold();
    await keeping.keep([await came('a-1', '01', documents[0].documentId)]);
    const second = keeping.keep([await came('a-3', '03', ` ${documents[0].documentId}`)]);
    expect(begun).toHaveLength(1);
    release();
    await second;
    await keeping.ended();
    expect(await historyOf(0)).toEqual(['status-01', 'status-03']);
    close();
  });

  it('that cannot be written together are tried one by one, and what comes after them is kept all the same', async () => {
    const { documents, keeping, breakNext, told, historyOf, close } = await desk();
    breakNext();
    await keeping.keep([await came('a-1', '01', documents[0].documentId)]);
    await keeping.keep([await came('b-1', '01', documents[1].documentId)]);
    await keeping.ended();
    expect([...told].sort()).toEqual(['kept a-1', 'kept b-1']);
    expect([await historyOf(0), await historyOf(1)]).toEqual([['status-01'], ['status-01']]);
    close();
  });

  it('are all in the ledger before a taking back that stands behind them', async () => {
    const { documents, keeping, hold, begun, told, close } = await desk();
    const release = hold();
    const all = keeping.keep([
      await came('a-1', '01', documents[0].documentId),
      await came('t-1', '13', 'H37,2026/11/20,999/UBND'),
    ]);
    await vi.waitFor(() => expect(begun).toHaveLength(1));
    release();
    await all;
    await keeping.ended();
    expect(told).toEqual(['kept a-1', 'kept t-1']);
    close();
  });
});
