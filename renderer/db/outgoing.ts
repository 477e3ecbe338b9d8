// The repository of outgoing documents: how a row is sealed, opened and found. It never decides and never writes alone.
import { type OutgoingDocument, outgoingDocument } from '../../preload/contract/records';
import { firstOfEach } from './any-of';
import { outgoingTerm } from './deadlines';
import { type LedgerDatabase, noDay, type StoredDocument, type StoredOutbox } from './schema';
import type { Opened, Sealer } from './sealing';
import { outgoingShelf } from './shelves';

const table = 'outgoing';

/** Blind mark of the DocumentId under which statuses come back. */
export function outgoingMark(sealer: Sealer, documentId: string): Promise<string> {
  return sealer.blind('outgoing-identity', documentId.trim());
}

export async function sealOutgoing(sealer: Sealer, row: OutgoingDocument): Promise<StoredDocument> {
  const term = outgoingTerm(row);
  return {
    id: row.id,
    rev: row.rev,
    state: row.state,
    shelf: outgoingShelf(row),
    at: row.createdAt,
    today: term?.from ?? noDay,
    due: term?.day ?? noDay,
    registered: row.numberGiven?.date ?? '',
    marks: row.facts.documentId.trim() === '' ? [] : [await outgoingMark(sealer, row.facts.documentId)],
    sealed: await sealer.seal(table, row.id, row),
  };
}

export async function openOutgoing(
  sealer: Sealer,
  stored: StoredDocument,
): Promise<Opened<OutgoingDocument>> {
  const plain = await sealer.open(table, stored.id, stored.sealed);
  if (!plain.ok) return plain;
  const parsed = outgoingDocument.safeParse(plain.value);
  return parsed.success && parsed.data.rev === stored.rev
    ? { ok: true, value: parsed.data }
    : { ok: false, code: 'record-damaged' };
}

/** Documents by their DocumentId, and what the hub is to be told about them. */
export interface SentDocuments {
  readonly documents: ReadonlyMap<string, StoredDocument>;
  /** Of whichever of their lanes, in order. */
  readonly rows: readonly StoredOutbox[];
}

/** Where a number was given twice outside this desk, the first row with it; a DocumentId that is not here is not among them. */
export async function findSent(
  database: LedgerDatabase,
  sealer: Sealer,
  documentIds: readonly string[],
): Promise<SentDocuments> {
  const wanted = [...new Set(documentIds)].filter((one) => one.trim() !== '');
  const marks = await Promise.all(wanted.map((one) => outgoingMark(sealer, one)));
  const { first, belonging } = await firstOfEach(database.outgoing, 'marks', marks, {
    table: database.outbox,
    index: 'lane',
    // Lanes begin with their document's id.
    beginning: (row) => row.id,
  });
  const documents = new Map<string, StoredDocument>();
  for (const [index, documentId] of wanted.entries()) {
    const row = first.get(marks[index] ?? '');
    if (row !== undefined) documents.set(documentId, row);
  }
  return { documents, rows: [...belonging].sort((left, right) => left.seq - right.seq) };
}
