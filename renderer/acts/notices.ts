// Recalls, updates and replacements that came in: what they ask of a document that is here, and what it becomes once the clerk
// has agreed. Pure; nothing is ever applied by arriving alone.
//
//   notice ─ agree ─▶ 1 thu hồi, 3 thay thế, or 2 cập nhật that takes this agency off ─▶ the document is recalled, frozen
//                     2 cập nhật otherwise ─▶ the document goes on with the new facts; the old ones stand in its history
//          ─ refuse ─▶ the document is as before
//   A document that comes after its recall was agreed to waits to be set aside; it cannot be registered.

import { sameAgency } from '../../preload/contract/agency-code';
import { targetsOf } from '../../preload/contract/business';
import { assertNever } from '../../preload/contract/failure';
import type { Day, DeskId } from '../../preload/contract/ids';
import type { DocumentFacts, HistoryEntry, IncomingDocument } from '../../preload/contract/records';
import { type Doing, told } from './doing';
import type { IncomingWord } from './incoming-states';

/** One fact that an update changes, as texts of the wire; the window has the names. */
export interface ChangedFact {
  readonly name: UpdatableName;
  readonly before: string;
  readonly after: string;
}

/** What an update may change of a document that is here: not what it is known by, not what this desk gave it. */
const updatable = [
  'typeName',
  'subject',
  'content',
  'place',
  'urgency',
  'dueOn',
  'signer',
  'toPlaces',
  'receivers',
] as const;
export type UpdatableName = (typeof updatable)[number];

/** A recall, update or replacement: what the clerk must agree to or refuse. */
export function isNotice(document: IncomingDocument): boolean {
  return document.facts.business.type !== '0';
}

/**
 * A replacement is a whole document of its own and is registered as well; so is an update that brings the files of a document
 * that is not here. Recalls and other updates are not.
 */
export function isRegistered(document: IncomingDocument): boolean {
  const { type } = document.facts.business;
  if (type === '0' || type === '3' || document.arrivalNumber !== null) return true;
  return type === '2' && document.concerns === null && document.attachments.length > 0;
}

/**
 * Whether it was answered while it stood for the document itself: it waits to be registered or refused as that, also once the
 * document that it updates comes after all, and would wait for nothing if it were about that one.
 */
export function goesOnAlone(notice: IncomingDocument): boolean {
  return (
    notice.facts.business.type === '2' &&
    isRegistered(notice) &&
    (says(notice, 'recall-agreed') || says(notice, 'recall-refused'))
  );
}

/** Whether an update takes the agency of this desk off the receivers. */
export function takesOff(facts: DocumentFacts, agency: string): boolean {
  const { type, update } = facts.business;
  return (
    type === '2' &&
    (update?.receivers ?? []).some((one) => one.change === 'removed' && sameAgency(one.code, agency))
  );
}

function textOf(facts: DocumentFacts, name: UpdatableName): string {
  switch (name) {
    case 'typeName':
    case 'subject':
    case 'content':
    case 'place':
      return facts[name];
    case 'urgency':
      return String(facts.urgency);
    case 'dueOn':
      return facts.dueOn ?? '';
    case 'signer':
      return [facts.signer.competence, facts.signer.position, facts.signer.name].filter(Boolean).join(', ');
    case 'toPlaces':
      return facts.toPlaces.join('; ');
    case 'receivers':
      return facts.receivers.map((one) => one.code).join(', ');
    default:
      return assertNever(name);
  }
}

function updatedReceivers(target: DocumentFacts, notice: DocumentFacts): DocumentFacts['receivers'] {
  const changes = notice.business.update?.receivers ?? [];
  const removed = (code: string) =>
    changes.some((one) => one.change === 'removed' && sameAgency(one.code, code));
  const kept = target.receivers.filter((one) => !removed(one.code));
  const added = changes
    .filter(({ change, code }) => change === 'added' && !kept.some((one) => sameAgency(one.code, code)))
    .map(({ code }) => notice.receivers.find((one) => sameAgency(one.code, code)) ?? { code, name: '' });
  return [...kept, ...added];
}

/**
 * The target's facts as the update wishes them. An empty text of the update and an urgency that it does not name say nothing and
 * change nothing.
 */
export function updatedFacts(target: DocumentFacts, notice: DocumentFacts): DocumentFacts {
  const { update } = notice.business;
  const receivers = updatedReceivers(target, notice);
  if (update !== undefined && !update.facts) return { ...target, receivers };
  const said = <T extends string>(after: T, before: T): T => (after.trim() === '' ? before : after);
  return {
    ...target,
    typeName: said(notice.typeName, target.typeName),
    subject: said(notice.subject, target.subject),
    content: said(notice.content, target.content),
    place: said(notice.place, target.place),
    urgency: notice.urgencyUnsaid === true ? target.urgency : notice.urgency,
    dueOn: (notice.dueOn ?? target.dueOn) as Day | null,
    signer: textOf(notice, 'signer') === '' ? target.signer : notice.signer,
    toPlaces: notice.toPlaces.length === 0 ? target.toPlaces : notice.toPlaces,
    receivers,
  };
}

