// The outbox as a pure machine: (state, event) -> (state, rows to save, effects). It reads no clock, no chance, no database.
// What it returns in `changed` must be on disk before any of the effects is begun.
//
//             wake (first of its lane)        accepted                       every receiver told / list is empty of it
//   ready ──────────────────────────▶ sending ───────────────────▶ accepted ───────────────────────────▶ confirmed
//     ▲  ▲                            │ │ │ └─ refused (not ack) ─▶ needs-attention ─ arrived ─▶ accepted
//     │  └─ again, by a person ───────┼─┼─┼────────────────────────┘  ▲          └─ dropped ─▶ superseded
//     │      not-sent; status, ack    │ │ │ unknown or lost           │ not in the list after the window
//   waiting ◀─ with any outcome ──────┘ │ └─ answer, of an edoc ─▶ unknown ── in the hub's sent list, or told ─▶ accepted
//                                       └─ lease over: as a lost answer; main never began it: back to ready
//
// An edoc is confirmed when every receiver has told a status, an ack when the package is listed no more, a status when the
// hub took it, since nothing more ever comes of it.
// A lane is one document: a row goes only when no earlier row of its lane is open, and a parked lane stops nobody else.
// An edoc whose outcome is unknown is never sent again by the program: the axis does not deduplicate, so a second try could
// be a second document. A status is repeated: it is the same by sender, DocumentId, code and time.
import { assertNever } from '../../preload/contract/failure';
import { asInstant, type HubDocId, type Instant } from '../../preload/contract/ids';
import type { OutboxRow, OutboxState } from '../../preload/contract/records';
import type { EngineEffect, EngineEvent, EngineState, Step } from './engine-events';
import { retrySeconds } from './retry';

/** How many attempts run side by side. */
export const sideBySide = 4;
/** After this an attempt that never answered counts as lost; longer than any attempt of main. */
const leaseSeconds = 15 * 60;
/** How long the hub's sent list is asked about an edoc of unknown outcome before a person must look. */
export const unknownWindowSeconds = 30 * 60;
const firstAskSeconds = 10;
const longestAskSeconds = 5 * 60;

export const emptyEngine: EngineState = { rows: new Map(), underWay: new Set(), hold: null };

export function isOpen(state: OutboxState): boolean {
  switch (state) {
    case 'ready':
    case 'sending':
    case 'waiting':
    case 'unknown':
    case 'needs-attention':
      return true;
    case 'accepted':
    case 'confirmed':
    case 'superseded':
      return false;
    default:
      return assertNever(state);
  }
}

function plus(now: Instant, seconds: number): Instant {
  return asInstant(new Date(Date.parse(now) + Math.round(seconds * 1000)));
}

function moved(row: OutboxRow, change: Partial<OutboxRow>): OutboxRow {
  return { ...row, ...change, rev: row.rev + 1 };
}

/** Collects what one event changes. */
class Draft {
  readonly changed = new Map<string, OutboxRow>();
  readonly effects: EngineEffect[] = [];
  readonly rows: Map<string, OutboxRow>;
  readonly underWay: Set<string>;
  hold: EngineState['hold'];
  constructor(state: EngineState) {
    this.rows = new Map(state.rows);
    this.underWay = new Set(state.underWay);
    this.hold = state.hold;
  }
  put(row: OutboxRow): void {
    this.rows.set(row.id, row);
    this.changed.set(row.id, row);
  }
  done(): Step {
    return {
      state: { rows: this.rows, underWay: this.underWay, hold: this.hold },
      changed: [...this.changed.values()],
      effects: this.effects,
    };
  }
}

export function reduce(state: EngineState, event: EngineEvent): Step {
  const draft = new Draft(state);
  switch (event.kind) {
    case 'wake':
      wake(draft, event.now);
      break;
    case 'took-over':
      draft.underWay.clear();
      for (const row of [...draft.rows.values()]) {
        if (row.state === 'sending') lost(draft, row, event.now, event.jitter);
      }
      break;
    case 'network':
      draft.hold = null;
      for (const row of [...draft.rows.values()]) {
        const waits = row.state === 'waiting' || row.state === 'unknown';
        if (waits && row.notBefore > event.now && !draft.underWay.has(row.id)) {
          draft.put(moved(row, { notBefore: event.now }));
        }
      }
      break;
    case 'answered':
      draft.underWay.delete(event.row);
      answered(draft, event);
      break;
    case 'not-begun':
      draft.underWay.delete(event.row);
      notBegun(draft, event);
      break;
    case 'sent-list':
      draft.underWay.delete(event.row);
      sentList(draft, event);
      break;
    case 'listed':
      listed(draft, event.waiting, event.asOf);
      break;
    case 'told':
      told(draft, event.lane, event.all);
      break;
    case 'decided':
      decided(draft, event);
      break;
    default:
      assertNever(event);
  }
  return draft.done();
}

