// What a line of a list shows, made from an opened row. Pure but for the opening.
import type { DeskId, Instant } from '../../preload/contract/ids';
import type { Attachment, IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import type { FileVerdict } from '../../preload/contract/verdict';
import { incomingEnd } from '../acts/notices';
import { endOf } from '../acts/sent-changes';
import type { DamagedRow, ListRow, SummaryRow } from '../ledger';
import { deadlineOf, incomingTerm, outgoingTerm, silenceOf } from './deadlines';
import { titleOf } from './identity';
import type { KeptOpen } from './kept-open';
import type { StoredDocument } from './schema';

/** From the best to the worst; the worst file speaks for the document. */
const order: readonly FileVerdict['verdict'][] = [
  'valid',
  'unsigned',
  'indeterminate',
  'unreadable',
  'invalid',
];

/** The first file is the document; annexes may be unsigned, but none may be broken. */
export function worstVerdict(files: readonly Attachment[]): FileVerdict['verdict'] | null {
  const main = files[0]?.verdict?.verdict ?? null;
  const annexes = files
    .slice(1)
    .map((file) => file.verdict?.verdict)
    .filter((verdict) => verdict !== undefined && verdict !== 'unsigned');
  const all = main === null ? annexes : [main, ...annexes];
  return all.reduce<FileVerdict['verdict'] | null>(
    (worst, verdict) =>
      verdict !== undefined && (worst === null || order.indexOf(verdict) > order.indexOf(worst))
        ? verdict
        : worst,
    null,
  );
}

export function incomingSummary(document: IncomingDocument, now: Date): SummaryRow {
  const { facts } = document;
  return {
    kind: 'summary',
    table: 'incoming',
    id: document.id,
    state: document.state,
    title: titleOf(facts),
    typeName: facts.typeName,
    subject: facts.subject,
    urgency: facts.urgency,
    // A scan bears no signature of its sender: only what came over the hub has a verdict.
    verdict: document.docId === null ? null : worstVerdict(document.attachments),
    deadline: deadlineOf(incomingTerm(document), now),
    silence: null,
    party: facts.sender,
    parties: 1,
    files: document.attachments.length,
    at: document.receivedAt,
    number: document.arrivalNumber,
    numberDate: document.arrivalDate,
    business: facts.business.type,
    duplicate: document.duplicateOf !== null,
    ended: incomingEnd(document),
    refusedChange: false,
    problem: document.problem,
  };
}

export function outgoingSummary(document: OutgoingDocument, now: Date): SummaryRow {
  const { facts } = document;
  const files = document.main === null ? document.annexes : [document.main, ...document.annexes];
  return {
    kind: 'summary',
    table: 'outgoing',
    id: document.id,
    state: document.state,
    title: titleOf(facts),
    typeName: facts.typeName,
    subject: facts.subject,
    urgency: facts.urgency,
    verdict: worstVerdict(files),
    deadline: deadlineOf(outgoingTerm(document), now),
    silence: silenceOf(document, now),
    party: facts.receivers[0] ?? null,
    parties: facts.receivers.length,
    files: files.length,
    at: document.createdAt,
    number: document.numberGiven?.number ?? null,
    numberDate: document.numberGiven?.date ?? null,
    business: facts.business.type,
    duplicate: false,
    ended: endOf(document),
    refusedChange: document.deliveries.some((one) => one.state === '16'),
    problem: problemOf(document),
  };
}

/** Why it has not gone, when a person must look; a later sending clears it. */
function problemOf(document: OutgoingDocument): string | null {
  if (document.state !== 'queued') return null;
  const last = [...document.history]
    .reverse()
    .find((entry) => ['queued', 'sent', 'outcome-unknown', 'hub-refused'].includes(entry.what));
  return last?.what === 'outcome-unknown' || last?.what === 'hub-refused' ? last.what : null;
}

export type Stored = { readonly table: 'incoming' | 'outgoing'; readonly row: StoredDocument };

/** Opened, or a line with the code of its damage. */
export async function summaryOf(open: KeptOpen, stored: Stored, now: Date): Promise<ListRow> {
  const { table, row } = stored;
  if (table === 'incoming') {
    const document = await open.incoming(row);
    return document.ok ? incomingSummary(document.value, now) : damaged(stored, document.code);
  }
  const document = await open.outgoing(row);
  return document.ok ? outgoingSummary(document.value, now) : damaged(stored, document.code);
}

function damaged({ table, row }: Stored, code: DamagedRow['code']): DamagedRow {
  return { kind: 'damaged', table, id: row.id as DeskId, at: row.at as Instant, code };
}
