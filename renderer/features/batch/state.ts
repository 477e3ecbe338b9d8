// What the screen of many documents is doing, as one value: choosing, running, or showing what became of each. Pure.
//
//   choosing ──started──▶ running ──finished──▶ results ──started (only those not signed)──▶ running
//      ▲  └──found: a run of another page──▶ running ──over──▶ choosing        │
//      └───────────────────────────────closed──────────────────────────────────┘
//   a run that could not begin at all (`gave-up`) leads back to where it was begun
import type { BatchId, BatchProgress } from '../../../preload/contract/batch';
import { assertNever } from '../../../preload/contract/failure';
import type { DeskId } from '../../../preload/contract/ids';
import type { ManyOutcome, SignableRow } from '../../ledger';

/** Rows as they stood when the run began: a signed document leaves the folder at once, not this list. */
export interface Running {
  readonly kind: 'running';
  readonly batch: BatchId;
  readonly rows: readonly SignableRow[];
  /** Null before main's first word. */
  readonly progress: BatchProgress | null;
  readonly outcomes: ReadonlyMap<DeskId, ManyOutcome>;
  /** False for a run that another page of this window began: its outcomes come by recovery. */
  readonly own: boolean;
  /** Asked to stop: what is with the token is finished first. */
  readonly stopping: boolean;
  /** Where to go back to when it cannot begin. */
  readonly before: Choosing | Results;
}

export interface Results {
  readonly kind: 'results';
  readonly rows: readonly SignableRow[];
  readonly outcomes: ReadonlyMap<DeskId, ManyOutcome>;
}

export interface Choosing {
  readonly kind: 'choosing';
}

export type BatchScreenState = Choosing | Running | Results;

export type BatchAct =
  | { readonly kind: 'started'; readonly batch: BatchId; readonly rows: readonly SignableRow[] }
  | { readonly kind: 'found'; readonly progress: BatchProgress; readonly rows: readonly SignableRow[] }
  | { readonly kind: 'progress'; readonly progress: BatchProgress }
  | { readonly kind: 'settled'; readonly outcome: ManyOutcome }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'finished'; readonly batch: BatchId; readonly outcomes: readonly ManyOutcome[] }
  | { readonly kind: 'gave-up'; readonly batch: BatchId }
  | { readonly kind: 'closed' };

export const choosing: Choosing = { kind: 'choosing' };

function byId(outcomes: readonly ManyOutcome[]): ReadonlyMap<DeskId, ManyOutcome> {
  return new Map(outcomes.map((one) => [one.id, one]));
}

/** The state after an act; an act that does not fit (a late word of an old run) changes nothing. */
export function nextBatch(state: BatchScreenState, act: BatchAct): BatchScreenState {
  switch (act.kind) {
    case 'started':
      if (state.kind === 'running') return state;
      return {
        kind: 'running',
        batch: act.batch,
        rows: act.rows,
        progress: null,
        outcomes: new Map(),
        own: true,
        stopping: false,
        before: state,
      };
    case 'found':
      if (state.kind !== 'choosing') return state;
      return {
        kind: 'running',
        batch: act.progress.batch,
        rows: act.rows,
        progress: act.progress,
        outcomes: new Map(),
        own: false,
        stopping: false,
        before: state,
      };
    case 'progress':
      if (state.kind !== 'running' || state.batch !== act.progress.batch) return state;
      // Nobody else settles a run of another page: its end is this word.
      if (!state.own && act.progress.phase === 'over') return choosing;
      return { ...state, progress: act.progress };
    case 'settled':
      if (state.kind !== 'running') return state;
      return { ...state, outcomes: new Map(state.outcomes).set(act.outcome.id, act.outcome) };
    case 'stopping':
      return state.kind === 'running' ? { ...state, stopping: true } : state;
    case 'finished':
      if (state.kind !== 'running' || state.batch !== act.batch) return state;
      return { kind: 'results', rows: state.rows, outcomes: byId(act.outcomes) };
    case 'gave-up':
      return state.kind === 'running' && state.batch === act.batch ? state.before : state;
    case 'closed':
      return state.kind === 'results' ? choosing : state;
    default:
      return assertNever(act);
  }
}

/** What became of a run in numbers. */
export interface Tally {
  readonly signed: number;
  /** Left out before the PIN: another try would end the same way. */
  readonly refused: number;
  /** What another try may sign. */
  readonly again: readonly DeskId[];
  /** How often each code stands for a document that is not signed, the most frequent first. */
  readonly reasons: readonly { readonly code: string; readonly count: number }[];
}

/** Counts of the outcomes. */
export function tallyOf(outcomes: Iterable<ManyOutcome>): Tally {
  const all = [...outcomes];
  const counts = new Map<string, number>();
  for (const { code } of all) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  return {
    signed: all.filter((one) => one.kind === 'signed').length,
    refused: all.filter((one) => one.kind === 'refused').length,
    again: all.flatMap((one) => (one.kind === 'failed' || one.kind === 'unsigned' ? [one.id] : [])),
    reasons: [...counts]
      .map(([code, count]) => ({ code, count }))
      .sort((left, right) => right.count - left.count),
  };
}
