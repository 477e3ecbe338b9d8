// Packages by hand: what of one is on the desk already, taking one in as an arrival, and the bytes to give away. The rules
// are those of every arrival; nothing here asks a hub.

import { buildDocumentId } from '../../preload/contract/document-id';
import { Failure } from '../../preload/contract/failure';
import type { HandReport } from '../../preload/contract/hand';
import type { DeskId, Sha256 } from '../../preload/contract/ids';
import type { Attachment, DocumentFacts } from '../../preload/contract/records';
import { wireDate } from '../../preload/contract/wire-time';
import { standsAlone, titleOf } from '../db/identity';
import { findByIdentity, findByNumber, rowsByMark } from '../db/incoming';
import { bringIn, isReceived, setAsideAs } from '../sync/arrivals';
import { actOf, documentOf } from './act-id';
import { type Context, findIncoming, findOutgoing } from './context';
import { deskValue } from './desk-call';

/** What is on the desk already of what a file holds. */
export interface HandKnown {
  /** These very bytes were taken in before. */
  readonly same: boolean;
  /** A document of the same sender and DocumentId, or of the same number, symbol and issuer. */
  readonly document: DeskId | null;
  readonly by: 'identity' | 'number' | null;
}

/** A package that was quarantined and is none by now comes again by policy: what stands here is only the fact of it. */
async function isTakenIn(context: Context, { docId, kind }: HandReport): Promise<boolean> {
  const id = await documentOf(docId);
  const isSetAside = kind === 'secret' || kind === 'unreadable';
  if (!isSetAside && (await setAsideAs(context, id)) !== null) return false;
  return isReceived(context, id);
}

export async function knownByHand(context: Context, report: HandReport): Promise<HandKnown> {
  const same = await isTakenIn(context, report);
  if (report.kind !== 'document' || !standsAlone(report.facts)) return { same, document: null, by: null };
  const rows = rowsByMark(context.databases.strict);
  const { facts } = report;
  const own = await documentOf(report.docId);
  const other = (rows: readonly { readonly id: string }[]) => rows.find((row) => row.id !== own)?.id;
  const identity = other(await findByIdentity(rows, context.sealer, facts.sender.code, facts.documentId));
  if (identity !== undefined) return { same, document: identity as DeskId, by: 'identity' };
  const number = other(await findByNumber(rows, context.sealer, facts));
  return number === undefined
    ? { same, document: null, by: null }
    : { same, document: number as DeskId, by: 'number' };
}

/** Takes a read file in; doing it again changes nothing. Null: it was a status. */
export async function bringByHand(
  context: Context,
  input: { readonly sha256: Sha256 },
): Promise<{ readonly id: DeskId | null }> {
  const { arrival } = await deskValue(context.desk.hand.bring(input));
  await bringIn(context, arrival);
  return { id: arrival.kind === 'status' ? null : await documentOf(arrival.docId) };
}

function fileName(facts: DocumentFacts): string {
  return `${titleOf(facts).replace(/[\\/]/g, '-') || 'van-ban'}.edxml`;
}

/** Older documents and those that came on paper have no DocumentId of their own. */
function withDocumentId(facts: DocumentFacts): DocumentFacts {
  if (facts.documentId.trim() !== '') return facts;
  const issued = facts.issuedOn === null ? '' : wireDate(new Date(`${facts.issuedOn}T05:00:00Z`));
  const documentId = buildDocumentId({
    organId: facts.sender.code,
    promulgationDate: issued,
    code: titleOf(facts),
  });
  return { ...facts, documentId };
}

async function packed(
  context: Context,
  id: DeskId,
  rev: number,
  facts: DocumentFacts,
  files: readonly Attachment[],
): Promise<Sha256> {
  const act = await actOf(id, 'export', String(rev));
  const { packageSha } = await deskValue(
    context.desk.package.document({
      act,
      facts: withDocumentId(facts),
      files: files.map(({ sha256, name, description }) => ({ sha256, name, description })),
    }),
  );
  return packageSha;
}

/**
 * The package of a document to be given away: the very bytes that came or were frozen, else one made of what is here.
 * Failure `document-missing`, `document-has-no-package` for one that is set aside or not issued yet.
 */
export async function exportPackage(
  context: Context,
  input: { readonly id: DeskId },
): Promise<{ readonly sha256: Sha256; readonly name: string; readonly frozen: boolean }> {
  const incoming = await findIncoming(context, input.id);
  if (incoming !== null) {
    if (incoming.state === 'secret') throw new Failure('document-has-no-package', input.id);
    if (incoming.packageSha !== null) {
      return { sha256: incoming.packageSha, name: fileName(incoming.facts), frozen: true };
    }
    if (incoming.state === 'unreadable') throw new Failure('document-has-no-package', input.id);
    const { facts, attachments, rev } = incoming;
    const sha256 = await packed(context, incoming.id, rev, facts, attachments);
    return { sha256, name: fileName(facts), frozen: false };
  }
  const outgoing = await findOutgoing(context, input.id);
  if (outgoing === null) throw new Failure('document-missing', input.id);
  const { facts, packageSha, main, annexes, rev, seal } = outgoing;
  if (packageSha !== null) return { sha256: packageSha, name: fileName(facts), frozen: true };
  if (seal === null || main === null) throw new Failure('document-has-no-package', input.id);
  const sha256 = await packed(context, outgoing.id, rev, facts, [main, ...annexes]);
  return { sha256, name: fileName(facts), frozen: false };
}
