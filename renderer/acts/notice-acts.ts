// Agreeing to a recall, update or replacement that came in, or refusing it: the answer to its sender (15, 16) and what becomes
// of the documents it is about, in one save. What they become is in notices.ts.
import { Failure } from '../../preload/contract/failure';
import type { DeskId } from '../../preload/contract/ids';
import type { IncomingDocument, ResponseFor } from '../../preload/contract/records';
import { findByIdentity, rowsByMark } from '../db/incoming';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, doingOf, findIncoming, readIncoming } from './context';
import { responseTo } from './facts';
import { allowed } from './incoming-acts';
import { afterStep, type IncomingStep, statusOf } from './incoming-states';
import { afterAgreement, isRegistered, noticeTargets } from './notices';
import type { Change } from './save';
import { statusRow } from './telling';

export type NoticeActs = Pick<Acts, 'agreeRecall' | 'refuseRecall'>;

/**
 * The documents a notice is about: as linked at arrival, and looked up again, since they may have come later. One that was sent
 * twice is here twice, and both are meant: the first may be refused, and the other one be in work.
 */
async function targetsHere(context: Context, notice: IncomingDocument): Promise<IncomingDocument[]> {
  const { strict } = context.databases;
  const ids = new Set<DeskId>(notice.concerns === null ? [] : [notice.concerns]);
  for (const documentId of noticeTargets(notice)) {
    const found = await findByIdentity(
      rowsByMark(strict),
      context.sealer,
      notice.facts.sender.code,
      documentId,
    );
    for (const stored of found) if (stored.id !== notice.id) ids.add(stored.id as DeskId);
  }
  const rows = await Promise.all([...ids].map((id) => findIncoming(context, id)));
  return rows.filter((row) => row !== null);
}

function answered(notice: IncomingDocument, target: IncomingDocument | undefined): ResponseFor {
  if (target !== undefined) return responseTo(target.facts);
  const { sender, business } = notice.facts;
  // A notice that names no document is answered by what it is known by itself: a status must name something.
  if (business.targetDocumentId.trim() === '') return responseTo(notice.facts);
  return {
    organId: sender.code,
    code: '',
    documentId: business.targetDocumentId,
    promulgationDate: null,
  };
}

/** Recalls are always answered; updates and replacements where the hub wants it. */
function isTold(context: Context, notice: IncomingDocument): boolean {
  return notice.facts.business.type === '1' || context.info.hub.ways.answersChanges;
}

function answerNotice(
  context: Context,
  id: DeskId,
  step: IncomingStep & { act: 'agree-recall' | 'refuse-recall' },
): Promise<void> {
  return decideAndSave(context, async () => {
    const notice = await readIncoming(context, id);
    if (!allowed(notice, step)) return { request: null, result: undefined };
    const targets = await targetsHere(context, notice);
    const nothingToUpdate =
      step.act === 'agree-recall' &&
      notice.facts.business.type === '2' &&
      targets.length === 0 &&
      !isRegistered(notice);
    if (nothingToUpdate) throw new Failure('recall-target-missing', id);
    const doing = doingOf(context);
    const rows = isTold(context, notice)
      ? await statusRow(context, {
          document: notice.id,
          code: statusOf[step.act],
          receivers: [notice.facts.sender.code],
          responseFor: answered(notice, targets[0]),
          description: step.act === 'refuse-recall' ? step.reason.trim() : '',
          staff: context.info.user,
        })
      : [];
    const changes: Change[] = [
      { table: 'incoming', row: afterStep(notice, step, doing), was: notice.rev },
      ...rows,
    ];
    if (step.act === 'agree-recall') {
      for (const target of targets) {
        const row = afterAgreement(target, notice, doing, context.info.agency.code);
        if (row !== target) changes.push({ table: 'incoming', row, was: target.rev });
      }
    }
    return { request: { changes }, result: undefined };
  });
}

export function createNoticeActs(context: Context): NoticeActs {
  return {
    agreeRecall: ({ id }) => answerNotice(context, id, { act: 'agree-recall' }),
    refuseRecall: ({ id, reason }) => answerNotice(context, id, { act: 'refuse-recall', reason }),
  };
}
