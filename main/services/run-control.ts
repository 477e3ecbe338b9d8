// Pause, go on, stop: what a person may say to a run of signatures, asked for between two of them. It signs nothing.
import { Failure } from '../../preload/contract/failure';

/** What a run asks before each step. */
export interface RunControl {
  /** Resolves when the next step may begin: with nothing, or with why no more is wanted. */
  next(): Promise<Failure | undefined>;
  /** Called once, at once, when the run is stopped; returns how to take the listener back. */
  onStop(listener: (why: Failure) => void): () => void;
}

/** A run that nobody can hold up. */
export const unhindered: RunControl = {
  next: async () => undefined,
  onStop: () => () => undefined,
};

/** Runs something later; returns how to call it off. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

/**
 * ```
 *   going ──pause──▶ paused ──resume──▶ going
 *     │                │ the limit is over: `batch-pause-over`
 *     └──────stop──────┴──────────────────────▶ stopped
 * ```
 */
type State =
  | { readonly kind: 'going' }
  | { readonly kind: 'paused'; readonly endLimit: () => void; readonly waiting: (() => void)[] }
  | { readonly kind: 'stopped'; readonly why: Failure };

export interface RunSwitch extends RunControl {
  readonly kind: State['kind'];
  pause(): void;
  resume(): void;
  /** Nothing that has not begun is begun. */
  stop(why: Failure): void;
}

/**
 * A switch whose pause lasts at most `pauseMilliseconds`: an unlocked token that nobody watches must not wait for ever.
 * `changed` is called after every change of state.
 */
export function createRunSwitch(
  pauseMilliseconds: number,
  schedule: Schedule,
  changed: () => void = () => undefined,
): RunSwitch {
  let state: State = { kind: 'going' };
  const listeners = new Set<(why: Failure) => void>();

  function leavePause(next: State): void {
    const before = state;
    state = next;
    if (before.kind === 'paused') {
      before.endLimit();
      for (const go of before.waiting) go();
    }
    changed();
  }
  function stop(why: Failure): void {
    if (state.kind === 'stopped') return;
    leavePause({ kind: 'stopped', why });
    for (const listener of [...listeners]) listener(why);
    listeners.clear();
  }

  return {
    get kind() {
      return state.kind;
    },
    async next() {
      while (state.kind === 'paused') {
        const { waiting } = state;
        await new Promise<void>((go) => waiting.push(go));
      }
      return state.kind === 'stopped' ? state.why : undefined;
    },
    onStop(listener) {
      if (state.kind === 'stopped') listener(state.why);
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pause() {
      if (state.kind !== 'going') return;
      const endLimit = schedule(pauseMilliseconds, () => stop(new Failure('batch-pause-over')));
      state = { kind: 'paused', endLimit, waiting: [] };
      changed();
    },
    resume() {
      if (state.kind === 'paused') leavePause({ kind: 'going' });
    },
    stop,
  };
}
