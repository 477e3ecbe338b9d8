// The journal: what cannot be fetched again, sealed, chained and fsynced before anybody is told "saved".
// It remembers and never decides: numbers, tickets and sending have their own rooms.
import { randomUUID } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import { type ActId, asInstant, type HubDocId, type Sha256 } from '../../preload/contract/ids';
import { type Arrival, arrival, type LedgerPut, ledgerPut } from '../../preload/contract/records';
import { diskFailure } from '../runtime/disk-failure';
import { makeFolder, type OpenFile } from '../runtime/durable-file';
import { createAppender } from './appender';
import { compactJournal, shouldCompact } from './compact';
import { type Entry, type EntryOf, entry } from './entry';
import { segmentPath } from './files';
import { largestEntry, type RawEntry } from './line';
import { type JournalReport, type Loaded, loadJournal } from './load';
import {
  type Attempt,
  livesInRows,
  type Memory,
  type Raise,
  remember,
  type Sequenced,
  type Ticket,
} from './memory';
import { createPlaceReader, type Place } from './segment';

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass it as `after` for the next page; null at the end. */
  readonly next: number | null;
}

export interface Journal {
  /** Name of this history; a ledger of another one belongs to another store. */
  readonly generation: string;
  readonly report: JournalReport;
  /** False once any damage was ever found: then nothing may be swept. */
  readonly intact: boolean;
  /** Resolves with the sequence number when the entry is on the disk. Throws `disk-full`, `store-unwritable`, `disk-error`, `entry-too-large`. */
  append(entry: Entry): Promise<number>;
  /** All with one fsync; resolves with the last one's number. */
  appendAll(entries: readonly Entry[]): Promise<number>;
  /** The newest put of each row, oldest first. Rows of a newer version are passed over and kept. */
  latest(after: number, limit?: number): Promise<Page<LedgerPut>>;
  /** Arrivals in order; acknowledged ones that live on in rows are left out unless asked for. */
  arrivals(
    after: number,
    options?: { readonly limit?: number; readonly all?: boolean },
  ): Promise<Page<Arrival>>;
  /** The newest put of one row, or null when the journal has none that this version can read. */
  putOf(table: LedgerPut['table'], id: string): Promise<LedgerPut | null>;
  arrivalOf(docId: HubDocId): Promise<Arrival | null>;
  isAcknowledged(docId: HubDocId): boolean;
  readonly numbers: readonly Sequenced<EntryOf<'number-given'>>[];
  readonly starts: readonly Sequenced<EntryOf<'number-start'>>[];
  readonly damages: readonly Sequenced<EntryOf<'damage'>>[];
  /** Every try to send an outbox row, oldest first. */
  attemptsOf(row: string): readonly Attempt[];
  frozenPackage(act: ActId): Sha256 | null;
  /** The tickets of an act, oldest first. */
  ticketsOf(act: ActId): readonly Ticket[];
  openTickets(): readonly Ticket[];
  /** What was kept of the certificate's check, by the signed file. */
  evidenceOf(output: Sha256): Sha256 | null;
  /** Every signed file that was to be raised, in the order of signing. */
  raises(): readonly Raise[];
  /** How often this file ended the process that read it. */
  readerKillsOf(file: string): number;
  /** Every SHA-256 that any live entry names, of whatever kind: no such blob may be swept. */
  references(): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  /** The vault's key of the room `journal`; copied. */
  readonly key: Uint8Array;
  /** True when the store holds documents already: then a missing journal is no new one. */
  readonly storeInUse: boolean;
  readonly now?: () => Date;
  readonly segmentBytes?: number;
  readonly compactDeadBytes?: number;
  readonly mostSegments?: number;
  /** For tests of a full disk. */
  readonly openFile?: OpenFile;
}

const pageBytes = 4 << 20;
/** Arrivals of late, kept whole: what has just come is asked for again when it is acknowledged. */
const recentArrivals = 256;

