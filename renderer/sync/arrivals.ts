// Brings one package that is durable in main into the ledger: one strict transaction {rows, receipt, the 01 row, the
// acknowledgement}, then the journal. Doing it again changes nothing: every id follows from the docId.

import { codeOf } from '../../preload/contract/failure';
import { cameByHand } from '../../preload/contract/hand';
import type { DeskId } from '../../preload/contract/ids';
import type { Arrival, DocumentStatus, IncomingDocument, Organ } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import { type Context, decideAndSave, deskDoing, findIncoming, hubDoing } from '../acts/context';
import { told } from '../acts/doing';
import { emptyFacts, responseTo } from '../acts/facts';
import type { Change, SaveRequest } from '../acts/save';
import { ackRow, statusRow } from '../acts/telling';
import { standsAlone } from '../db/identity';
import { findByIdentity, findByNumber, type RowsByMark, rowsByMark } from '../db/incoming';
import type { StoredReceipt } from '../db/schema';
import { askedTargets, concernsOf, sameNotice, withNoticesBefore } from './arriving-notices';
import { statusChanges } from './arriving-statuses';

export type DocumentArrival = Extract<Arrival, { readonly kind: 'document' }>;

const nobody: Organ = { code: '', name: '' };

/** True when the package is in the ledger, whatever it was. */
export async function isReceived(context: Context, id: DeskId): Promise<boolean> {
  return (await context.databases.strict.receipts.get(id)) !== undefined;
}

/** How the package is in the ledger as one that was set aside; null when it is not. */
export async function setAsideAs(context: Context, id: DeskId): Promise<'unreadable' | 'secret' | null> {
  const kind = (await context.databases.strict.receipts.get(id))?.kind;
  return kind === 'unreadable' || kind === 'secret' ? kind : null;
}

/** Whether what came now is more than the row that was set aside. A quarantined package comes again by policy alone. */
async function comesAgain(context: Context, arrival: Arrival, id: DeskId): Promise<boolean> {
  if (arrival.kind === 'unreadable') return false;
  const before = await setAsideAs(context, id);
  return before === 'unreadable' || (before === 'secret' && arrival.kind !== 'secret');
}

/** `from` is the sender as the hub's list names it, used where the package names none. */
export async function bringIn(context: Context, arrival: Arrival, from = ''): Promise<void> {
  const id = await documentOf(arrival.docId);
  const receipt: StoredReceipt = { id, kind: arrival.kind, at: arrival.arrivedAt };
  await decideAndSave(context, async () => {
    const again = await comesAgain(context, arrival, id);
    if (!again && (await isReceived(context, id))) return { request: null, result: undefined };
    const request = await requestFor(context, arrival, id, from);
    const before = again ? await findIncoming(context, id) : null;
    const changes = before === null ? request.changes : readAgain(context, before, request.changes);
    return { request: { ...request, changes, receipts: [receipt] }, result: undefined };
  });
}

/** The row that stood for a package that was set aside becomes the document it was, or is over when it was a status. */
function readAgain(context: Context, before: IncomingDocument, changes: readonly Change[]): Change[] {
  const what = before.state === 'secret' ? 'false-alarm' : 'read-again';
  const entry = told(deskDoing(context), what, '');
  const rest = changes.filter((change) => change.row.id !== before.id);
  const found = changes.find((change) => change.table === 'incoming' && change.row.id === before.id);
  const row: IncomingDocument =
    found?.table === 'incoming'
      ? { ...found.row, rev: before.rev + 1, history: [...found.row.history, entry] }
      : {
          ...before,
          rev: before.rev + 1,
          state: 'finished',
          problem: null,
          history: [...before.history, entry],
        };
  return [{ table: 'incoming', row, was: before.rev }, ...rest];
}

