// Entries and helpers that the tests of the journal share, and a writer that plays a newer version. For tests alone.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  asInstant,
  asSha256,
  type HubDocId,
  newActId,
  newDeskId,
  type Sha256,
} from '../../preload/contract/ids';
import type {
  Arrival,
  DocumentFacts,
  IncomingDocument,
  LedgerPut,
  OutgoingDocument,
} from '../../preload/contract/records';
import { createAppender } from './appender';
import { type Entry, type Journal, type JournalOptions, openJournal } from './index';
import { loadJournal } from './load';

export const key = new Uint8Array(32).fill(5);
export const at = asInstant(new Date('2026-11-20T01:02:03Z'));
export const sha = (digit: string): Sha256 => asSha256(digit.repeat(64));
export const docId = (name: string) => name as HubDocId;
export const note = (text: string): Entry => ({ type: 'note', text, at });

export function openAt(folder: string, change: Partial<JournalOptions> = {}): Promise<Journal> {
  return openJournal({ folder, key, storeInUse: false, now: () => new Date(at), ...change });
}
function outboxPut(id: string, rev: number, digit = 'a'): LedgerPut {
  return {
    table: 'outbox',
    row: {
      id,
      seq: 1,
      rev,
      lane: 'lane',
      act: newActId(),
      kind: 'edoc',
      state: 'ready',
      attempts: 0,
      notBefore: at,
      leaseUntil: null,
      lastCode: '',
      packageSha: sha(digit),
      receivers: ['H37'],
      docId: null,
      createdAt: at,
    },
  };
}
export const put = (id: string, rev: number, digit?: string): Entry => ({
  type: 'put',
  put: outboxPut(id, rev, digit),
});
export function unreadable(name: string, digit = 'b'): Arrival {
  return {
    kind: 'unreadable',
    docId: docId(name),
    packageSha: sha(digit),
    code: 'edxml-root',
    arrivedAt: at,
  };
}
const facts: DocumentFacts = {
  documentId: '',
  number: '1',
  notation: 'UBND',
  typeName: 'Công văn',
  subject: 'Về việc',
  content: '',
  place: '',
  issuedOn: null,
  signer: { competence: '', position: '', name: '' },
  sender: { code: 'H37', name: 'UBND' },
  receivers: [],
  toPlaces: [],
  urgency: 0,
  dueOn: null,
  pages: 1,
  copies: 0,
  appendixes: [],
  responseFor: [],
  business: { type: '0', reason: '', targetDocumentId: '' },
  paper: false,
};
export function statusArrival(name: string, about: string): Arrival {
  const responseFor = { organId: 'H37', code: '1/UBND', documentId: about, promulgationDate: null };
  const from = { code: 'G12', name: 'Bộ Tài chính' };
  const status = { code: '03', from, responseFor, description: '', staff: '', at };
  return { kind: 'status', docId: docId(name), packageSha: sha('c'), status, arrivedAt: at };
}
/** A row that an arrival became. */
export function incomingPut(name: string): Entry {
  const row: IncomingDocument = {
    id: newDeskId(),
    rev: 1,
    state: 'to-accept',
    docId: docId(name),
    packageSha: sha('b'),
    facts,
    attachments: [],
    unknown: [],
    problem: null,
    receivedAt: at,
    arrivalNumber: null,
    arrivalDate: null,
    presentedTo: '',
    opinion: '',
    assignedTo: '',
    duplicateOf: null,
    concerns: null,
    history: [],
  };
  return { type: 'put', put: { table: 'incoming', row } };
}
/** A document issued under this DocumentId. */
export function outgoingPut(documentId: string): Entry {
  const row: OutgoingDocument = {
    id: newDeskId(),
    rev: 1,
    state: 'sent',
    facts: { ...facts, documentId },
    main: null,
    annexes: [],
    leaderSignature: null,
    seal: null,
    numberGiven: null,
    packageSha: null,
    hubDocId: null,
    deliveries: [],
    answers: null,
    createdAt: at,
    sentAt: at,
    history: [],
  };
  return { type: 'put', put: { table: 'outgoing', row } };
}
/** Every row's newest revision, read in pages. */
export async function revisions(journal: Journal): Promise<Record<string, number>> {
  const all: Record<string, number> = {};
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<Journal['latest']>> = await journal.latest(after, 3);
    for (const one of page.items) all[one.row.id] = one.row.rev;
    after = page.next;
  }
  return all;
}

export function segmentFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .sort()
    .map((name) => join(folder, name));
}
export function lastSegment(folder: string): string {
  return segmentFiles(folder).at(-1) ?? '';
}

/** Appends a segment with entries of kinds that nobody here knows. */
export async function writeAsNewerVersion(
  folder: string,
  generation: string,
  entries: readonly ({ readonly type: string } & Readonly<Record<string, unknown>>)[],
): Promise<void> {
  const { last, highestSeq, newest } = await loadJournal(folder, key);
  const appender = createAppender({
    folder,
    key,
    generation,
    last,
    nextSeq: highestSeq + 1,
    nextSegment: newest + 1,
    segmentBytes: 1 << 20,
    acknowledged: () => undefined,
  });
  await appender.append(entries);
  await appender.close();
}
