// What of the journal is kept in memory: small entries whole, large ones as places in the files. It reads and writes nothing.
import type { ActId, DeskId, HubDocId, Sha256 } from '../../preload/contract/ids';
import { type Entry, type EntryOf, entry } from './entry';
import type { RawEntry } from './line';
import type { Place } from './segment';

export interface Attempt {
  readonly attempt: string;
  readonly at: string;
  readonly kind: 'edoc' | 'status';
  readonly packageSha: string;
  readonly receivers: readonly string[];
  /** null: nobody knows what became of it. */
  readonly answer: { readonly kind: string } | null;
}

export interface Ticket {
  readonly ticket: string;
  readonly act: ActId;
  readonly input: Sha256;
  readonly digest: string;
  readonly openedAt: string;
  readonly output: Sha256 | null;
  readonly closed: boolean;
}

export interface Sequenced<T> {
  readonly seq: number;
  readonly value: T;
}

/** A signed file and what came of it on its way to a level. */
export interface Raise {
  readonly input: Sha256;
  readonly documentId: DeskId;
  /** The signed file first, the newest last. */
  readonly names: readonly Sha256[];
  readonly level: string;
  /** Why it ended, '' when its level is reached; null while it has not ended. */
  readonly ended: string | null;
}

export interface ArrivalPlace extends Place {
  readonly docId: string;
  readonly kind: string;
  /** DocumentId a status is about, else empty. */
  readonly answers: string;
}

/** The state of the journal. Maps of places are in the order of their sequence numbers. */
export interface Memory {
  readonly puts: Map<string, Place>;
  readonly arrivals: Map<string, ArrivalPlace>;
  readonly acknowledged: Set<string>;
  readonly numbers: Sequenced<EntryOf<'number-given'>>[];
  readonly starts: Sequenced<EntryOf<'number-start'>>[];
  readonly attempts: Map<string, Attempt[]>;
  readonly frozen: Map<ActId, Sha256>;
  readonly tickets: Map<string, Ticket>;
  /** By act. */
  readonly evidence: Map<ActId, Sha256>;
  /** By the signed file. */
  readonly raises: Map<Sha256, Raise>;
  readonly damages: Sequenced<EntryOf<'damage'>>[];
  /** How often each file ended the process that read it. */
  readonly readerKills: Map<string, number>;
  /** Hub names of incoming documents that have a put. */
  readonly putDocIds: Set<string>;
  /** DocumentIds of outgoing documents that have a put. */
  readonly issuedIds: Set<string>;
  /** Entries of kinds or shapes this version does not know; they stay in the files. */
  readonly deferred: Place[];
  liveBytes: number;
  deadBytes: number;
}

