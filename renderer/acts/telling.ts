// Makes the outbox rows of an act: a status package frozen by main, an acknowledgement, a document package. It sends nothing.
import type { ActId, DeskId, HubDocId, Sha256 } from '../../preload/contract/ids';
import type { DocumentStatus, OutboxRow, ResponseFor } from '../../preload/contract/records';
import { actOf, packingOf } from './act-id';
import { type Context, instantOf } from './context';
import { deskValue } from './desk-call';
import type { Change } from './save';

function freshRow(
  context: Context,
  part: Pick<OutboxRow, 'id' | 'lane' | 'act' | 'kind' | 'packageSha' | 'receivers' | 'docId'>,
): OutboxRow {
  const at = instantOf(context);
  return {
    ...part,
    seq: 0,
    rev: 0,
    state: 'ready',
    attempts: 0,
    notBefore: at,
    leaseUntil: null,
    lastCode: '',
    createdAt: at,
  };
}

export interface StatusToTell {
  readonly document: DeskId;
  readonly code: string;
  /** Tells apart statuses of the same code about one document; empty for the usual one. */
  readonly turn?: string;
  readonly receivers: readonly string[];
  readonly responseFor: ResponseFor;
  readonly description: string;
  /** The clerk, whoever decided it, or nobody for what the desk tells by itself (01). */
  readonly staff: string;
  /** Where it is not the document's own. */
  readonly lane?: string;
}

/**
 * Freezes the status package, whose act follows from document and code, and makes the row; none without a receiver, and none
 * where another program of the agency tells the hub under the same code: it would be told twice, or told otherwise.
 */
export async function statusRow(context: Context, status: StatusToTell): Promise<Change[]> {
  // 13 is the sender's own word about what this desk sent itself: nobody else tells it.
  if (context.info.hub.takes && status.code !== '13') return [];
  const receivers = status.receivers.filter((code) => code.trim() !== '');
  if (receivers.length === 0) return [];
  const act = await actOf(status.document, `status-${status.code}`, status.turn ?? '');
  const says: Omit<DocumentStatus, 'at'> = {
    code: status.code,
    from: context.info.agency,
    responseFor: status.responseFor,
    description: status.description.slice(0, 4000),
    staff: status.staff.slice(0, 600),
  };
  const packing = await packingOf(act, says);
  const value: DocumentStatus = { ...says, at: instantOf(context) };
  const { packageSha } = await deskValue(context.desk.package.status({ act: packing, status: value }));
  const row = freshRow(context, {
    id: `status:${act}`,
    lane: status.lane ?? status.document,
    act,
    kind: 'status',
    packageSha,
    receivers,
    docId: null,
  });
  return [{ table: 'outbox', row, was: 'absent-or-kept' }];
}

/** The id of the row that acknowledges the package of a document. */
export async function ackId(document: DeskId): Promise<string> {
  return ackIdOf(await actOf(document, 'ack'));
}

function ackIdOf(act: ActId): string {
  return `ack:${act}`;
}

/** The lane of an acknowledgement is its own: it waits for nobody and nobody waits for it. */
export async function ackRow(context: Context, document: DeskId, docId: HubDocId): Promise<Change> {
  const act = await actOf(document, 'ack');
  const row = freshRow(context, {
    id: ackIdOf(act),
    lane: `${document}/ack`,
    act,
    kind: 'ack',
    packageSha: null,
    receivers: [],
    docId,
  });
  return { table: 'outbox', row, was: 'absent-or-kept' };
}

/** The row of a frozen document package. */
export function packageRow(
  context: Context,
  part: {
    readonly act: ActId;
    readonly lane: string;
    readonly packageSha: Sha256;
    readonly receivers: readonly string[];
  },
): Change {
  const row = freshRow(context, {
    id: `edoc:${part.act}`,
    lane: part.lane,
    act: part.act,
    kind: 'edoc',
    packageSha: part.packageSha,
    receivers: [...part.receivers],
    docId: null,
  });
  return { table: 'outbox', row, was: 'absent-or-kept' };
}
