// The repository of incoming documents: how a row is sealed, opened and found. It never decides and never writes alone.
import { targetsOf } from '../../preload/contract/business';
import { type IncomingDocument, incomingDocument } from '../../preload/contract/records';
import { incomingTerm } from './deadlines';
import { identityText, numberText, standsAlone } from './identity';
import { type LedgerDatabase, noDay, type StoredDocument } from './schema';
import type { Opened, Sealer } from './sealing';
import { incomingShelf } from './shelves';

const table = 'incoming';

async function marksOf(sealer: Sealer, row: IncomingDocument): Promise<string[]> {
  const marks: string[] = [];
  for (const target of targetsOf(row.facts.business)) {
    const about = identityText(row.facts.sender.code, target);
    if (about !== null) marks.push(await sealer.blind('incoming-concerns', about));
  }
  if (!standsAlone(row.facts)) return marks;
  const identity = identityText(row.facts.sender.code, row.facts.documentId);
  if (identity !== null) marks.push(await sealer.blind('incoming-identity', identity));
  const number = numberText(row.facts);
  if (number !== null) marks.push(await sealer.blind('incoming-number', number));
  return marks;
}

export async function sealIncoming(sealer: Sealer, row: IncomingDocument): Promise<StoredDocument> {
  const term = incomingTerm(row);
  return {
    id: row.id,
    rev: row.rev,
    state: row.state,
    shelf: incomingShelf(row.state),
    at: row.receivedAt,
    today: term?.from ?? noDay,
    due: term?.day ?? noDay,
    registered: row.arrivalDate ?? '',
    marks: await marksOf(sealer, row),
    sealed: await sealer.seal(table, row.id, row),
  };
}

export async function openIncoming(
  sealer: Sealer,
  stored: StoredDocument,
): Promise<Opened<IncomingDocument>> {
  const plain = await sealer.open(table, stored.id, stored.sealed);
  if (!plain.ok) return plain;
  const parsed = incomingDocument.safeParse(plain.value);
  return parsed.success && parsed.data.rev === stored.rev
    ? { ok: true, value: parsed.data }
    : { ok: false, code: 'record-damaged' };
}

/** Ids of rows of the same sender and DocumentId, oldest first. */
export async function findByIdentity(
  database: LedgerDatabase,
  sealer: Sealer,
  senderCode: string,
  documentId: string,
): Promise<readonly StoredDocument[]> {
  const text = identityText(senderCode, documentId);
  return text === null ? [] : byMark(database, await sealer.blind('incoming-identity', text));
}

/** Rows of recalls, updates and replacements of this sender about that document, oldest first. */
export async function findNotices(
  database: LedgerDatabase,
  sealer: Sealer,
  senderCode: string,
  documentId: string,
): Promise<readonly StoredDocument[]> {
  const text = identityText(senderCode, documentId);
  return text === null ? [] : byMark(database, await sealer.blind('incoming-concerns', text));
}

/** Ids of rows of the same number, symbol, issuer and year, oldest first. */
export async function findByNumber(
  database: LedgerDatabase,
  sealer: Sealer,
  facts: IncomingDocument['facts'],
): Promise<readonly StoredDocument[]> {
  const text = numberText(facts);
  return text === null ? [] : byMark(database, await sealer.blind('incoming-number', text));
}

async function byMark(database: LedgerDatabase, mark: string): Promise<readonly StoredDocument[]> {
  const found = await database.incoming.where('marks').equals(mark).toArray();
  return found.sort((left, right) => left.at.localeCompare(right.at));
}
