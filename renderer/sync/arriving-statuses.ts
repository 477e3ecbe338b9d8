// Statuses that came: what they change in the documents that were sent and in their outbox rows, one by one or many in one
// transaction. It brings in no document and keeps no stray itself.
import type { DeskId } from '../../preload/contract/ids';
import type { Arrival, DocumentStatus, OutboxRow, OutgoingDocument } from '../../preload/contract/records';
import { type Context, decideAndWrite, hubName, type Written } from '../acts/context';
import type { Change, SaveRequest } from '../acts/save';
import { ackRow } from '../acts/telling';
import { findSent, openOutgoing } from '../db/outgoing';
import type { StoredReceipt } from '../db/schema';
import { opened } from '../db/sealing';
import { openRows, toldBy } from './outbox-steps';
import { afterStatus, everyoneTold } from './statuses';

export type StatusArrival = Extract<Arrival, { kind: 'status' }>;

/** A status as it came. `isNew`: the list that it stood in was held against the receipts, and it had none. */
export interface CameStatus {
  readonly arrival: StatusArrival;
  /** Of its receipt: `documentOf` its docId. */
  readonly id: DeskId;
  readonly isNew: boolean;
}

type Lanes = ReadonlyMap<string, ReadonlyMap<string, OutboxRow>>;

function recallLane(id: DeskId): string {
  return `${id}/recall`;
}

function isUpdated(document: OutgoingDocument): boolean {
  return document.history.some((entry) => entry.what === 'update-requested');
}

/**
 * Who answers has the document, even where the hub never said that it took it. A recall and an update go out under the same
 * DocumentId and are received with the same statuses: once one is on its way, an answer no longer says which was received.
 */
function provesArrival(document: OutgoingDocument): boolean {
  return document.state !== 'recalled' && !isUpdated(document);
}

/** Who answers a recall has it, even where the hub never said so. An update is answered alike: then nothing is proved. */
function answersRecall(document: OutgoingDocument, status: DocumentStatus): boolean {
  return (
    document.state === 'recalled' && !isUpdated(document) && (status.code === '15' || status.code === '16')
  );
}

/** The document with all the statuses in it, in their order, and its outbox rows: one change each. */
function changesIn(
  context: Context,
  document: OutgoingDocument,
  statuses: readonly DocumentStatus[],
  lanes: Lanes,
): Change[] {
  let after = document;
  let recallAnswered = false;
  for (const status of statuses) {
    const next = afterStatus(after, status, hubName(context));
    if (next === null) continue;
    // One save, one revision, however many statuses.
    after = { ...next, rev: document.rev + 1 };
    recallAnswered ||= answersRecall(after, status);
  }
  if (after === document) return [];
  const none = { rows: [] as Change[], row: after };
  const rowsOf = (lane: string) => lanes.get(lane) ?? new Map<string, OutboxRow>();
  const main = provesArrival(after)
    ? toldBy(context, after, everyoneTold(after), document.id, rowsOf(document.id))
    : none;
  const recall = recallLane(document.id);
  const { rows, row } = recallAnswered
    ? toldBy(context, main.row, false, recall, rowsOf(recall))
    : { rows: [] as Change[], row: main.row };
  return [{ table: 'outgoing', row, was: document.rev }, ...main.rows, ...rows];
}

/** What these statuses are about, opened: documents by their DocumentId, and the rows of the lanes that statuses may move. */
async function sentOf(
  context: Context,
  statuses: readonly DocumentStatus[],
): Promise<{ readonly documents: ReadonlyMap<string, OutgoingDocument>; readonly lanes: Lanes }> {
  const { sealer } = context;
  const found = await findSent(
    context.databases.strict,
    sealer,
    statuses.map((one) => one.responseFor.documentId),
  );
  const documents = new Map<string, OutgoingDocument>();
  await Promise.all(
    [...found.documents].map(async ([documentId, one]) => {
      documents.set(documentId, opened(await openOutgoing(sealer, one), `outgoing ${one.id}`));
    }),
  );
  const wanted = new Set([...documents.values()].flatMap(({ id }) => [id, recallLane(id)] as string[]));
  const rows = await openRows(
    context,
    found.rows.filter((row) => wanted.has(row.lane)),
  );
  const lanes = new Map<string, Map<string, OutboxRow>>();
  for (const row of rows.values()) {
    const lane = lanes.get(row.lane) ?? new Map<string, OutboxRow>();
    lanes.set(row.lane, lane.set(row.id, row));
  }
  return { documents, lanes };
}

