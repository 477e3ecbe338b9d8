// What may be done with an incoming document and what it becomes: pure, with the law's order in the diagram.
// No step can be taken early; refusing uses up no số đến; whatever came in is never changed, only what the desk says of it.
//
//            register-and-accept(03)      present            assign(04)             finish(06)
//  to-accept ───────────────────────▶ to-present ──▶ to-assign ──▶ in-progress ─┬──────────▶ finished
//      │ │                                                            ▲  progress(05)
//      │ └─ agree-recall(15) / refuse-recall(16), of a notice ──▶ finished
//      ├─── refuse(02) ──▶ refused              any of them, when its recall is agreed ──▶ recalled
//      └─── set-aside, of what came after its recall was agreed to ──▶ recalled
//
//  unreadable, secret: nothing can be done with them but to look and to report.

import type { Code } from '../../preload/contract/codes';
import { assertNever } from '../../preload/contract/failure';
import type { Day, DeskId } from '../../preload/contract/ids';
import type { HistoryEntry, IncomingDocument } from '../../preload/contract/records';
import type { IncomingAct } from '../ledger';
import { type Doing, told } from './doing';
import { isNotice, isRegistered } from './notices';

/** Stable words of history; the window has their sentences. */
export type IncomingWord =
  | 'arrived'
  | 'registered'
  | 'refused'
  | 'presented'
  | 'assigned'
  | 'progress'
  | 'finished'
  | 'recall-agreed'
  | 'recall-refused'
  | 'recalled'
  | 'updated'
  | 'replaced'
  | 'taken-off'
  | 'recall-asked'
  | 'update-asked'
  | 'replace-asked'
  | 'recalled-before'
  | 'target-came'
  | 'set-aside'
  | 'paper-registered'
  | 'receipt-not-told'
  | 'files-missing'
  | 'read-again'
  | 'false-alarm'
  | 'checked'
  | 'sheet-kept'
  | 'hub-refused';

export type IncomingStep =
  | { readonly act: 'register-and-accept'; readonly number: number; readonly date: Day }
  | { readonly act: 'refuse'; readonly reason: string }
  | { readonly act: 'present'; readonly to: string; readonly opinion: string }
  | { readonly act: 'assign'; readonly to: string; readonly opinion: string }
  | { readonly act: 'progress'; readonly note: string }
  | { readonly act: 'finish'; readonly note: string }
  | { readonly act: 'agree-recall' }
  | { readonly act: 'refuse-recall'; readonly reason: string }
  | { readonly act: 'set-aside' };

/** The status code that the sender is told, in the same act. */
export const statusOf = {
  'register-and-accept': '03',
  refuse: '02',
  assign: '04',
  progress: '05',
  finish: '06',
  'agree-recall': '15',
  'refuse-recall': '16',
} as const satisfies Partial<Record<IncomingAct, string>>;

function has(document: IncomingDocument, what: IncomingWord): boolean {
  return document.history.some((entry) => entry.what === what);
}

function noticeAnswered(document: IncomingDocument): boolean {
  return has(document, 'recall-agreed') || has(document, 'recall-refused');
}

/** Null when the act may be done now, else the code of why not. */
export function whyNot(document: IncomingDocument, act: IncomingAct): Code | null {
  const open = (condition: boolean): Code | null => (condition ? null : 'step-not-open');
  switch (act) {
    case 'register-and-accept': {
      if (document.state !== 'to-accept' || !isRegistered(document)) return 'step-not-open';
      if (has(document, 'recalled-before')) return 'step-not-open';
      const broken = document.attachments.some((file) => file.verdict?.verdict === 'invalid');
      return broken ? 'verdict-refuses' : null;
    }
    case 'refuse':
      return open(document.state === 'to-accept' && isRegistered(document));
    case 'present':
      return open(document.state === 'to-present');
    case 'assign':
      return open(document.state === 'to-assign');
    case 'progress':
      return open(document.state === 'in-progress' && !has(document, 'progress'));
    case 'finish':
      return open(document.state === 'in-progress');
    case 'agree-recall':
    case 'refuse-recall':
      return open(isNotice(document) && !noticeAnswered(document) && isNoticeOpen(document));
    case 'set-aside':
      return open(document.state === 'to-accept' && has(document, 'recalled-before'));
    case 'answer':
      // A recall or an update is answered with 15 or 16, not with a letter.
      return open(
        isRegistered(document) &&
          (document.state === 'to-present' ||
            document.state === 'to-assign' ||
            document.state === 'in-progress' ||
            document.state === 'finished'),
      );
    default:
      return assertNever(act);
  }
}

