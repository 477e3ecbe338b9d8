// What may be done with an outgoing document and what it becomes: pure, in the order of NĐ 30 Art. 14.
// No step can be taken early: no number before the leader's signature, no seal before the number, nothing sent unsealed.
//
//        submit       sign-leader, mark-signed-elsewhere   give-number        seal         queue        hub took it
//  draft ─────▶ to-sign ───────────────────────▶ to-number ───────▶ to-seal ──▶ to-send ──▶ queued ───────▶ sent
//    │  └───────────────── mark-signed-elsewhere ──▲                        │  ▲ withdrawn    │              │ │
//    └─ discard ─▶ recalled (never left, no number)              dropped ──┤  └──────────────┘   a 02 came   │ │ recall
//                                                     recalled ◀───────────┴────────────────────────────────┘ │
//                          returned ─ take-up-again ─▶ sent (and a new draft)       returned ◀────────────────┘
//                             └─ update-sent that takes off, or gives it anew to, who sent it back ─▶ sent
import { sameAgency } from '../../preload/contract/agency-code';
import type { Code } from '../../preload/contract/codes';
import { assertNever } from '../../preload/contract/failure';
import type { Day, HubDocId, Instant, Sha256 } from '../../preload/contract/ids';
import type {
  Attachment,
  DocumentFacts,
  DoneSignature,
  HistoryEntry,
  Organ,
  OutgoingDocument,
} from '../../preload/contract/records';
import type { FileVerdict } from '../../preload/contract/verdict';
import type { DraftFacts, OutgoingAct, TakenBack } from '../ledger';
import { type Doing, told } from './doing';
import { documentIdOf, writtenNumber } from './facts';
import { withOrigin } from './made-from';
import { deliveriesAfter, deliveriesRecalled, sendsBack, type UpdatePlan } from './sent-changes';

/** Stable words of history; the window has their sentences. `status-NN` is a status that came back. */
export type OutgoingWord =
  | 'created'
  | 'edited'
  | 'file'
  | 'discarded'
  | 'submitted'
  | 'leader-signed'
  | 'numbered'
  | 'sealed'
  | 'raised'
  | 'queued'
  | 'sent'
  | 'withdrawn'
  | 'dropped'
  | 'recall-requested'
  | 'recall-sent'
  | 'update-requested'
  | 'update-sent'
  | 'replacement-begun'
  | 'replaced-by'
  | 'replacement-withdrawn'
  | 'other-replacement-withdrawn'
  | 'outcome-unknown'
  | 'hub-refused'
  | 'taken-up-again';

/** Whether the hub may have the package: then only a recall package takes it back. */
export function mayHaveLeft(document: OutgoingDocument): boolean {
  return document.sentAt !== null || document.history.some((entry) => entry.what === 'outcome-unknown');
}

export function takenBackBy(document: OutgoingDocument): TakenBack {
  if (mayHaveLeft(document)) return 'requested';
  return document.state === 'to-send' ? 'dropped' : 'withdrawn';
}

export type OutgoingStep =
  | { readonly act: 'update-draft'; readonly facts: DraftFacts }
  | { readonly act: 'attach-file'; readonly main?: Attachment; readonly annexes?: readonly Attachment[] }
  | { readonly act: 'discard' }
  | { readonly act: 'submit' }
  | { readonly act: 'mark-signed-elsewhere'; readonly file: Attachment; readonly signature: DoneSignature }
  | { readonly act: 'sign-leader'; readonly file: Attachment; readonly signature: DoneSignature }
  | {
      readonly act: 'give-number';
      readonly number: number;
      readonly date: Day;
      readonly at: Instant;
      /** The PDF with number and date on its page; null where the page has no blank for them. */
      readonly file: Attachment | null;
    }
  | {
      readonly act: 'seal';
      readonly file: Attachment;
      readonly annexes: readonly Attachment[];
      readonly signature: DoneSignature;
    }
  | { readonly act: 'queue'; readonly facts: DocumentFacts; readonly packageSha: Sha256 }
  | { readonly act: 'recall'; readonly reason: string; readonly how: TakenBack; readonly decidedBy?: string }
  | {
      readonly act: 'update-sent';
      readonly reason: string;
      readonly decidedBy: string;
      readonly plan: UpdatePlan;
    }
  | { readonly act: 'replace-sent'; readonly reason: string; readonly decidedBy: string }
  | { readonly act: 'take-up-again' };

function open(condition: boolean): Code | null {
  return condition ? null : 'step-not-open';
}