/** The outgoing document with the status, and its outbox rows; null when no document here is meant. */
export async function statusChanges(context: Context, status: DocumentStatus): Promise<Change[] | null> {
  const { documents, lanes } = await sentOf(context, [status]);
  const document = documents.get(status.responseFor.documentId);
  return document === undefined ? null : changesIn(context, document, [status], lanes);
}

/** Everything a run of statuses changes, and those of them that are to be brought in one by one. */
async function planOf(
  context: Context,
  run: readonly CameStatus[],
): Promise<{ readonly request: SaveRequest | null; readonly result: readonly StatusArrival[] }> {
  const { strict } = context.databases;
  const arrivals = run.map((one) => one.arrival);
  const ids = run.map((one) => one.id);
  // What was brought in since its list was read changes nothing the second time: a history has each status once, and a row of
  // the outbox that is there stays.
  const receipts = run.every((one) => one.isNew) ? [] : await strict.receipts.bulkGet(ids);
  const alone: StatusArrival[] = [];
  const fresh: { readonly arrival: StatusArrival; readonly id: DeskId }[] = [];
  const seen = new Set<string>();
  for (const [index, arrival] of arrivals.entries()) {
    const id = ids[index];
    const receipt = receipts[index];
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    if (receipt === undefined) fresh.push({ arrival, id });
    else if (receipt.kind === 'unreadable' || receipt.kind === 'secret') alone.push(arrival);
  }
  const { documents, lanes } = await sentOf(
    context,
    fresh.map(({ arrival }) => arrival.status),
  );
  const meant = new Map<DeskId, { document: OutgoingDocument; statuses: DocumentStatus[] }>();
  const taken: typeof fresh = [];
  const strays: { id: string; status: DocumentStatus }[] = [];
  for (const one of fresh) {
    const { status } = one.arrival;
    const document = documents.get(status.responseFor.documentId);
    if (document === undefined && status.code === '13') {
      alone.push(one.arrival);
      continue;
    }
    taken.push(one);
    if (document === undefined) {
      strays.push({ id: one.id, status });
      continue;
    }
    const sharing = meant.get(document.id) ?? { document, statuses: [] };
    sharing.statuses.push(status);
    meant.set(document.id, sharing);
  }
  if (taken.length === 0) return { request: null, result: alone };
  const changes = [...meant.values()].flatMap(({ document, statuses }) =>
    changesIn(context, document, statuses, lanes),
  );
  const acks = await Promise.all(taken.map(({ arrival, id }) => ackRow(context, id, arrival.docId)));
  const came: StoredReceipt[] = taken.map(({ arrival, id }) => ({
    id,
    kind: 'status',
    at: arrival.arrivedAt,
  }));
  return { request: { changes: [...changes, ...acks], receipts: came, strays }, result: alone };
}

/**
 * Brings statuses that are durable in main into the ledger in one strict transaction; the journal's line follows. The result are
 * those that are no mere status here (a taking back, one that was unreadable before): `bringIn` has them. Doing it again changes
 * nothing. A failure leaves all of them where they were. `decided` is told when it is on its way there.
 */
export function bringInStatuses(
  context: Context,
  run: readonly CameStatus[],
  decided?: () => void,
): Promise<Written<readonly StatusArrival[]>> {
  return decideAndWrite(context, () => planOf(context, run), decided);
}