function requestFor(context: Context, arrival: Arrival, id: DeskId, from: string): Promise<SaveRequest> {
  switch (arrival.kind) {
    case 'document':
      return documentRequest(context, arrival, id, from);
    case 'status':
      return statusRequest(context, arrival, id);
    case 'unreadable':
    case 'secret':
      return Promise.resolve(setAside(context, arrival, id));
  }
}

type Came = Omit<IncomingDocument, 'state' | 'docId' | 'packageSha' | 'facts' | 'attachments' | 'unknown'>;

function came(context: Context, id: DeskId, { arrivedAt, docId }: Arrival): Came {
  return {
    id,
    rev: 1,
    problem: null,
    receivedAt: arrivedAt,
    arrivalNumber: null,
    arrivalDate: null,
    presentedTo: '',
    opinion: '',
    assignedTo: '',
    duplicateOf: null,
    concerns: null,
    history: [told(cameByHand(docId) ? deskDoing(context) : hubDoing(context), 'arrived', '')],
  };
}

/** Neither is acknowledged: what this desk could not take in stays listed at the hub. */
function setAside(
  context: Context,
  arrival: Extract<Arrival, { kind: 'unreadable' | 'secret' }>,
  id: DeskId,
): SaveRequest {
  const row: IncomingDocument = {
    ...came(context, id, arrival),
    state: arrival.kind,
    docId: arrival.docId,
    packageSha: arrival.kind === 'unreadable' ? arrival.packageSha : null,
    facts: emptyFacts(arrival.kind === 'secret' ? arrival.sender : nobody),
    attachments: [],
    unknown: [],
    problem: arrival.kind === 'unreadable' ? arrival.code : null,
  };
  return { changes: [{ table: 'incoming', row, was: 'absent-or-kept' }] };
}

/** What is in the ledger around a document that comes in. */
export interface Known {
  readonly rows: RowsByMark;
  readonly find: (id: DeskId) => Promise<IncomingDocument | null>;
}

function knownNow(context: Context): Known {
  return { rows: rowsByMark(context.databases.strict), find: (id) => findIncoming(context, id) };
}

/** What a document that is new here changes: its row, its receipt and acknowledgement, and the notices around it. */
export async function documentRequest(
  context: Context,
  arrival: DocumentArrival,
  id: DeskId,
  from: string,
  known: Known = knownNow(context),
): Promise<SaveRequest> {
  const { facts } = arrival;
  const links = await linksOf(context, known.rows, facts, id);
  const arrived = came(context, id, arrival);
  const row: IncomingDocument = {
    ...arrived,
    ...links,
    state: 'to-accept',
    docId: arrival.docId,
    packageSha: arrival.packageSha,
    facts: facts.sender.code === '' && from !== '' ? { ...facts, sender: { code: from, name: '' } } : facts,
    attachments: arrival.attachments,
    unknown: arrival.unknown,
    ...lackOf(context, arrival, arrived.history),
  };
  const stored = await known.find(id);
  const existing = stored?.state === 'unreadable' || stored?.state === 'secret' ? null : stored;
  const receipt = await receiptRows(context, existing ?? row);
  const told01: IncomingDocument =
    receipt.fault === null
      ? row
      : { ...row, history: [...row.history, { ...row.history[0], ...receipt.fault }] };
  const ack = await ackRow(context, id, arrival.docId);
  const noticed = await withNoticesBefore(context, known.rows, told01);
  const asked = await askedTargets(context, noticed.row);
  return {
    changes: [
      { table: 'incoming', row: noticed.row, was: 'absent-or-kept' },
      ...noticed.changes,
      ...asked,
      ...receipt.rows,
      ack,
    ],
  };
}

/** What a document came with that a person must look at: a file that is not as it should be, or one that is not there. */
function lackOf(
  context: Context,
  arrival: DocumentArrival,
  history: IncomingDocument['history'],
): Pick<IncomingDocument, 'problem' | 'history'> {
  const broken = arrival.attachments.find((file) => file.problem !== null)?.problem ?? null;
  const { missing = [] } = arrival;
  if (missing.length === 0) return { problem: broken, history };
  const entry = told(deskDoing(context), 'files-missing', missing.join('; ').slice(0, 4000));
  return { problem: broken ?? 'edxml-file-missing', history: [...history, entry] };
}

