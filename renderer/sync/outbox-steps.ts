// Carries events through the engine and into the ledger: the rows as they are stored, the reduced rows, and what their
// documents must say, in one save. It begins no call; push.ts does.
import { assertNever } from '../../preload/contract/failure';
import type { DeskId } from '../../preload/contract/ids';
import type { HistoryEntry, OutboxRow, OutgoingDocument } from '../../preload/contract/records';
import { documentOf } from '../acts/act-id';
import { type Context, findIncoming, findOutgoing, hubDoing } from '../acts/context';
import { told } from '../acts/doing';
import { afterSent, afterUpdateSent } from '../acts/outgoing-states';
import type { Change } from '../acts/save';
import { ackId } from '../acts/telling';
import { isSealedAlike, openOutbox } from '../db/outbox';
import type { StoredOutbox } from '../db/schema';
import { emptyEngine, reduce } from './engine';
import type { EngineEffect, EngineEvent, EngineState, Step } from './engine-events';
import type { OpenRows } from './open-rows';

type Telling = Extract<EngineEffect, { kind: 'tell-document' }>;

async function rowsAbout(event: EngineEvent): Promise<readonly string[]> {
  switch (event.kind) {
    case 'answered':
    case 'decided':
    case 'not-begun':
    case 'sent-list':
      return [event.row];
    case 'listed':
      return Promise.all([...event.waiting].map(async (docId) => ackId(await documentOf(docId))));
    case 'wake':
    case 'took-over':
    case 'network':
    case 'told':
      return [];
    default:
      return assertNever(event);
  }
}

/** The rows that the events need: the open ones, and those they are about. */
export async function loadRows(
  rows: OpenRows,
  events: readonly EngineEvent[],
): Promise<ReadonlyMap<string, OutboxRow>> {
  const about = (await Promise.all(events.map(rowsAbout))).flat();
  const isListed = events.some((event) => event.kind === 'listed');
  return rows.load(about, isListed ? ['accepted'] : []);
}

/** Events one after the other as one step: what they changed together, and all that they want done. */
export function reduceAll(before: EngineState, events: readonly EngineEvent[]): Step {
  let state = before;
  const changed = new Map<string, OutboxRow>();
  const effects: EngineEffect[] = [];
  for (const event of events) {
    const step = reduce(state, event);
    state = step.state;
    for (const row of step.changed) changed.set(row.id, row);
    effects.push(...step.effects);
  }
  return { state, changed: [...changed.values()], effects };
}

/** The changes of a step: each row over the revision it was read at, and the documents that must say so. */
export async function changesOf(
  context: Context,
  before: EngineState,
  step: Step,
): Promise<readonly Change[]> {
  const rows: Change[] = step.changed.map((row) => {
    const known = before.rows.get(row.id);
    const keepsSealed = known !== undefined && isSealedAlike(known, row);
    return { table: 'outbox', row, was: known?.rev ?? row.rev, keepsSealed };
  });
  // Several rows of one document may have moved at once: the document is written once, with all of it.
  const documents = new Map<DeskId, Change>();
  for (const effect of step.effects) {
    if (effect.kind === 'tell-document') await tellDocument(context, documents, effect);
  }
  return [...rows, ...documents.values()];
}

/** The document of a lane: a recall's lane is `id/recall`. */
export function documentOfLane(lane: string): DeskId {
  return (lane.split('/')[0] ?? lane) as DeskId;
}

function isMainLane(lane: string): boolean {
  return !lane.includes('/');
}

function withEntry<D extends { readonly rev: number; readonly history: readonly HistoryEntry[] }>(
  document: D,
  entry: HistoryEntry,
): D {
  return { ...document, rev: document.rev + 1, history: [...document.history, entry] };
}

function afterTelling(context: Context, document: OutgoingDocument, effect: Telling): OutgoingDocument {
  const doing = hubDoing(context);
  if (effect.what !== 'sent') return withEntry(document, told(doing, effect.what, effect.detail));
  if (isMainLane(effect.row.lane)) return afterSent(document, effect.row.docId, doing);
  if (effect.row.lane.endsWith('/update')) return afterUpdateSent(document, effect.row, doing);
  return withEntry(document, told(doing, 'recall-sent', effect.detail));
}

async function tellDocument(
  context: Context,
  documents: Map<DeskId, Change>,
  effect: Telling,
): Promise<void> {
  const id = documentOfLane(effect.row.lane);
  const earlier = documents.get(id);
  // Statuses about what came in go in its document's lane; status 13 of a document that went out in that one's recall lane.
  if (effect.row.kind === 'edoc' || (effect.row.kind === 'status' && !isMainLane(effect.row.lane))) {
    const stored = await findOutgoing(context, id);
    if (stored === null) return;
    const document = earlier?.table === 'outgoing' ? earlier.row : stored;
    const row = afterTelling(context, document, effect);
    if (row === document) return;
    documents.set(id, { table: 'outgoing', row: { ...row, rev: stored.rev + 1 }, was: stored.rev });
    return;
  }
  const stored = await findIncoming(context, id);
  if (stored === null) return;
  const document = earlier?.table === 'incoming' ? earlier.row : stored;
  const entry = told(hubDoing(context), effect.what, effect.detail);
  const row = { ...withEntry(document, entry), rev: stored.rev + 1 };
  documents.set(id, { table: 'incoming', row, was: stored.rev });
}

/** Opened rows by id; one that cannot be opened is not among them. */
export async function openRows(
  context: Context,
  stored: readonly StoredOutbox[],
): Promise<ReadonlyMap<string, OutboxRow>> {
  const rows = new Map<string, OutboxRow>();
  for (const one of stored) {
    const open = await openOutbox(context.sealer, one);
    if (open.ok) rows.set(one.id, open.value);
  }
  return rows;
}

/** What a status says about a lane of its document: the rows, and the document as they leave it. */
export function toldBy(
  context: Context,
  document: OutgoingDocument,
  all: boolean,
  lane: string,
  rows: ReadonlyMap<string, OutboxRow>,
): { readonly rows: Change[]; readonly row: OutgoingDocument } {
  const before: EngineState = { ...emptyEngine, rows };
  const step = reduce(before, { kind: 'told', lane, all });
  let row = document;
  for (const effect of step.effects) {
    if (effect.kind !== 'tell-document') continue;
    const after = afterTelling(context, row, effect);
    // One save, one revision: the status has raised it already.
    row = { ...after, rev: document.rev };
  }
  const changes: Change[] = step.changed.map((changed) => ({
    table: 'outbox',
    row: changed,
    was: rows.get(changed.id)?.rev ?? changed.rev,
  }));
  return { rows: changes, row };
}