/**
 * Opens the journal, or begins one. Compacts when that pays.
 * Throws Failure `journal-missing`, `journal-from-the-future`, `disk-error`, `store-unwritable`, `disk-full`.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder } = options;
  const key = Uint8Array.from(options.key);
  const now = options.now ?? (() => new Date());
  try {
    await makeFolder(folder);
  } catch (error) {
    throw diskFailure(error);
  }
  const found = await loadJournal(folder, key);
  if (found.generation === null && found.segments.length === 0 && options.storeInUse) {
    throw new Failure('journal-missing');
  }
  const generation = found.generation ?? randomUUID();
  const loaded = await compacted(options, key, found, generation);
  const { memory } = loaded;
  const recent = new Map<string, Arrival>();
  function keepRecent(one: Arrival): void {
    recent.delete(one.docId);
    recent.set(one.docId, one);
    const [oldest] = recent.keys();
    if (recent.size > recentArrivals && oldest !== undefined) recent.delete(oldest);
  }
  const appender = createAppender({
    folder,
    key,
    generation,
    last: loaded.last,
    // Damaged lines may have had the next numbers.
    nextSeq: loaded.highestSeq + (found.report.damage.length > 0 ? 1000 : 1),
    nextSegment: loaded.newest + 1,
    segmentBytes: options.segmentBytes ?? 8 << 20,
    acknowledged: (one, place) => {
      remember(memory, one as RawEntry, place);
      if (one.type === 'arrival') keepRecent((one as EntryOf<'arrival'>).arrival);
    },
    ...(options.openFile === undefined ? {} : { openFile: options.openFile }),
  });

  async function fetching<T>(use: (fetch: (place: Place) => Promise<RawEntry>) => Promise<T>): Promise<T> {
    const places = createPlaceReader((segment) => segmentPath(folder, segment), key);
    try {
      return await use(async (place) => (await places.read(place)).entry);
    } catch (error) {
      throw diskFailure(error);
    } finally {
      await places.close();
    }
  }
  async function page<P extends Place, T>(
    places: Iterable<P>,
    after: number,
    limit: number,
    take: (raw: RawEntry) => T | null,
  ): Promise<Page<T>> {
    return fetching(async (fetch) => {
      const items: T[] = [];
      let bytes = 0;
      let at = after;
      for (const place of [...places]) {
        if (place.seq <= after) continue;
        if (items.length >= limit || bytes > pageBytes) return { items, next: at };
        const item = take(await fetch(place));
        if (item !== null) items.push(item);
        bytes += place.length;
        at = place.seq;
      }
      return { items, next: null };
    });
  }
  const arrivalIn = (raw: RawEntry): Arrival | null => arrival.safeParse(raw.arrival).data ?? null;

  async function appendAll(entries: readonly Entry[]): Promise<number> {
    for (const one of entries) {
      // Rows come through the contract of their call, which has held them already.
      if (one.type !== 'put') entry.parse(one);
      if (Buffer.byteLength(JSON.stringify(one)) > largestEntry)
        throw new Failure('entry-too-large', one.type);
    }
    return appender.append(entries);
  }

  const recorded = new Set(memory.damages.map((one) => one.value.where));
  const fresh = found.report.damage.filter((where) => !recorded.has(where));
  // The very first line makes a journal that exists: a later start without it is then noticed.
  if (found.segments.length === 0) {
    await appendAll([{ type: 'note', text: 'journal begun', at: asInstant(now()) }]);
  }
  if (fresh.length > 0) {
    await appendAll(fresh.map((where) => ({ type: 'damage', where, at: asInstant(now()) }) as const));
  }

  return {
    generation,
    report: found.report,
    get intact() {
      return found.report.damage.length === 0 && memory.damages.length === 0;
    },
    append: (one) => appendAll([one]),
    appendAll,
    latest: (after, limit = 500) =>
      page(memory.puts.values(), after, limit, (raw) => ledgerPut.safeParse(raw.put).data ?? null),
    arrivals(after, { limit = 200, all = false } = {}) {
      const asked = [...memory.arrivals.values()].filter((one) => all || !livesInRows(memory, one));
      return page(asked, after, limit, arrivalIn);
    },
    putOf: (table, id) =>
      fetching(async (fetch) => {
        const place = memory.puts.get(`${table}|${id}`);
        return place === undefined ? null : (ledgerPut.safeParse((await fetch(place)).put).data ?? null);
      }),
    async arrivalOf(docId) {
      const place = memory.arrivals.get(docId);
      if (place === undefined) return null;
      return recent.get(docId) ?? fetching(async (fetch) => arrivalIn(await fetch(place)));
    },
    isAcknowledged: (docId) => memory.acknowledged.has(docId),
    numbers: memory.numbers,
    starts: memory.starts,
    damages: memory.damages,
    attemptsOf: (row) => memory.attempts.get(row) ?? [],
    frozenPackage: (act) => memory.frozen.get(act) ?? null,
    ticketsOf: (act) => [...memory.tickets.values()].filter((one) => one.act === act),
    evidenceOf(output) {
      const made = [...memory.tickets.values()].find((one) => one.output === output);
      return made === undefined ? null : (memory.evidence.get(made.act) ?? null);
    },
    raises: () => [...memory.raises.values()],
    openTickets: () => [...memory.tickets.values()].filter((one) => !one.closed),
    readerKillsOf: (file) => memory.readerKills.get(file) ?? 0,
    references: () => fetching((fetch) => namesIn(memory, fetch)),
    async close() {
      await appender.close();
      key.fill(0);
    },
  };
}

/** Every SHA-256 that an entry names; from small ones as kept, from large and unknown ones as they lie in the files. */
async function namesIn(
  memory: Memory,
  fetch: (place: Place) => Promise<RawEntry>,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>(memory.frozen.values());
  for (const { input, output } of memory.tickets.values()) {
    names.add(input);
    if (output !== null) names.add(output);
  }
  for (const name of memory.evidence.values()) names.add(name);
  for (const { names: raised } of memory.raises.values()) for (const name of raised) names.add(name);
  for (const tries of memory.attempts.values()) for (const one of tries) names.add(one.packageSha);
  for (const place of [...memory.puts.values(), ...memory.arrivals.values(), ...memory.deferred]) {
    const text = JSON.stringify(await fetch(place));
    for (const [name] of text.matchAll(/\b[0-9a-f]{64}\b/g)) names.add(name);
  }
  return names;
}

async function compacted(
  options: JournalOptions,
  key: Uint8Array,
  found: Loaded,
  generation: string,
): Promise<Loaded> {
  if (!shouldCompact(found, options.compactDeadBytes ?? 8 << 20, options.mostSegments ?? 60)) return found;
  try {
    await compactJournal(options.folder, key, found, generation);
  } catch (error) {
    const failure = diskFailure(error);
    // No room for a rewrite is no reason not to open: the old segments are whole.
    if (failure instanceof Failure) return loadJournal(options.folder, key);
    throw failure;
  }
  return loadJournal(options.folder, key);
}