export function emptyMemory(): Memory {
  return {
    puts: new Map(),
    arrivals: new Map(),
    acknowledged: new Set(),
    numbers: [],
    starts: [],
    attempts: new Map(),
    frozen: new Map(),
    tickets: new Map(),
    evidence: new Map(),
    raises: new Map(),
    damages: [],
    readerKills: new Map(),
    putDocIds: new Set(),
    issuedIds: new Set(),
    deferred: [],
    liveBytes: 0,
    deadBytes: 0,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The row a put is about, also of a table this version does not know; null when it cannot be told. */
export function rowOf(put: unknown): string | null {
  const table = field(put, 'table');
  const id = field(field(put, 'row'), 'id');
  return typeof table === 'string' && typeof id === 'string' ? `${table}|${id}` : null;
}

function replace<V extends Place>(map: Map<string, V>, memory: Memory, key: string, value: V): void {
  const before = map.get(key);
  // Compacted segments come first and sequence numbers only rise, yet order is never taken from the files.
  if (before !== undefined && before.seq >= value.seq) {
    memory.deadBytes += value.length;
    return;
  }
  if (before !== undefined) memory.deadBytes += before.length;
  map.delete(key);
  map.set(key, value);
}

/** Takes one entry. Rows and arrivals were checked when they were written: here they are only placed, for speed. */
export function remember(memory: Memory, raw: RawEntry, place: Place): void {
  memory.liveBytes += place.length;
  if (raw.type === 'put') rememberPut(memory, raw, place);
  else if (raw.type === 'arrival') rememberArrival(memory, raw, place);
  else if (raw.type !== 'segment') {
    const parsed = entry.safeParse(raw);
    if (parsed.success) rememberSmall(memory, parsed.data, place.seq);
    else memory.deferred.push(place);
  }
}

function rememberPut(memory: Memory, raw: RawEntry, place: Place): void {
  const row = rowOf(raw.put);
  if (row === null) {
    memory.deferred.push(place);
    return;
  }
  const put = field(raw.put, 'row');
  const docId = field(put, 'docId');
  if (row.startsWith('incoming|') && typeof docId === 'string') memory.putDocIds.add(docId);
  const issued = field(field(put, 'facts'), 'documentId');
  if (row.startsWith('outgoing|') && typeof issued === 'string') memory.issuedIds.add(issued);
  replace(memory.puts, memory, row, place);
}

function rememberArrival(memory: Memory, raw: RawEntry, place: Place): void {
  const docId = field(raw.arrival, 'docId');
  const kind = field(raw.arrival, 'kind');
  if (typeof docId === 'string' && typeof kind === 'string') {
    const answers = field(field(field(raw.arrival, 'status'), 'responseFor'), 'documentId');
    const about = typeof answers === 'string' ? answers : '';
    replace(memory.arrivals, memory, docId, { ...place, docId, kind, answers: about });
  } else memory.deferred.push(place);
}

function rememberSmall(memory: Memory, one: Entry, seq: number): void {
  switch (one.type) {
    case 'ack':
      memory.acknowledged.add(one.docId);
      return;
    case 'number-given':
      memory.numbers.push({ seq, value: one });
      return;
    case 'number-start':
      memory.starts.push({ seq, value: one });
      return;
    case 'attempt': {
      const { attempt, at, kind, packageSha, receivers } = one;
      const known = memory.attempts.get(one.row) ?? [];
      known.push({ attempt, at, kind, packageSha, receivers, answer: null });
      memory.attempts.set(one.row, known);
      return;
    }
    case 'answer': {
      const known = memory.attempts.get(one.row) ?? [];
      const at = known.findIndex((attempt) => attempt.attempt === one.attempt);
      const found = known[at];
      if (found !== undefined) known[at] = { ...found, answer: one.answer };
      return;
    }
    case 'package-frozen':
      memory.frozen.set(one.act, one.sha256);
      return;
    case 'ticket-opened': {
      const { ticket, act, input, digest, at } = one;
      memory.tickets.set(ticket, { ticket, act, input, digest, openedAt: at, output: null, closed: false });
      return;
    }
    case 'ticket-signed': {
      const ticket = memory.tickets.get(one.ticket);
      if (ticket !== undefined) memory.tickets.set(one.ticket, { ...ticket, output: one.output });
      return;
    }
    case 'ticket-closed': {
      const ticket = memory.tickets.get(one.ticket);
      if (ticket !== undefined) memory.tickets.set(one.ticket, { ...ticket, closed: true });
      return;
    }
    case 'evidence':
      memory.evidence.set(one.act, one.evidence);
      return;
    case 'raise-wanted': {
      const { input, documentId, level } = one;
      const before = memory.raises.get(input);
      // A newer version may want more of a file that was done with: it goes on from the newest bytes.
      memory.raises.set(
        input,
        before === undefined
          ? { input, documentId, names: [input], level, ended: null }
          : { ...before, ended: null },
      );
      return;
    }
    case 'raised': {
      const raise = memory.raises.get(one.input);
      if (raise === undefined) return;
      const names = [...raise.names, one.output];
      memory.raises.set(one.input, { ...raise, names, level: one.level });
      return;
    }
    case 'raise-ended': {
      const raise = memory.raises.get(one.input);
      if (raise !== undefined) memory.raises.set(one.input, { ...raise, ended: one.code });
      return;
    }
    case 'reader-killed':
      memory.readerKills.set(one.file, (memory.readerKills.get(one.file) ?? 0) + 1);
      return;
    case 'damage':
      memory.damages.push({ seq, value: one });
      return;
    // Placed by their callers, or read by people alone.
    case 'put':
    case 'arrival':
    case 'note':
      return;
  }
}

/** True when compaction must carry this line along. Everything is carried but what a later line replaces or covers. */
export function isLive(memory: Memory, raw: RawEntry, place: Place): boolean {
  const isNewest = (known: Place | undefined) =>
    known !== undefined && known.segment === place.segment && known.offset === place.offset;
  if (raw.type === 'segment') return false;
  if (raw.type === 'put') {
    const row = rowOf(raw.put);
    return row === null || isNewest(memory.puts.get(row));
  }
  if (raw.type === 'arrival') {
    const docId = field(raw.arrival, 'docId');
    if (typeof docId !== 'string') return true;
    const newest = memory.arrivals.get(docId);
    if (newest === undefined || !isNewest(newest)) return false;
    return !livesInRows(memory, newest);
  }
  return true;
}

/**
 * True when an arrival was acknowledged and lives on in rows: `done` is told to the hub only after they were journalled. A
 * status about a document that is not among them lives here alone.
 */
export function livesInRows(memory: Memory, arrival: ArrivalPlace): boolean {
  if (!memory.acknowledged.has(arrival.docId as HubDocId)) return false;
  return arrival.kind === 'status'
    ? memory.issuedIds.has(arrival.answers)
    : memory.putDocIds.has(arrival.docId);
}
