// The repository of incoming documents: how a row is sealed, opened and found. It never decides and never writes alone.
import { targetsOf } from '../../preload/contract/business';
import { type IncomingDocument, incomingDocument } from '../../preload/contract/records';
import { rowsOfEach } from './any-of';
import { incomingTerm } from './deadlines';
import { identityText, identityTexts, numberText, numberTexts, standsAlone } from './identity';
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
  if (!standsAlone(row.facts)) {
    // An update that was registered is its document here: a recall is about it.
    const own = row.arrivalNumber === null ? [] : targetsOf(row.facts.business);
    for (const target of own) {
      const identity = identityText(row.facts.sender.code, target);
      if (identity !== null) marks.push(await sealer.blind('incoming-identity', identity));
    }
    return marks;
  }
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

/** Reads the rows under a mark, oldest first. */
export type RowsByMark = (mark: string) => Promise<readonly StoredDocument[]>;

function oldestFirst(rows: StoredDocument[]): readonly StoredDocument[] {
  return rows.sort((left, right) => left.at.localeCompare(right.at));
}

export function rowsByMark(database: LedgerDatabase): RowsByMark {
  return async (mark) => oldestFirst(await database.incoming.where('marks').equals(mark).toArray());
}

/** As `rowsByMark`, with the rows that any of these documents may be recognised by read at once: a run asks up to six times each. */
export async function rowsByMarkOf(
  database: LedgerDatabase,
  sealer: Sealer,
  documents: readonly IncomingDocument['facts'][],
): Promise<RowsByMark> {
  const asked = await Promise.all(
    documents.map((facts) => {
      const identities = identityTexts(facts.sender.code, facts.documentId);
      return Promise.all([
        ...identities.map((text) => sealer.blind('incoming-identity', text)),
        ...identities.map((text) => sealer.blind('incoming-concerns', text)),
        ...numberTexts(facts).map((text) => sealer.blind('incoming-number', text)),
      ]);
    }),
  );
  const found = await rowsOfEach(database.incoming, 'marks', asked.flat());
  const direct = rowsByMark(database);
  return async (mark) => {
    const rows = found.get(mark);
    return rows === undefined ? direct(mark) : oldestFirst([...rows]);
  };
}

/** Rows under any of these texts, oldest first. A row is kept under its sender's code as it came, so it is under one of them. */
async function rowsUnder(
  rows: RowsByMark,
  sealer: Sealer,
  mark: 'incoming-identity' | 'incoming-concerns' | 'incoming-number',
  texts: readonly string[],
): Promise<readonly StoredDocument[]> {
  const found = await Promise.all(texts.map(async (text) => rows(await sealer.blind(mark, text))));
  return oldestFirst(found.flat());
}

/** Rows of the same sender, by either of its codes, and DocumentId, oldest first. */
export async function findByIdentity(
  rows: RowsByMark,
  sealer: Sealer,
  senderCode: string,
  documentId: string,
): Promise<readonly StoredDocument[]> {
  return rowsUnder(rows, sealer, 'incoming-identity', identityTexts(senderCode, documentId));
}

/** Rows of recalls, updates and replacements of this sender about that document, oldest first. */
export async function findNotices(
  rows: RowsByMark,
  sealer: Sealer,
  senderCode: string,
  documentId: string,
): Promise<readonly StoredDocument[]> {
  return rowsUnder(rows, sealer, 'incoming-concerns', identityTexts(senderCode, documentId));
}

/** Rows of the same number, symbol, issuer and year, oldest first. */
export async function findByNumber(
  rows: RowsByMark,
  sealer: Sealer,
  facts: IncomingDocument['facts'],
): Promise<readonly StoredDocument[]> {
  return rowsUnder(rows, sealer, 'incoming-number', numberTexts(facts));
}
