// The outbox as a pure machine: (state, event) -> (state, rows to save, effects). It reads no clock, no chance, no database.
// What it returns in `changed` must be on disk before any of the effects is begun.
//
//             wake (first of its lane)        accepted                       every receiver told / list is empty of it
//   ready ──────────────────────────▶ sending ───────────────────▶ accepted ───────────────────────────▶ confirmed
//     ▲  ▲                            │ │ │ └─ refused (not ack) ─▶ needs-attention ─ arrived ─▶ accepted
//     │  └─ again, by a person ───────┼─┼─┼────────────────────────┘  ▲          └─ dropped ─▶ superseded
//     │      not-sent; status, ack    │ │ │ unknown or lost           │ not in the list after the window, or there is no list
//   waiting ◀─ with any outcome ──────┘ │ └─ answer, of an edoc ─▶ unknown ── in the hub's sent list, or told ─▶ accepted
//                                       └─ lease over: as a lost answer; main never began it: back to ready
//
// An edoc is confirmed when every receiver has told a status, an ack when the package is listed no more, a status when the
// hub took it, since nothing more ever comes of it.
// After an answer that shows the hub away or mute, nothing is tried for a while, then one attempt at a time until one is answered.
// A lane is one document: a row goes only when no earlier row of its lane is open, and a parked lane stops nobody else.
// An edoc whose outcome is unknown is never sent again by the program: the axis does not deduplicate, so a second try could
// be a second document. A status is repeated: it is the same by sender, DocumentId, code and time.
import { assertNever } from '../../preload/contract/failure';
import type { Instant } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import { Draft, firstOfLanes, moved, plus } from './engine-draft';
import type { EngineEvent, EngineState, Step } from './engine-events';
import {
  answered,
  decided,
  listed,
  lost,
  notBegun,
  sentList,
  told,
  unknownWindowSeconds,
} from './engine-outcomes';
import { longestSeconds } from './retry';

export { isOpen } from './engine-draft';
export { unknownWindowSeconds } from './engine-outcomes';

/** How many attempts run side by side. */
export const sideBySide = 8;
/** Of documents fewer: each one that a mute hub took becomes a question to a person. */
export const documentsSideBySide = 4;
/** After this an attempt whose window is gone counts as lost; longer than any attempt of main. */
const leaseSeconds = 60 * 60;
/** A clock that goes back less than this is being corrected, not set. */
const setBackSeconds = 60;

export const emptyEngine: EngineState = {
  rows: new Map(),
  underWay: new Set(),
  hold: null,
  latest: null,
};

export function reduce(state: EngineState, event: EngineEvent): Step {
  const draft = new Draft(state);
  if ('now' in event) minding(draft, event.now);
  switch (event.kind) {
    case 'wake':
      wake(draft, event.now);
      break;
    case 'took-over':
      draft.underWay.clear();
      // How long the program was closed, and by which clock, nobody knows.
      shortenWaits(draft, event.now);
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

function earlier(one: Instant, other: Instant): Instant {
  return other < one ? other : one;
}

/** What lies further ahead than any wait can be was set by a clock that has been put back since. */
function shortenWaits(draft: Draft, now: Instant): void {
  const [furthest, window] = [plus(now, longestSeconds), plus(now, unknownWindowSeconds)];
  for (const row of [...draft.rows.values()]) {
    const asks = row.state === 'unknown';
    if (row.state !== 'ready' && row.state !== 'waiting' && !asks) continue;
    const notBefore = earlier(row.notBefore, furthest);
    const leaseUntil = asks && row.leaseUntil !== null ? earlier(row.leaseUntil, window) : row.leaseUntil;
    if (notBefore !== row.notBefore || leaseUntil !== row.leaseUntil) {
      draft.put(moved(row, { notBefore, leaseUntil }));
    }
  }
}

function minding(draft: Draft, now: Instant): void {
  const setBack = draft.latest !== null && plus(now, setBackSeconds) < draft.latest;
  draft.latest = setBack || draft.latest === null || now > draft.latest ? now : draft.latest;
  if (!setBack) return;
  if (draft.hold !== null) draft.hold = { ...draft.hold, until: now };
  shortenWaits(draft, now);
}

function wake(draft: Draft, now: Instant): void {
  for (const row of [...draft.rows.values()]) {
    // A call of this window always ends, since main ends it; its row is not lost while it runs, however long.
    if (row.state !== 'sending' || draft.underWay.has(row.id)) continue;
    if (row.leaseUntil !== null && row.leaseUntil <= now) lost(draft, row, now, 1);
  }
  if (draft.hold !== null && draft.hold.until > now) return;
  const most = draft.hold === null ? sideBySide : 1;
  let documents = [...draft.underWay].filter((id) => draft.rows.get(id)?.kind === 'edoc').length;
  for (const row of firstOfLanes(draft.rows)) {
    // What is ready waits for nothing: one that was made while the clock was ahead says a later time.
    const waits = row.state !== 'ready' && row.notBefore > now;
    if (waits || draft.underWay.has(row.id)) continue;
    if (draft.underWay.size >= most) return;
    if (row.kind === 'edoc' && documents >= documentsSideBySide) continue;
    begin(draft, row, now);
    if (row.kind === 'edoc' && draft.underWay.has(row.id)) documents += 1;
  }
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
