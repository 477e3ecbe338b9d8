// The rules of the outbox for what came of an attempt: answers, lost answers, lists, statuses of receivers, a person's word.
// The states and their diagram are in engine.ts.
import { assertNever } from '../../preload/contract/failure';
import type { HubDocId, Instant } from '../../preload/contract/ids';
import type { OutboxRow, OutboxState } from '../../preload/contract/records';
import { type Draft, isOpen, moved, plus } from './engine-draft';
import type { EngineEvent } from './engine-events';
import { retrySeconds } from './retry';

/** How long the hub's sent list is asked about an edoc of unknown outcome before a person must look. */
export const unknownWindowSeconds = 30 * 60;
const firstAskSeconds = 10;
const longestAskSeconds = 5 * 60;

/** The attempt may have had its effect or not, and nobody will say. */
export function lost(draft: Draft, row: OutboxRow, now: Instant, jitter: number): void {
  outcomeUnknown(draft, row, 'answer-lost', now, jitter);
}

function outcomeUnknown(draft: Draft, row: OutboxRow, code: string, now: Instant, jitter: number): void {
  if (row.kind !== 'edoc') {
    const notBefore = plus(now, retrySeconds(row.attempts, jitter, null));
    draft.put(moved(row, { state: 'waiting', leaseUntil: null, lastCode: code, notBefore }));
    return;
  }
  // While unknown, the lease is the end of the time in which the sent list is asked.
  const unknown = moved(row, {
    state: 'unknown',
    lastCode: code,
    notBefore: plus(now, firstAskSeconds),
    leaseUntil: plus(now, unknownWindowSeconds),
  });
  draft.put(unknown);
  draft.effects.push({ kind: 'tell-document', row: unknown, what: 'outcome-unknown', detail: code });
}

/** Nothing left this machine: at once again after a death, after a while where main itself could not begin. */
export function notBegun(draft: Draft, event: Extract<EngineEvent, { kind: 'not-begun' }>): void {
  const row = draft.rows.get(event.row);
  if (row === undefined || row.attempts !== event.attempt) return;
  if (row.state === 'sending') {
    draft.put(moved(row, { state: 'ready', leaseUntil: null, notBefore: event.now }));
  } else if (row.state === 'unknown') {
    const notBefore = plus(event.now, retrySeconds(row.attempts, event.jitter, null));
    draft.put(moved(row, { state: 'waiting', leaseUntil: null, notBefore }));
  }
}

function accept(draft: Draft, row: OutboxRow, docId: HubDocId | null, state: OutboxState): void {
  const accepted = moved(row, {
    state,
    leaseUntil: null,
    lastCode: '',
    docId: row.kind === 'ack' ? row.docId : (docId ?? row.docId),
  });
  draft.put(accepted);
  if (row.kind === 'edoc') {
    draft.effects.push({ kind: 'tell-document', row: accepted, what: 'sent', detail: accepted.docId ?? '' });
  }
}

function holdBack(draft: Draft, now: Instant, jitter: number, retryAfterSeconds: number | null): void {
  const failures = (draft.hold?.failures ?? 0) + 1;
  draft.hold = { failures, until: plus(now, retrySeconds(failures, jitter, retryAfterSeconds)) };
}