/** The 01. When it cannot be frozen the document comes in all the same, and its history says so. */
async function receiptRows(context: Context, row: IncomingDocument) {
  try {
    const rows = await statusRow(context, {
      document: row.id,
      code: '01',
      receivers: [row.facts.sender.code],
      responseFor: responseTo(row.facts),
      description: '',
      staff: '',
    });
    return { rows, fault: null };
  } catch (error) {
    const fault = told(deskDoing(context), 'receipt-not-told', codeOf(error));
    return { rows: [] as Change[], fault };
  }
}

async function linksOf(
  context: Context,
  rows: RowsByMark,
  facts: IncomingDocument['facts'],
  id: DeskId,
): Promise<Pick<IncomingDocument, 'duplicateOf' | 'concerns'>> {
  const first = (rows: readonly { readonly id: string }[]): DeskId | null => {
    const found = rows.find((stored) => stored.id !== id);
    return found === undefined ? null : (found.id as DeskId);
  };
  const concerns = await concernsOf(context, rows, facts, id);
  if (!standsAlone(facts)) return { duplicateOf: await sameNotice(context, rows, facts, id), concerns };
  const same = first(await findByIdentity(rows, context.sealer, facts.sender.code, facts.documentId));
  return { duplicateOf: same ?? first(await findByNumber(rows, context.sealer, facts)), concerns };
}

async function statusRequest(
  context: Context,
  arrival: Extract<Arrival, { kind: 'status' }>,
  id: DeskId,
): Promise<SaveRequest> {
  const ack = await ackRow(context, id, arrival.docId);
  const applied = await statusChanges(context, arrival.status);
  if (applied !== null) return { changes: [...applied, ack] };
  if (arrival.status.code === '13') {
    const row = await takeBackNotice(context, arrival, id);
    const asked = await askedTargets(context, row);
    return { changes: [{ table: 'incoming', row, was: 'absent-or-kept' }, ...asked, ack] };
  }
  return { changes: [ack], strays: [{ id, status: arrival.status }] };
}

/** Status 13 (lấy lại) is a task for the clerk, like a recall that came as a document. */
async function takeBackNotice(
  context: Context,
  arrival: Extract<Arrival, { kind: 'status' }>,
  id: DeskId,
): Promise<IncomingDocument> {
  const { status } = arrival;
  const sender: Organ =
    status.from.code === '' ? { code: status.responseFor.organId, name: '' } : status.from;
  const { code } = status.responseFor;
  const stroke = code.indexOf('/');
  const facts: IncomingDocument['facts'] = {
    ...emptyFacts(sender),
    // Where it names no DocumentId its answer has to name the number and symbol.
    ...(status.responseFor.documentId.trim() === '' && stroke > 0 && stroke <= 20
      ? { number: code.slice(0, stroke), notation: code.slice(stroke + 1, stroke + 41) }
      : {}),
    subject: code,
    business: {
      type: '1',
      reason: status.description,
      targetDocumentId: status.responseFor.documentId,
      ...(status.staff === '' ? {} : { decidedBy: status.staff }),
    },
  };
  return {
    ...came(context, id, arrival),
    ...(await linksOf(context, rowsByMark(context.databases.strict), facts, id)),
    state: 'to-accept',
    docId: arrival.docId,
    packageSha: arrival.packageSha,
    facts,
    attachments: [],
    unknown: [],
  };
}

/** Statuses that matched nothing are tried again, since their document may have come back from the journal since. */
export async function replayStray(context: Context, id: string, status: DocumentStatus): Promise<boolean> {
  return decideAndSave(context, async () => {
    const applied = await statusChanges(context, status);
    if (applied === null) return { request: null, result: false };
    return { request: { changes: applied, droppedStrays: [id] }, result: true };
  });
}