/** Null when the act may be done now, else the code of why not. */
export function whyNot(document: OutgoingDocument, act: OutgoingAct): Code | null {
  const { state } = document;
  switch (act) {
    case 'update-draft':
      return open(state === 'draft' || state === 'to-sign' || state === 'to-number');
    case 'attach-file':
      return open(state === 'draft' || (state === 'to-sign' && document.leaderSignature === null));
    case 'discard':
      return open(
        (state === 'draft' ||
          state === 'to-sign' ||
          (state === 'to-number' && document.copy !== undefined)) &&
          document.numberGiven === null,
      );
    case 'submit':
      return state !== 'draft' ? 'step-not-open' : whatLacks(document);
    case 'mark-signed-elsewhere':
      return state !== 'draft' && state !== 'to-sign' ? 'step-not-open' : whatLacks(document);
    case 'sign-leader':
      return state !== 'to-sign' ? 'step-not-open' : whatLacks(document);
    case 'give-number':
      return open(
        state === 'to-number' && (document.leaderSignature !== null || document.copy !== undefined),
      );
    case 'seal':
      return open(state === 'to-seal' && document.numberGiven !== null && document.main !== null);
    case 'queue':
      return open(state === 'to-send' && document.seal !== null && document.main !== null);
    case 'recall':
      return open(state === 'to-send' || state === 'queued' || state === 'sent' || state === 'returned');
    case 'update-sent':
    case 'replace-sent':
      // A copy is made anew from its original; what was never sent is edited or withdrawn.
      return open((state === 'sent' || state === 'returned') && document.copy === undefined);
    case 'take-up-again':
      return open(state === 'returned' && document.copy === undefined);
    default:
      return assertNever(act);
  }
}

function whatLacks(document: OutgoingDocument): Code | null {
  if (document.main === null) return 'file-missing';
  return document.facts.subject.trim() === '' ? 'subject-missing' : null;
}

const acts: readonly OutgoingAct[] = [
  'update-draft',
  'attach-file',
  'discard',
  'submit',
  'mark-signed-elsewhere',
  'sign-leader',
  'give-number',
  'seal',
  'queue',
  'recall',
  'update-sent',
  'replace-sent',
  'take-up-again',
];

export function openOutgoingActs(document: OutgoingDocument): readonly OutgoingAct[] {
  return acts.filter((act) => whyNot(document, act) === null);
}

function next(
  document: OutgoingDocument,
  change: Partial<OutgoingDocument>,
  entry: HistoryEntry,
): OutgoingDocument {
  return { ...document, ...change, rev: document.rev + 1, history: [...document.history, entry] };
}

/** The document after the step. The caller has asked `whyNot` first. */
export function afterStep(document: OutgoingDocument, step: OutgoingStep, doing: Doing): OutgoingDocument {
  switch (step.act) {
    case 'update-draft':
      return next(document, { facts: editedFacts(document, step.facts) }, told(doing, 'edited', ''));
    case 'attach-file':
      return next(
        document,
        { main: step.main ?? document.main, annexes: [...(step.annexes ?? document.annexes)] },
        told(doing, 'file', step.main?.name ?? ''),
      );
    case 'discard':
      return next(document, { state: 'recalled' }, told(doing, 'discarded', ''));
    case 'submit':
      return next(document, { state: 'to-sign' }, told(doing, 'submitted', ''));
    case 'mark-signed-elsewhere':
    case 'sign-leader':
      return next(
        document,
        { state: 'to-number', main: withOrigin(document.main, step.file), leaderSignature: step.signature },
        told(doing, 'leader-signed', step.signature.signer),
      );
    case 'give-number':
      return numbered(document, step, doing);
    case 'seal':
      return next(
        document,
        {
          state: 'to-send',
          main: withOrigin(document.main, step.file),
          annexes: step.annexes.map((annex, index) => withOrigin(document.annexes[index], annex)),
          seal: step.signature,
        },
        told(doing, 'sealed', step.signature.signer),
      );
    case 'queue':
      return next(
        document,
        {
          state: 'queued',
          facts: step.facts,
          packageSha: step.packageSha,
          deliveries: step.facts.receivers.map((organ) => waitingFor(organ)),
        },
        told(doing, 'queued', String(step.facts.receivers.length)),
      );
    case 'recall':
      return takenBack(document, step, doing);
    case 'update-sent': {
      const deliveries = deliveriesAfter(document, step.plan);
      // Who sent it back is no receiver any more, or is given it anew.
      const state = document.state === 'returned' && !sendsBack(deliveries) ? 'sent' : document.state;
      return next(
        document,
        { state, facts: step.plan.facts, deliveries },
        told(doing, 'update-requested', decided(step)),
      );
    }
    case 'replace-sent':
      return next(document, {}, told(doing, 'replacement-begun', decided(step)));
    case 'take-up-again':
      return next(document, { state: 'sent' }, told(doing, 'taken-up-again', ''));
    default:
      return assertNever(step);
  }
}