function isNoticeOpen(document: IncomingDocument): boolean {
  return (
    document.state !== 'refused' &&
    document.state !== 'recalled' &&
    document.state !== 'unreadable' &&
    document.state !== 'secret'
  );
}

const acts: readonly IncomingAct[] = [
  'register-and-accept',
  'refuse',
  'present',
  'assign',
  'progress',
  'finish',
  'agree-recall',
  'refuse-recall',
  'set-aside',
  'answer',
];

export function openIncomingActs(document: IncomingDocument): readonly IncomingAct[] {
  return acts.filter((act) => whyNot(document, act) === null);
}

/** True when this very step stands in the history already: repeating it is no error and changes nothing. */
export function alreadyDone(document: IncomingDocument, step: IncomingStep): boolean {
  switch (step.act) {
    case 'register-and-accept':
      return has(document, 'registered');
    case 'refuse':
      return has(document, 'refused');
    case 'present':
      return has(document, 'presented') && document.presentedTo === step.to;
    case 'assign':
      return has(document, 'assigned') && document.assignedTo === step.to;
    case 'progress':
      return has(document, 'progress');
    case 'finish':
      return has(document, 'finished');
    case 'agree-recall':
      return has(document, 'recall-agreed');
    case 'refuse-recall':
      return has(document, 'recall-refused');
    case 'set-aside':
      return has(document, 'set-aside');
    default:
      return assertNever(step);
  }
}

/** What the step itself lacks, before any question of state. */
export function stepFault(step: IncomingStep): Code | null {
  const missing = (text: string) => text.trim() === '';
  switch (step.act) {
    case 'register-and-accept':
      return Number.isSafeInteger(step.number) && step.number > 0 ? null : 'number-invalid';
    case 'refuse':
    case 'refuse-recall':
      return missing(step.reason) ? 'reason-missing' : null;
    case 'present':
      return missing(step.to) ? 'name-missing' : null;
    case 'assign':
      return missing(step.to) ? 'name-missing' : missing(step.opinion) ? 'opinion-missing' : null;
    case 'progress':
    case 'finish':
    case 'agree-recall':
    case 'set-aside':
      return null;
    default:
      return assertNever(step);
  }
}

function next(document: IncomingDocument, change: Partial<IncomingDocument>, entry: HistoryEntry) {
  return { ...document, ...change, rev: document.rev + 1, history: [...document.history, entry] };
}

/** The document after the step. The caller has asked `whyNot` and `stepFault` first. */
export function afterStep(document: IncomingDocument, step: IncomingStep, doing: Doing): IncomingDocument {
  switch (step.act) {
    case 'register-and-accept':
      return next(
        document,
        { state: 'to-present', arrivalNumber: step.number, arrivalDate: step.date },
        told(doing, 'registered', String(step.number)),
      );
    case 'refuse':
      return next(document, { state: 'refused' }, told(doing, 'refused', step.reason.trim()));
    case 'present':
      return next(
        document,
        { state: 'to-assign', presentedTo: step.to.trim(), opinion: step.opinion.trim() },
        told(doing, 'presented', step.to.trim()),
      );
    case 'assign':
      return next(
        document,
        { state: 'in-progress', assignedTo: step.to.trim(), opinion: step.opinion.trim() },
        told(doing, 'assigned', `${step.to.trim()}: ${step.opinion.trim()}`),
      );
    case 'progress':
      return next(document, {}, told(doing, 'progress', step.note.trim()));
    case 'finish':
      return next(document, { state: 'finished' }, told(doing, 'finished', step.note.trim()));
    case 'agree-recall':
    case 'refuse-recall': {
      // What is registered as well goes on as a document of its own.
      const change: Partial<IncomingDocument> = isRegistered(document) ? {} : { state: 'finished' };
      const entry =
        step.act === 'agree-recall'
          ? told(doing, 'recall-agreed', '')
          : told(doing, 'recall-refused', step.reason.trim());
      return next(document, change, entry);
    }
    case 'set-aside':
      return next(document, { state: 'recalled' }, told(doing, 'set-aside', ''));
    default:
      return assertNever(step);
  }
}

/** Marks a row as a double of an earlier one, or as being about one. */
export function linked(
  document: IncomingDocument,
  link: { readonly duplicateOf?: DeskId | null; readonly concerns?: DeskId | null },
): IncomingDocument {
  return {
    ...document,
    duplicateOf: link.duplicateOf ?? document.duplicateOf,
    concerns: link.concerns ?? document.concerns,
  };
}
