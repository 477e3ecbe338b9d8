// The acts on a document that was sent: thu hồi, cập nhật, thay thế. Each freezes its packages first and is then one save of
// document and outbox. What they become and who is told is in sent-changes.ts.
import type { Business } from '../../preload/contract/business';
import { Failure } from '../../preload/contract/failure';
import type { ActId, DeskId } from '../../preload/contract/ids';
import type { DocumentFacts, Organ, OutboxRow, OutgoingDocument } from '../../preload/contract/records';
import { openOutbox, storedInLane } from '../db/outbox';
import { opened } from '../db/sealing';
import type { Acts, TakenBack } from '../ledger';
import { actOf } from './act-id';
import { type Context, decideAndSave, doingOf, findOutgoing, readOutgoing } from './context';
import { responseTo } from './facts';
import { draftAnew, frozen, packageFiles } from './outgoing-acts';
import { mayHaveLeft, type OutgoingStep, takenBackBy } from './outgoing-states';
import { change, demand, fileOf } from './outgoing-steps';
import type { Change } from './save';
import { afterUnreplaced, planUpdate, recallReceivers } from './sent-changes';
import { packageRow, statusRow } from './telling';

export type SentActs = Pick<Acts, 'recallOutgoing' | 'updateSent' | 'replaceSent'>;

/** Lanes of their own: a recall or an update passes a document that is parked, and updates keep their order. */
const recallLane = (id: DeskId): string => `${id}/recall`;
const updateLane = (id: DeskId): string => `${id}/update`;

interface Decision {
  readonly reason: string;
  readonly decidedBy: string;
}

/** Failure `reason-missing` or `decider-missing`. */
function demandDecision(
  id: DeskId,
  given: { readonly reason: string; readonly decidedBy?: string },
): Decision {
  const reason = given.reason.trim();
  const decidedBy = (given.decidedBy ?? '').trim();
  if (reason === '') throw new Failure('reason-missing', id);
  if (decidedBy === '') throw new Failure('decider-missing', id);
  return { reason, decidedBy };
}

async function rowsInLanes(context: Context, lanes: readonly string[]): Promise<OutboxRow[]> {
  const stored = await Promise.all(lanes.map((lane) => storedInLane(context.databases.strict, lane)));
  return Promise.all(stored.flat().map(async (row) => opened(await openOutbox(context.sealer, row), row.id)));
}

function superseded(rows: readonly OutboxRow[]): Change[] {
  return rows
    .filter((row) => row.kind === 'edoc')
    .filter(({ state }) => state === 'ready' || state === 'waiting' || state === 'needs-attention')
    .map((row) => ({
      table: 'outbox',
      row: { ...row, rev: row.rev + 1, state: 'superseded', leaseUntil: null },
      was: row.rev,
    }));
}

/** The recall as the hub wants it told: a package of type 1, or status 13. */
async function recallRows(
  context: Context,
  document: OutgoingDocument,
  receivers: readonly Organ[],
  decision: Decision,
): Promise<Change[]> {
  const { facts, id } = document;
  const lane = recallLane(id);
  const codes = receivers.map((organ) => organ.code);
  if (context.info.hub.ways.recallBy === 'status') {
    return statusRow(context, {
      document: id,
      code: '13',
      receivers: codes,
      responseFor: responseTo(facts),
      description: decision.reason,
      staff: decision.decidedBy,
      lane,
    });
  }
  const act = await actOf(id, 'recall');
  const business: Business = { type: '1', targetDocumentId: facts.documentId, ...decision };
  const said: DocumentFacts = { ...facts, receivers: [...receivers], business };
  const packageSha = await frozen(context, act, said, []);
  return [packageRow(context, { act, lane, packageSha, receivers: codes })];
}

/** The document that this one would have replaced is in force again when this one is taken out of the outbox. */
async function unreplaced(context: Context, document: OutgoingDocument): Promise<Change[]> {
  if (document.replaces === undefined) return [];
  const old = await findOutgoing(context, document.replaces);
  const row = old === null ? null : afterUnreplaced(old, document.facts, doingOf(context));
  return old === null || row === null ? [] : [{ table: 'outgoing', row, was: old.rev }];
}

