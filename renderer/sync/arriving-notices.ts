// What arriving changes around a recall, update or replacement: the notice knows its document and the document knows that it
// was asked for, whichever of them came first. It applies nothing.
import type { DeskId } from '../../preload/contract/ids';
import type { IncomingDocument } from '../../preload/contract/records';
import { type Context, findIncoming, instantOf } from '../acts/context';
import {
  askedOf,
  concerning,
  goesOnAlone,
  isNotice,
  noticeTargets,
  withEarlierNotices,
} from '../acts/notices';
import type { Change } from '../acts/save';
import { standsAlone } from '../db/identity';
import { findByIdentity, findNotices, type RowsByMark, rowsByMark } from '../db/incoming';

const nobody = '';

const over: ReadonlySet<string> = new Set(['refused', 'recalled']);

/** The first document of a notice that is here, one that is still in work before one that is not, or null. */
export async function concernsOf(
  context: Context,
  rows: RowsByMark,
  facts: IncomingDocument['facts'],
  notice: DeskId,
): Promise<DeskId | null> {
  for (const documentId of noticeTargets({ facts })) {
    const found = await findByIdentity(rows, context.sealer, facts.sender.code, documentId);
    const others = found.filter((stored) => stored.id !== notice);
    const first = others.find((stored) => !over.has(stored.state)) ?? others[0];
    if (first !== undefined) return first.id as DeskId;
  }
  return null;
}

/** An earlier notice of the same kind about the same document, or null. */
export async function sameNotice(
  context: Context,
  rows: RowsByMark,
  facts: IncomingDocument['facts'],
  notice: DeskId,
): Promise<DeskId | null> {
  // Replacements are documents of their own: they are doubles as documents are.
  if (facts.business.type !== '1') return null;
  const target = facts.business.targetDocumentId;
  for (const stored of await findNotices(rows, context.sealer, facts.sender.code, target)) {
    if (stored.id === notice) continue;
    const earlier = await findIncoming(context, stored.id as DeskId);
    if (earlier?.facts.business.type === '1') return earlier.id;
  }
  return null;
}

/** The documents of a notice that has come, saying that it came; each of one that was sent more than once. */
export async function askedTargets(context: Context, notice: IncomingDocument): Promise<Change[]> {
  if (!isNotice(notice)) return [];
  const doing = { at: instantOf(context), who: nobody };
  const changes: Change[] = [];
  const seen = new Set<string>([notice.id]);
  for (const documentId of noticeTargets(notice)) {
    const rows = rowsByMark(context.databases.strict);
    const sender = notice.facts.sender.code;
    for (const stored of await findByIdentity(rows, context.sealer, sender, documentId)) {
      if (seen.has(stored.id)) continue;
      seen.add(stored.id);
      const target = await findIncoming(context, stored.id as DeskId);
      const row = target === null ? null : askedOf(target, notice, doing);
      if (target !== null && row !== null) changes.push({ table: 'incoming', row, was: target.rev });
    }
  }
  return changes;
}

/** A document that has come, with the notices that came before it, and those notices with their document. */
export async function withNoticesBefore(
  context: Context,
  rows: RowsByMark,
  document: IncomingDocument,
): Promise<{ readonly row: IncomingDocument; readonly changes: readonly Change[] }> {
  if (!standsAlone(document.facts)) return { row: document, changes: [] };
  const { sender, documentId } = document.facts;
  const doing = { at: instantOf(context), who: nobody };
  const notices: IncomingDocument[] = [];
  for (const stored of await findNotices(rows, context.sealer, sender.code, documentId)) {
    if (stored.id === document.id) continue;
    const notice = await findIncoming(context, stored.id as DeskId);
    if (notice !== null) notices.push(notice);
  }
  const changes = notices
    .filter((notice) => notice.concerns === null && !goesOnAlone(notice))
    .map(
      (notice): Change => ({
        table: 'incoming',
        row: concerning(notice, document.id, doing),
        was: notice.rev,
      }),
    );
  return { row: withEarlierNotices(document, notices, doing), changes };
}