/** The reason, and who decided it: history keeps both together (NĐ 30 PL VI). */
function decided(step: { readonly reason: string; readonly decidedBy?: string }): string {
  return [step.reason.trim(), (step.decidedBy ?? '').trim()].filter(Boolean).join(' · ');
}

/** Out of the outbox it is as before it was queued: number, signatures and bytes stay, receivers may be corrected. */
function takenBack(
  document: OutgoingDocument,
  step: Extract<OutgoingStep, { act: 'recall' }>,
  doing: Doing,
): OutgoingDocument {
  const reason = decided(step);
  switch (step.how) {
    case 'withdrawn':
      return next(
        document,
        { state: 'to-send', packageSha: null, deliveries: [] },
        told(doing, 'withdrawn', reason),
      );
    case 'dropped':
      return next(document, { state: 'recalled' }, told(doing, 'dropped', reason));
    case 'requested':
      return next(
        document,
        { state: 'recalled', deliveries: deliveriesRecalled(document) },
        told(doing, 'recall-requested', reason),
      );
    default:
      return assertNever(step.how);
  }
}

function waitingFor(organ: Organ): OutgoingDocument['deliveries'][number] {
  return { organ, state: 'waiting', detail: '', at: null };
}

/** After the leader signed, only what the signed page does not say may still be edited: receivers, terms, urgency. */
function editedFacts(document: OutgoingDocument, facts: DraftFacts): DocumentFacts {
  if (document.state !== 'to-number') return { ...document.facts, ...facts, sender: document.facts.sender };
  const { receivers, toPlaces, urgency, dueOn, paper, copies, notation, typeName } = {
    ...document.facts,
    ...facts,
  };
  return { ...document.facts, receivers, toPlaces, urgency, dueOn, paper, copies, notation, typeName };
}

function numbered(
  document: OutgoingDocument,
  step: Extract<OutgoingStep, { act: 'give-number' }>,
  doing: Doing,
): OutgoingDocument {
  const number = writtenNumber(step.number);
  const { sender, notation } = document.facts;
  const facts: DocumentFacts = {
    ...document.facts,
    number,
    issuedOn: step.date,
    documentId: documentIdOf(sender.code, step.date, number, notation),
  };
  return next(
    document,
    {
      state: 'to-seal',
      facts,
      numberGiven: { number: step.number, date: step.date, at: step.at },
      ...(step.file === null ? {} : { main: withOrigin(document.main, step.file) }),
    },
    told(doing, 'numbered', notation === '' ? number : `${number}/${notation}`),
  );
}

/** The hub took the package: every receiver that still waited is `sent`. */
export function afterSent(
  document: OutgoingDocument,
  docId: HubDocId | null,
  doing: Doing,
): OutgoingDocument {
  if (document.sentAt !== null) return document;
  return next(
    document,
    {
      state: document.state === 'queued' ? 'sent' : document.state,
      sentAt: doing.at,
      hubDocId: docId,
      deliveries: document.deliveries.map((delivery) =>
        delivery.state === 'waiting' ? { ...delivery, state: 'sent', at: doing.at } : delivery,
      ),
    },
    told(doing, 'sent', docId ?? ''),
  );
}

/** The hub took a package of an update: a new receiver has the document, the others have heard. */
export function afterUpdateSent(
  document: OutgoingDocument,
  row: { readonly receivers: readonly string[]; readonly docId: HubDocId | null },
  doing: Doing,
): OutgoingDocument {
  const reached = (organ: Organ): boolean => row.receivers.some((code) => sameAgency(code, organ.code));
  return next(
    document,
    {
      deliveries: document.deliveries.map((delivery) =>
        delivery.state === 'waiting' && reached(delivery.organ)
          ? { ...delivery, state: 'sent', at: doing.at }
          : delivery,
      ),
    },
    told(doing, 'update-sent', String(row.receivers.length)),
  );
}

/** Who signed, when main's verdict lets the file pass as signed by the leader; null when it does not. */
export function leaderOf(
  verdict: FileVerdict,
): { readonly signer: string; readonly at: string | null } | null {
  if (verdict.verdict !== 'valid' && verdict.verdict !== 'indeterminate') return null;
  const signature = verdict.signatures.find(
    (one) =>
      one.kind === 'signature' &&
      one.integrity === 'intact' &&
      one.permitted &&
      one.chain !== 'untrusted' &&
      one.revocation !== 'revoked',
  );
  return signature === undefined ? null : { signer: signature.signer, at: signature.time.value };
}