export function answered(draft: Draft, event: Extract<EngineEvent, { kind: 'answered' }>): void {
  const row = draft.rows.get(event.row);
  if (row === undefined) return;
  const { answer, now, jitter } = event;
  if (answer.kind === 'accepted' || answer.kind === 'refused') draft.hold = null;
  if (answer.kind === 'accepted') {
    // Proof, however late and of whichever attempt. Nothing more ever comes of a status, so it is confirmed at once.
    if (isOpen(row.state)) accept(draft, row, answer.docId, row.kind === 'status' ? 'confirmed' : 'accepted');
    return;
  }
  // A late answer to the attempt whose outcome is unknown still settles it; one more "unknown" says nothing new.
  const awaited = row.state === 'sending' || (row.state === 'unknown' && answer.kind !== 'unknown');
  if (!awaited || row.attempts !== event.attempt) return;
  switch (answer.kind) {
    case 'refused': {
      if (row.kind === 'ack') {
        const notBefore = plus(now, retrySeconds(row.attempts, jitter, null));
        draft.put(moved(row, { state: 'waiting', leaseUntil: null, lastCode: answer.code, notBefore }));
        return;
      }
      const parked = moved(row, { state: 'needs-attention', leaseUntil: null, lastCode: answer.code });
      draft.put(parked);
      const detail = `${answer.code} ${answer.words}`.trim();
      draft.effects.push({ kind: 'tell-document', row: parked, what: 'hub-refused', detail });
      return;
    }
    case 'not-sent': {
      holdBack(draft, now, jitter, answer.retryAfterSeconds);
      const notBefore = plus(now, retrySeconds(row.attempts, jitter, answer.retryAfterSeconds));
      draft.put(moved(row, { state: 'waiting', leaseUntil: null, lastCode: answer.code, notBefore }));
      return;
    }
    case 'unknown':
      // A hub that takes packages and stays mute would turn a whole queue into cases for a person.
      holdBack(draft, now, jitter, null);
      outcomeUnknown(draft, row, answer.code, now, jitter);
      return;
    default:
      assertNever(answer);
  }
}

export function sentList(draft: Draft, event: Extract<EngineEvent, { kind: 'sent-list' }>): void {
  const row = draft.rows.get(event.row);
  if (row === undefined || row.state !== 'unknown') return;
  if (event.said === 'there') {
    accept(draft, row, event.docId, 'accepted');
    return;
  }
  const end = row.leaseUntil ?? event.now;
  // Absence proves nothing before the window is over, since the list lags; an unread list never proves anything.
  if (event.said === 'not-there' && event.now >= end) {
    draft.put(moved(row, { state: 'needs-attention', leaseUntil: null, lastCode: 'outcome-unknown' }));
    return;
  }
  const since = (Date.parse(event.now) - Date.parse(end)) / 1000 + unknownWindowSeconds;
  const wait = Math.min(longestAskSeconds, Math.max(firstAskSeconds, since));
  draft.put(moved(row, { notBefore: plus(event.now, wait) }));
}

/** An acknowledged package that is listed again is acknowledged again; one that is listed no more is confirmed. */
export function listed(draft: Draft, waiting: ReadonlySet<HubDocId>, asOf: Instant): void {
  for (const row of [...draft.rows.values()]) {
    if (row.kind !== 'ack' || row.docId === null || draft.underWay.has(row.id)) continue;
    // A list that was read before there was anything to acknowledge says nothing of it.
    if (row.createdAt > asOf) continue;
    const there = waiting.has(row.docId);
    if (!there && (row.state === 'accepted' || (row.state === 'waiting' && row.attempts > 0))) {
      draft.put(moved(row, { state: 'confirmed', lastCode: '' }));
    } else if (there && (row.state === 'accepted' || row.state === 'confirmed')) {
      const notBefore = plus(asOf, retrySeconds(row.attempts, 1, null));
      draft.put(moved(row, { state: 'waiting', lastCode: 'listed-again', notBefore }));
    }
  }
}

export function told(draft: Draft, lane: string, all: boolean): void {
  for (const row of [...draft.rows.values()]) {
    if (row.lane !== lane || row.kind !== 'edoc') continue;
    switch (row.state) {
      case 'unknown':
      case 'needs-attention':
        accept(draft, row, null, all ? 'confirmed' : 'accepted');
        break;
      case 'accepted':
        if (all) draft.put(moved(row, { state: 'confirmed' }));
        break;
      case 'ready':
      case 'waiting':
      case 'sending':
      case 'confirmed':
      case 'superseded':
        break;
      default:
        assertNever(row.state);
    }
  }
}

export function decided(draft: Draft, event: Extract<EngineEvent, { kind: 'decided' }>): void {
  const row = draft.rows.get(event.row);
  if (row === undefined) return;
  if (row.state !== 'needs-attention' && row.state !== 'unknown') return;
  switch (event.as) {
    case 'again':
      if (row.state !== 'needs-attention') return;
      draft.put(moved(row, { state: 'ready', notBefore: event.now, leaseUntil: null }));
      return;
    case 'arrived':
      accept(draft, row, null, 'accepted');
      return;
    case 'dropped':
      draft.put(moved(row, { state: 'superseded', leaseUntil: null }));
      return;
    default:
      assertNever(event.as);
  }
}
