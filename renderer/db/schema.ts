// The database of the ledger: its tables, every version with its reason, and how it is opened twice on one name.
// Columns in clear are ids, revisions, states, days, times, lanes and blind marks; all else is in `sealed`.
import Dexie, { type DexieOptions, type Table, type Transaction } from 'dexie';
import { Failure } from '../../preload/contract/failure';
import type { OutboxRow } from '../../preload/contract/records';
import type { Sealed } from './sealing';

export const ledgerName = 'van-thu-ledger';

/** One version of the schema: its tables and indexes, and what it makes of the rows of the version before. */
export interface LedgerVersion {
  readonly version: number;
  readonly stores: Readonly<Record<string, string>>;
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

// Lists read [shelf+at+id] backwards, the registers [registered+at+id], "Hôm nay" and "Quá hạn" a range of days; [id+rev]
// tells the search what changed without opening anything; marks find doubles, answered and recalled documents without a
// clear-text index.
const documents = 'id, [id+rev], [shelf+at+id], [registered+at+id], today, due, *marks';

/** Every version with its reason; a new one is added at the end and no old one is changed. */
export const ledgerVersions: readonly LedgerVersion[] = [
  {
    // The first.
    version: 1,
    stores: {
      incoming: documents,
      outgoing: documents,
      outbox: 'id, seq, lane, state, kind',
      annotations: 'id, file, documentId',
      receipts: 'id',
      strays: 'id, answers',
      cursor: 'key',
      directory: 'key',
    },
  },
];

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

function newestOf(versions: readonly LedgerVersion[]): number {
  return Math.max(...versions.map((one) => one.version));
}

/** The newest schema version this program knows. */
export const ledgerVersion = newestOf(ledgerVersions);

export class LedgerDatabase extends Dexie {
  declare readonly incoming: Table<StoredDocument, string>;
  declare readonly outgoing: Table<StoredDocument, string>;
  declare readonly outbox: Table<StoredOutbox, string>;
  declare readonly annotations: Table<StoredAnnotation, string>;
  declare readonly receipts: Table<StoredReceipt, string>;
  declare readonly strays: Table<StoredStray, string>;
  declare readonly cursor: Table<StoredCursor, string>;
  declare readonly directory: Table<StoredDirectory, string>;

  constructor(name: string, options: DexieOptions, versions: readonly LedgerVersion[] = ledgerVersions) {
    super(name, options);
    for (const { version, stores, upgrade } of versions) {
      const made = this.version(version).stores({ ...stores });
      if (upgrade !== undefined) made.upgrade(upgrade);
    }
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
  versions: readonly LedgerVersion[] = ledgerVersions,
): Promise<Databases> {
  const common = { indexedDB: factory.indexedDB, IDBKeyRange: factory.IDBKeyRange, autoOpen: false };
  const strict = new LedgerDatabase(name, { ...common, chromeTransactionDurability: 'strict' }, versions);
  const relaxed = new LedgerDatabase(name, { ...common, chromeTransactionDurability: 'relaxed' }, versions);
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
    if ((stored?.version ?? 0) > newestOf(versions) * 10) {
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
