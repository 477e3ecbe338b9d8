// Reads what the desk holds, as the desk holds it: rows by the window's own calls, revisions from IndexedDB, tickets and
// numbers from the journal of a profile that is closed. It changes nothing.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { loadJournal } from '../../../main/journal/load';
import { unlockVault } from '../../../main/vault';
import type {
  IncomingDocument,
  LedgerPut,
  OutboxRow,
  OutgoingDocument,
} from '../../../preload/contract/records';
import type { GivenNumber, Revisions, SigningTicket } from '../kills/audit';

export interface Snapshot {
  readonly incoming: readonly IncomingDocument[];
  readonly outgoing: readonly OutgoingDocument[];
  readonly outbox: readonly OutboxRow[];
  readonly revisions: Revisions;
}

/** Every row as the journal has it now, by the window's own call. */
export async function snapshotOf(page: Page): Promise<Snapshot> {
  const text = await page.evaluate(async () => {
    type Answer = { ok: boolean; value: { puts: unknown[]; next: number | null } };
    const { desk } = window as unknown as {
      desk: { journal: { latest(input: unknown): Promise<Answer> } };
    };
    const puts: unknown[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const answer: Answer = await desk.journal.latest({ after });
      if (!answer.ok) throw new Error('the journal did not answer');
      puts.push(...answer.value.puts);
      after = answer.value.next;
    }
    return JSON.stringify(puts);
  });
  const puts = JSON.parse(text) as LedgerPut[];
  return {
    incoming: puts.flatMap((put) => (put.table === 'incoming' ? [put.row] : [])),
    outgoing: puts.flatMap((put) => (put.table === 'outgoing' ? [put.row] : [])),
    outbox: puts.flatMap((put) => (put.table === 'outbox' ? [put.row] : [])),
    revisions: new Map(puts.map((put) => [`${put.table}/${put.row.id}`, put.row.rev])),
  };
}

/** The revisions that IndexedDB has, read past the application. */
export async function ledgerRevisions(page: Page): Promise<Revisions> {
  const pairs = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open('van-thu-ledger');
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(new Error('IndexedDB does not open'));
    });
    const found: [string, number][] = [];
    for (const table of ['incoming', 'outgoing', 'annotations', 'outbox']) {
      const rows = await new Promise<{ id: string; rev: number }[]>((done, fail) => {
        const reading = database.transaction(table).objectStore(table).getAll();
        reading.onsuccess = () => done(reading.result as { id: string; rev: number }[]);
        reading.onerror = () => fail(new Error(`${table} cannot be read`));
      });
      for (const row of rows) found.push([`${table}/${row.id}`, row.rev]);
    }
    database.close();
    return found;
  });
  return new Map(pairs);
}

/** Every ticket and number of a profile whose application has ended. */
export async function closedBook(
  profile: string,
  passphrase: string,
): Promise<{ readonly tickets: readonly SigningTicket[]; readonly numbers: readonly GivenNumber[] }> {
  const vault = await unlockVault({
    folder: join(profile, 'vault'),
    dependents: [],
    unlocker: { way: 'passphrase', passphrase },
  });
  try {
    const { memory } = await loadJournal(join(profile, 'journal'), vault.roomKey('journal'));
    return {
      tickets: [...memory.tickets.values()].map(({ act, output }) => ({ act, output })),
      numbers: memory.numbers.map(({ value: { register, number, documentId } }) => ({
        register,
        number,
        documentId,
      })),
    };
  } finally {
    vault.lock();
  }
}
