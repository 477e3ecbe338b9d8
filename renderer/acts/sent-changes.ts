// What becomes of a document that was sent when it is recalled, updated or replaced, and who is told what. Pure: the screen
// shows the same plan that the act carries out.
//
//            ┌─ update: facts, receivers ─┐  (told: who has it · given: who is new)
//   sent ────┤                            └──▶ sent
//            ├─ recall ───────────────────────▶ recalled   frozen; number, history and deliveries stay
//            └─ its replacement is queued ────▶ recalled ── the replacement is withdrawn ──▶ sent

import { sameAgency } from '../../preload/contract/agency-code';
import type { Business, ReceiverChange, UpdateInfo } from '../../preload/contract/business';
import type { Delivery, DocumentFacts, Organ, OutgoingDocument } from '../../preload/contract/records';
import { titleOf } from '../db/identity';
import type { SentChange } from '../ledger';
import { type Doing, told } from './doing';

/** What an update may say anew: never what stands on the signed page, nor what the document is known by. */
const updatable = ['subject', 'urgency', 'dueOn', 'toPlaces'] as const;

export interface UpdatePlan {
  /** The facts afterwards. */
  readonly facts: DocumentFacts;
  readonly update: UpdateInfo;
  /** They have the document and hear of the update, the removed ones too. */
  readonly told: readonly Organ[];
  /** They are new and get the document itself. */
  readonly given: readonly Organ[];
  readonly removed: readonly Organ[];
}

const has = (organs: readonly Organ[], one: Organ): boolean =>
  organs.some((other) => sameAgency(other.code, one.code));

function change(kind: ReceiverChange['change']): (organ: Organ) => ReceiverChange {
  return (organ) => ({ code: organ.code, change: kind });
}

/** Null when nothing would change. */
export function planUpdate(document: OutgoingDocument, wish: SentChange): UpdatePlan | null {
  const { facts } = document;
  const current = facts.receivers;
  const receivers = wish.receivers.filter(
    (organ, index) => wish.receivers.findIndex((other) => sameAgency(other.code, organ.code)) === index,
  );
  const given = receivers.filter((organ) => !has(current, organ));
  const removed = current.filter((organ) => !has(receivers, organ));
  const changed = updatable.some(
    (name) =>
      wish.facts[name] !== undefined && JSON.stringify(wish.facts[name]) !== JSON.stringify(facts[name]),
  );
  if (!changed && given.length === 0 && removed.length === 0) return null;
  const fresh = Object.fromEntries(
    updatable.flatMap((name) => (wish.facts[name] === undefined ? [] : [[name, wish.facts[name]]])),
  ) as Partial<DocumentFacts>;
  return {
    facts: { ...facts, ...fresh, receivers: [...receivers] },
    update: {
      facts: changed,
      receivers: [...given.map(change('added')), ...removed.map(change('removed'))],
    },
    told: current,
    given,
    removed,
  };
}

/** Whether an entry of history is an answer of this receiver; older ones know it by its name alone. */
function isOf({ who, agency }: OutgoingDocument['history'][number], { code, name }: Organ): boolean {
  if (agency !== undefined) return sameAgency(agency, code);
  return sameAgency(who, code) || (name !== '' && who === name);
}

/** What a receiver said to an earlier change is no answer to the one that is asked now: how far it had come is shown again. */
function askedAnew(document: OutgoingDocument, one: Delivery): Delivery {
  if (one.state !== '15' && one.state !== '16') return one;
  const steps = document.history.filter(
    (entry) => /^status-0[13456]$/.test(entry.what) && isOf(entry, one.organ),
  );
  const furthest = steps.sort((left, right) => left.what.localeCompare(right.what)).at(-1);
  return furthest === undefined
    ? { ...one, state: 'sent', detail: '', at: document.sentAt }
    : { ...one, state: furthest.what.slice('status-'.length), detail: furthest.detail, at: furthest.at };
}

/** The deliveries once a recall is asked; who agreed to being removed is not asked. */
export function deliveriesRecalled(document: OutgoingDocument): Delivery[] {
  return document.deliveries.map((one) =>
    one.removed === true && one.state === '15' ? one : askedAnew(document, one),
  );
}

/** The deliveries after an update: new receivers wait, removed ones stay with what they were sent. */
export function deliveriesAfter(document: OutgoingDocument, plan: UpdatePlan): Delivery[] {
  const kept = document.deliveries.map((one): Delivery => {
    if (has(plan.given, one.organ)) return { organ: one.organ, state: 'waiting', detail: '', at: null };
    if (has(plan.removed, one.organ)) return { ...askedAnew(document, one), removed: true };
    return has(plan.told, one.organ) ? askedAnew(document, one) : one;
  });
  const fresh = plan.given.filter((organ) => !kept.some((one) => sameAgency(one.organ.code, organ.code)));
  return [...kept, ...fresh.map((organ): Delivery => ({ organ, state: 'waiting', detail: '', at: null }))];
}