function recallOutgoing(
  context: Context,
  input: Parameters<Acts['recallOutgoing']>[0],
): ReturnType<Acts['recallOutgoing']> {
  const reason = input.reason.trim();
  if (reason === '') throw new Failure('reason-missing', input.id);
  return decideAndSave<TakenBack>(context, async () => {
    const document = await readOutgoing(context, input.id);
    if (document.state === 'recalled' && document.numberGiven !== null) {
      return { request: null, result: mayHaveLeft(document) ? 'requested' : 'dropped' };
    }
    demand(document, 'recall');
    const main = await rowsInLanes(context, [document.id]);
    const updates = await rowsInLanes(context, [updateLane(document.id)]);
    if ([...main, ...updates].some((row) => row.state === 'sending'))
      throw new Failure('sending-now', input.id);
    const how = main.some((row) => row.state === 'unknown') ? 'requested' : takenBackBy(document);
    if (how !== 'requested') {
      const step: OutgoingStep = { act: 'recall', reason, how };
      const changes = [
        change(context, document, step),
        ...superseded(main),
        ...(await unreplaced(context, document)),
      ];
      return { request: { changes }, result: how };
    }
    const decision = demandDecision(document.id, input);
    const perhaps = updates.filter((row) => row.state === 'unknown').flatMap((row) => row.receivers);
    const rows = await recallRows(context, document, recallReceivers(document, perhaps), decision);
    const step: OutgoingStep = { act: 'recall', how, ...decision };
    return {
      request: { changes: [change(context, document, step), ...superseded(updates), ...rows] },
      result: how,
    };
  });
}

async function isQueued(context: Context, act: ActId): Promise<boolean> {
  return (await context.databases.strict.outbox.get(`edoc:${act}`)) !== undefined;
}

async function updateSent(context: Context, input: Parameters<Acts['updateSent']>[0]): Promise<void> {
  const decision = demandDecision(input.id, input);
  const act = await actOf(input.id, 'update', input.update);
  const giving = await actOf(input.id, 'update-given', input.update);
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if ((await isQueued(context, act)) || (await isQueued(context, giving))) {
      return { request: null, result: undefined };
    }
    demand(document, 'update-sent');
    const plan = planUpdate(document, input.change);
    if (plan === null) throw new Failure('nothing-to-change', input.id);
    if (plan.facts.receivers.length === 0) throw new Failure('receivers-missing', input.id);
    const lane = updateLane(document.id);
    const rows: Change[] = [];
    const { documentId } = document.facts;
    if (plan.told.length > 0) {
      const business: Business = {
        type: '2',
        targetDocumentId: documentId,
        ...decision,
        update: plan.update,
      };
      const facts: DocumentFacts = { ...plan.facts, receivers: [...plan.told], business };
      const packageSha = await frozen(context, act, facts, []);
      const receivers = plan.told.map((organ) => organ.code);
      rows.push(packageRow(context, { act, lane, packageSha, receivers }));
    }
    if (plan.given.length > 0) {
      const facts: DocumentFacts = { ...plan.facts, receivers: [...plan.given] };
      const files = packageFiles([fileOf(document), ...document.annexes]);
      const packageSha = await frozen(context, giving, facts, files);
      const receivers = plan.given.map((organ) => organ.code);
      rows.push(packageRow(context, { act: giving, lane, packageSha, receivers }));
    }
    const step: OutgoingStep = { act: 'update-sent', plan, ...decision };
    return { request: { changes: [change(context, document, step), ...rows] }, result: undefined };
  });
}

function replaceSent(context: Context, input: Parameters<Acts['replaceSent']>[0]): Promise<void> {
  const decision = demandDecision(input.id, input);
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if ((await findOutgoing(context, input.draft)) !== null) return { request: null, result: undefined };
    demand(document, 'replace-sent');
    const { documentId } = document.facts;
    const business = { type: '3', targetDocumentId: documentId, ...decision } as const;
    const draft = draftAnew(context, input.draft, document, { business });
    return {
      request: {
        changes: [
          change(context, document, { act: 'replace-sent', ...decision }),
          { table: 'outgoing', row: { ...draft, replaces: document.id }, was: 'absent' },
        ],
      },
      result: undefined,
    };
  });
}

export function createSentActs(context: Context): SentActs {
  return {
    recallOutgoing: async (input) => recallOutgoing(context, input),
    updateSent: async (input) => updateSent(context, input),
    replaceSent: async (input) => replaceSent(context, input),
  };
}