function wake(draft: Draft, now: Instant): void {
  for (const row of [...draft.rows.values()]) {
    const overdue = row.state === 'sending' && row.leaseUntil !== null && row.leaseUntil <= now;
    if (overdue) {
      draft.underWay.delete(row.id);
      lost(draft, row, now, 1);
    }
  }
  if (draft.hold !== null && draft.hold.until > now) return;
  for (const row of firstOfLanes(draft.rows)) {
    if (row.notBefore > now || draft.underWay.has(row.id)) continue;
    if (draft.underWay.size >= sideBySide) return;
    begin(draft, row, now);
  }
}

/** The first open row of each lane, in order: a parked row keeps its lane and no other. */
function firstOfLanes(rows: ReadonlyMap<string, OutboxRow>): readonly OutboxRow[] {
  const lanes = new Map<string, OutboxRow>();
  for (const row of rows.values()) {
    if (!isOpen(row.state)) continue;
    const first = lanes.get(row.lane);
    if (first === undefined || row.seq < first.seq) lanes.set(row.lane, row);
  }
  return [...lanes.values()].sort((left, right) => left.seq - right.seq);
}

function begin(draft: Draft, row: OutboxRow, now: Instant): void {
  switch (row.state) {
    case 'ready':
    case 'waiting': {
      const sending = moved(row, {
        state: 'sending',
        attempts: row.attempts + 1,
        leaseUntil: plus(now, leaseSeconds),
      });
      draft.put(sending);
      draft.underWay.add(row.id);
      draft.effects.push({ kind: row.kind === 'ack' ? 'acknowledge' : 'send', row: sending });
      return;
    }
    case 'unknown':
      draft.underWay.add(row.id);
      draft.effects.push({ kind: 'ask-sent', row });
      return;
    case 'sending':
    case 'needs-attention':
    case 'accepted':
    case 'confirmed':
    case 'superseded':
      return;
    default:
      assertNever(row.state);
  }
}

/** The attempt may have had its effect or not, and nobody will say. */
function lost(draft: Draft, row: OutboxRow, now: Instant, jitter: number): void {
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
function notBegun(draft: Draft, event: Extract<EngineEvent, { kind: 'not-begun' }>): void {
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

function answered(draft: Draft, event: Extract<EngineEvent, { kind: 'answered' }>): void {
  const row = draft.rows.get(event.row);
  if (row === undefined) return;
  const { answer, now, jitter } = event;
  if (answer.kind !== 'not-sent') draft.hold = null;
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
      const failures = (draft.hold?.failures ?? 0) + 1;
      draft.hold = {
        failures,
        until: plus(now, retrySeconds(failures, jitter, answer.retryAfterSeconds)),
      };
      const notBefore = plus(now, retrySeconds(row.attempts, jitter, answer.retryAfterSeconds));
      draft.put(moved(row, { state: 'waiting', leaseUntil: null, lastCode: answer.code, notBefore }));
      return;
    }
    case 'unknown':
      outcomeUnknown(draft, row, answer.code, now, jitter);
      return;
    default:
      assertNever(answer);
  }
}

function sentList(draft: Draft, event: Extract<EngineEvent, { kind: 'sent-list' }>): void {
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
function listed(draft: Draft, waiting: ReadonlySet<HubDocId>, asOf: Instant): void {
  for (const row of [...draft.rows.values()]) {
    if (row.kind !== 'ack' || row.docId === null || draft.underWay.has(row.id)) continue;
    const there = waiting.has(row.docId);
    if (!there && (row.state === 'accepted' || (row.state === 'waiting' && row.attempts > 0))) {
      draft.put(moved(row, { state: 'confirmed', lastCode: '' }));
    } else if (there && (row.state === 'accepted' || row.state === 'confirmed')) {
      const notBefore = plus(asOf, retrySeconds(row.attempts, 1, null));
      draft.put(moved(row, { state: 'waiting', lastCode: 'listed-again', notBefore }));
    }
  }
}

function told(draft: Draft, lane: string, all: boolean): void {
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

function decided(draft: Draft, event: Extract<EngineEvent, { kind: 'decided' }>): void {
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

/** The earliest time at which a wake may begin something, or null. */
export function nextDue(state: EngineState): Instant | null {
  let due: Instant | null = null;
  for (const row of firstOfLanes(state.rows)) {
    if (row.state !== 'ready' && row.state !== 'waiting' && row.state !== 'unknown') continue;
    if (state.underWay.has(row.id)) continue;
    if (due === null || row.notBefore < due) due = row.notBefore;
  }
  if (due === null) return null;
  return state.hold !== null && state.hold.until > due ? state.hold.until : due;
}