/** Whether a receiver that still is one sends it back. */
export function sendsBack(deliveries: readonly Delivery[]): boolean {
  return deliveries.some((one) => one.state === '02' && one.removed !== true);
}

/**
 * Who may have the document and must hear that it is recalled; removed ones that agreed have given it up already, and an answer
 * that named nobody names nobody to be told.
 */
export function recallReceivers(
  document: OutgoingDocument,
  alsoPerhaps: readonly string[],
): readonly Organ[] {
  const { deliveries, facts, sentAt } = document;
  if (sentAt === null || deliveries.length === 0) return facts.receivers;
  const gone = deliveries.filter(
    ({ organ, state, removed }) =>
      organ.code.trim() !== '' &&
      !(removed === true && state === '15') &&
      (state !== 'waiting' || alsoPerhaps.some((code) => sameAgency(code, organ.code))),
  );
  const organs = gone.map((one) => one.organ);
  // One that answered under its other code before both were known as one stands twice in the row, and is told once.
  return organs.filter((one, index) => !has(organs.slice(0, index), one));
}

/** What a replacement says when its package is frozen: which document, and who of its receivers had that one. */
export function replacementBusiness(
  replacing: Business,
  old: OutgoingDocument,
  receivers: readonly Organ[],
): Business {
  const had = old.deliveries.map((one) => one.organ);
  const concerned = receivers.filter((organ) => has(had, organ));
  const { documentId } = old.facts;
  return {
    ...replacing,
    type: '3',
    targetDocumentId: documentId,
    replaces: [{ documentId, receivers: concerned.map((organ) => organ.code) }],
  };
}

/** Receivers of the old document that the new one would not reach: they would keep the old one unknowing. */
export function leftBehind(old: OutgoingDocument, receivers: readonly Organ[]): readonly Organ[] {
  return old.deliveries
    .filter((one) => one.removed !== true && one.state !== '02' && !has(receivers, one.organ))
    .map((one) => one.organ);
}

/** The old document once its replacement waits to be sent: out of force, frozen, its number kept. */
export function afterReplaced(old: OutgoingDocument, by: DocumentFacts, doing: Doing): OutgoingDocument {
  return {
    ...old,
    rev: old.rev + 1,
    state: 'recalled',
    history: [...old.history, told(doing, 'replaced-by', titleOf(by))],
  };
}

/** Replacements that put it out of force and were not withdrawn since, by number and symbol. */
function replacements(old: OutgoingDocument): readonly string[] {
  const standing = new Set<string>();
  for (const { what, detail } of old.history) {
    if (what === 'replaced-by') standing.add(detail);
    if (what === 'other-replacement-withdrawn') standing.delete(detail);
    if (what === 'replacement-withdrawn') standing.clear();
  }
  return [...standing];
}

/** Sent back, and not taken up again since. */
function isReturned({ deliveries, history }: OutgoingDocument): boolean {
  const words = history.map((one) => one.what);
  return sendsBack(deliveries) && words.lastIndexOf('status-02') > words.lastIndexOf('taken-up-again');
}

/**
 * The old document when a replacement was taken out of the outbox before it went: as before, unless another one replaces it.
 * Null where that one did not put it out of force.
 */
export function afterUnreplaced(
  old: OutgoingDocument,
  by: DocumentFacts,
  doing: Doing,
): OutgoingDocument | null {
  const title = titleOf(by);
  const standing = replacements(old);
  if (old.state !== 'recalled' || !standing.includes(title)) return null;
  const isOver = standing.some((other) => other !== title);
  return {
    ...old,
    rev: old.rev + 1,
    state: isOver ? 'recalled' : isReturned(old) ? 'returned' : 'sent',
    history: [
      ...old.history,
      isOver ? told(doing, 'other-replacement-withdrawn', title) : told(doing, 'replacement-withdrawn', ''),
    ],
  };
}

const endings: ReadonlySet<string> = new Set(['recall-requested', 'dropped', 'replaced-by']);

/** How the document went out of force; null while it is in force. Registers and lists say it beside the number. */
export function endOf(document: OutgoingDocument): 'recalled' | 'replaced' | 'not-sent' | null {
  if (document.state !== 'recalled' || document.numberGiven === null) return null;
  const last = document.history.filter(({ what }) => endings.has(what)).at(-1)?.what;
  if (last === 'replaced-by') return 'replaced';
  return last === 'dropped' ? 'not-sent' : 'recalled';
}
