// How far a run of many documents is, as one value, and what the window is told of it. Pure.
//
//   preparing ──▶ asking ──▶ signing ⇄ paused
//       └───────────┴───────────┴─────────┴──▶ over
import type { BatchId, BatchProgress } from '../../preload/contract/batch';
import { assertNever } from '../../preload/contract/failure';
import type { DeskId, Instant } from '../../preload/contract/ids';
import { noPace, type Pace, remainingSeconds, withSignature } from './remaining-time';

export interface BatchState {
  readonly batch: BatchId;
  readonly phase: BatchProgress['phase'];
  readonly prepared: number;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly current: DeskId | null;
  /** Files that stand before the token and are not verified yet. */
  readonly filesLeft: number;
  readonly pace: Pace;
  /** Milliseconds since 1970 of the last file, or of the end of a pause; null before the first. */
  readonly since: number | null;
  readonly pauseEndsAt: Instant | null;
}

export type BatchStep =
  | { readonly kind: 'prepared'; readonly done: number; readonly of: number }
  | { readonly kind: 'asking'; readonly files: number }
  | { readonly kind: 'begun'; readonly document: DeskId; readonly at: number }
  | { readonly kind: 'finished'; readonly at: number }
  | { readonly kind: 'settled'; readonly signed: boolean; readonly filesLost: number }
  | { readonly kind: 'paused'; readonly endsAt: Instant }
  | { readonly kind: 'resumed'; readonly at: number }
  | { readonly kind: 'over' };

export function firstBatchState(batch: BatchId, total: number): BatchState {
  return {
    batch,
    phase: 'preparing',
    prepared: 0,
    done: 0,
    failed: 0,
    total,
    current: null,
    filesLeft: 0,
    pace: noPace,
    since: null,
    pauseEndsAt: null,
  };
}

/** The state after a step. A run that is over stays so. */
export function nextBatchState(state: BatchState, step: BatchStep): BatchState {
  if (state.phase === 'over') return state;
  switch (step.kind) {
    case 'prepared':
      return { ...state, prepared: step.of === 0 ? 1 : Math.min(1, step.done / step.of) };
    case 'asking':
      return { ...state, phase: 'asking', prepared: 1, filesLeft: step.files };
    case 'begun': {
      const phase = state.phase === 'paused' ? 'paused' : 'signing';
      return { ...state, phase, current: step.document, since: state.since ?? step.at };
    }
    case 'finished': {
      // What was under way when the pause began says nothing of the pace.
      const paced = state.phase === 'signing' && state.since !== null;
      return {
        ...state,
        filesLeft: Math.max(0, state.filesLeft - 1),
        pace: paced ? withSignature(state.pace, step.at - (state.since ?? step.at)) : state.pace,
        since: step.at,
      };
    }
    case 'settled':
      return step.signed
        ? { ...state, done: state.done + 1 }
        : {
            ...state,
            failed: state.failed + 1,
            filesLeft: Math.max(0, state.filesLeft - step.filesLost),
          };
    case 'paused':
      return { ...state, phase: 'paused', pauseEndsAt: step.endsAt };
    case 'resumed':
      return state.phase === 'paused'
        ? { ...state, phase: 'signing', pauseEndsAt: null, since: step.at }
        : state;
    case 'over':
      return { ...state, phase: 'over', current: null, pauseEndsAt: null };
    default:
      return assertNever(step);
  }
}

/** What the window is told. */
export function progressOf(state: BatchState): BatchProgress {
  const { filesLeft, pace, since: _since, ...told } = state;
  return { ...told, etaSeconds: state.phase === 'signing' ? remainingSeconds(pace, filesLeft) : null };
}
