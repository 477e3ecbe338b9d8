// How far the desk is, by counting rows in IndexedDB past the application: it opens no row and asks main nothing, so that
// watching costs next to nothing of what is measured.
import type { Page } from 'playwright-core';

export interface OpenWork {
  readonly documents: number;
  /** Rows of the outbox that still have something to do. */
  readonly open: number;
}

/** What is in the ledger now. */
export function openWork(page: Page): Promise<OpenWork> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('van-thu-ledger');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(new Error('IndexedDB does not open'));
    });
    const counted = (asked: IDBRequest<number>) =>
      new Promise<number>((done, fail) => {
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(new Error('rows cannot be counted'));
      });
    const tables = database.transaction(['incoming', 'outbox']);
    const states = tables.objectStore('outbox').index('state');
    const waiting = ['ready', 'sending', 'waiting', 'unknown'].map((state) => counted(states.count(state)));
    const documents = await counted(tables.objectStore('incoming').count());
    const open = (await Promise.all(waiting)).reduce((sum, one) => sum + one, 0);
    database.close();
    return { documents, open };
  });
}