/** What agreeing to the update would change, for the clerk to see before. */
export function changedFacts(target: DocumentFacts, notice: DocumentFacts): readonly ChangedFact[] {
  if (notice.business.type !== '2') return [];
  const after = updatedFacts(target, notice);
  return updatable.flatMap((name) => {
    const [left, right] = [textOf(target, name), textOf(after, name)];
    return left === right ? [] : [{ name, before: left, after: right }];
  });
}

function next(document: IncomingDocument, change: Partial<IncomingDocument>, added: HistoryEntry) {
  return { ...document, ...change, rev: document.rev + 1, history: [...document.history, added] };
}

const over: ReadonlySet<IncomingDocument['state']> = new Set(['recalled', 'refused', 'unreadable', 'secret']);

/** The document that an agreed notice is about; the same object where it is out of the work already and stays frozen. */
export function afterAgreement(
  target: IncomingDocument,
  notice: IncomingDocument,
  doing: Doing,
  agency: string,
): IncomingDocument {
  const { business } = notice.facts;
  if (over.has(target.state)) return target;
  const reason = [business.reason, business.decidedBy ?? ''].filter(Boolean).join(' · ');
  switch (business.type) {
    case '1':
      return next(target, { state: 'recalled' }, told(doing, 'recalled', reason));
    case '3':
      return next(target, { state: 'recalled' }, told(doing, 'replaced', reason));
    case '2': {
      if (takesOff(notice.facts, agency)) {
        return next(target, { state: 'recalled' }, told(doing, 'taken-off', reason));
      }
      const changes = changedFacts(target.facts, notice.facts);
      const before = changes.map((one) => one.before).filter(Boolean);
      const detail = [reason, ...before].filter(Boolean).join(' · ');
      return next(
        target,
        { facts: updatedFacts(target.facts, notice.facts) },
        told(doing, 'updated', detail),
      );
    }
    case '0':
      return target;
    default:
      return assertNever(business.type);
  }
}

const askedWords = { '1': 'recall-asked', '2': 'update-asked', '3': 'replace-asked' } as const;

/** The document once a notice about it is here: it says so, and is as it was. Null when it says so already. */
export function askedOf(
  target: IncomingDocument,
  notice: IncomingDocument,
  doing: Doing,
): IncomingDocument | null {
  const { type, reason } = notice.facts.business;
  const known = target.asked ?? [];
  if (type === '0' || known.some((one) => one.notice === notice.id)) return null;
  const asked = [...known, { notice: notice.id, type }].slice(-500);
  return next(target, { asked }, told(doing, askedWords[type], reason));
}

function says(document: IncomingDocument, what: IncomingWord): boolean {
  return document.history.some((one) => one.what === what);
}

/** Whether the clerk agreed that the document is taken back, before it had come. */
export function agreedBefore(notice: IncomingDocument): boolean {
  const { type } = notice.facts.business;
  return (type === '1' || type === '3') && says(notice, 'recall-agreed');
}

/** A document that has just come, with the notices that were here before it. */
export function withEarlierNotices(
  document: IncomingDocument,
  notices: readonly IncomingDocument[],
  doing: Doing,
): IncomingDocument {
  return notices.reduce((row, notice) => {
    const asked = askedOf(row, notice, doing);
    if (asked === null) return row;
    const agreed = agreedBefore(notice);
    const history = agreed ? [...asked.history, told(doing, 'recalled-before', '')] : asked.history;
    return { ...asked, rev: row.rev, history };
  }, document);
}

/** The notice once the document it is about has come after it. */
export function concerning(notice: IncomingDocument, target: DeskId, doing: Doing): IncomingDocument {
  return next(notice, { concerns: target }, told(doing, 'target-came', ''));
}

/** Ids of the documents a notice is about. */
export function noticeTargets(notice: Pick<IncomingDocument, 'facts'>): readonly string[] {
  return targetsOf(notice.facts.business);
}

const ends = {
  recalled: 'recalled',
  'set-aside': 'recalled',
  replaced: 'replaced',
  'taken-off': 'taken-off',
} as const;

/** How an incoming document left the work: registers and lists say it beside the number it keeps. */
export function incomingEnd(document: IncomingDocument): 'recalled' | 'replaced' | 'taken-off' | null {
  if (document.state !== 'recalled') return null;
  const words = document.history.map((one) => one.what).reverse();
  const last = words.find((what): what is keyof typeof ends => what in ends);
  return last === undefined ? 'recalled' : ends[last];
}
