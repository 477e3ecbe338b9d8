// The database of the ledger: its tables, every version with its reason, and how it is opened twice on one name.
// Columns in clear are ids, revisions, states, days, times, lanes and blind marks; all else is in `sealed`.
import Dexie, { type DexieOptions, type Table } from 'dexie';
import { Failure } from '../../preload/contract/failure';
import type { OutboxRow } from '../../preload/contract/records';
import type { Sealed } from './sealing';

export const ledgerName = 'van-thu-ledger';

/** The newest schema version this program knows. */
export const ledgerVersion = 1;

/** A day after every other: no deadline. */
export const noDay = '9999-12-31';

export interface StoredDocument {
  readonly id: string;
  readonly rev: number;
  readonly state: string;
  /** The folder the state belongs to, or `none`. */
  readonly shelf: string;
  /** When it came or was made. */
  readonly at: string;
  /** The day from which it is work of "Hôm nay", and the last day for its next step; `noDay` without one. */
  readonly today: string;
  readonly due: string;
  /** The day of registration, or empty. */
  readonly registered: string;
  /** Blind marks: identity, number with symbol and issuer, what it concerns. */
  readonly marks: readonly string[];
  readonly sealed: Sealed;
}

export type OutboxClear = Pick<
  OutboxRow,
  'id' | 'seq' | 'rev' | 'lane' | 'kind' | 'state' | 'attempts' | 'notBefore' | 'leaseUntil'
>;
export interface StoredOutbox extends OutboxClear {
  readonly sealed: Sealed;
}

export interface StoredAnnotation {
  readonly id: string;
  readonly rev: number;
  readonly documentId: string;
  /** Blind mark of the file's SHA-256: a guess of a known file cannot be tested on the disk. */
  readonly file: string;
  readonly sealed: Sealed;
}

/** A package of the hub that is in the ledger: its id is derived from the docId, the rest needs no lookup. */
export interface StoredReceipt {
  readonly id: string;
  readonly kind: 'document' | 'status' | 'unreadable' | 'secret';
  readonly at: string;
}

/** A status that matched no document here. */
export interface StoredStray {
  readonly id: string;
  readonly at: string;
  /** Blind mark of the DocumentId it answers. */
  readonly answers: string;
  readonly sealed: Sealed;
}

export interface StoredCursor {
  readonly key: string;
  readonly value: string;
}

export interface StoredDirectory {
  readonly key: string;
  readonly sealed: Sealed;
}

export class LedgerDatabase extends Dexie {
  declare readonly incoming: Table<StoredDocument, string>;
  declare readonly outgoing: Table<StoredDocument, string>;
  declare readonly outbox: Table<StoredOutbox, string>;
  declare readonly annotations: Table<StoredAnnotation, string>;
  declare readonly receipts: Table<StoredReceipt, string>;
  declare readonly strays: Table<StoredStray, string>;
  declare readonly cursor: Table<StoredCursor, string>;
  declare readonly directory: Table<StoredDirectory, string>;

  constructor(name: string, options: DexieOptions) {
    super(name, options);
    // Version 1: the first. Lists read [shelf+at+id] backwards, the registers [registered+at+id], "Hôm nay" and
    // "Quá hạn" a range of days; [id+rev] tells the search what changed without opening anything; marks find doubles, answered and recalled documents without a clear-text index.
    const documents = 'id, [id+rev], [shelf+at+id], [registered+at+id], today, due, *marks';
    this.version(1).stores({
      incoming: documents,
      outgoing: documents,
      outbox: 'id, seq, lane, state, kind',
      annotations: 'id, file, documentId',
      receipts: 'id',
      strays: 'id, answers',
      cursor: 'key',
      directory: 'key',
    });
  }
}

/** The factories of IndexedDB, given as values so that tests bring their own. */
export interface IndexedDbFactory {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

export interface Databases {
  /** For everything that is followed by a word to the clerk or to the hub: on disk before it resolves. */
  readonly strict: LedgerDatabase;
  /** For reading, and for what can be fetched or computed again. */
  readonly relaxed: LedgerDatabase;
  close(): void;
}

/**
 * Opens both instances. Failures: `ledger-from-the-future` when a newer program made the database (it is left as it is),
 * `ledger-not-open` otherwise. `superseded` is called once when a newer program wants to upgrade: both are closed first.
 */
export async function openDatabases(
  superseded: () => void,
  factory: IndexedDbFactory = { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange },
  name: string = ledgerName,
): Promise<Databases> {
  const common = { indexedDB: factory.indexedDB, IDBKeyRange: factory.IDBKeyRange, autoOpen: false };
  const strict = new LedgerDatabase(name, { ...common, chromeTransactionDurability: 'strict' });
  const relaxed = new LedgerDatabase(name, { ...common, chromeTransactionDurability: 'relaxed' });
  let told = false;
  const close = () => {
    strict.close();
    relaxed.close();
  };
  for (const database of [strict, relaxed]) {
    database.on('versionchange', () => {
      close();
      if (!told) superseded();
      told = true;
      return false;
    });
  }
  try {
    // Dexie opens a newer database with an older schema without a word, so the version is read first.
    const stored = (await factory.indexedDB.databases()).find((found) => found.name === name);
    // Dexie multiplies its versions by ten.
    if ((stored?.version ?? 0) > ledgerVersion * 10) {
      throw new Failure('ledger-from-the-future', `database version ${stored?.version}`);
    }
    await strict.open();
    await relaxed.open();
  } catch (error) {
    close();
    if (error instanceof Failure) throw error;
    throw new Failure('ledger-not-open', String(error), { cause: error });
  }
  return { strict, relaxed, close };
}
