// The one state machine of updates, as a pure step from state and event to state and orders. It performs nothing.
import type { Code } from '../../preload/contract/codes';
import { assertNever } from '../../preload/contract/failure';
import type { RestartObstacle } from '../../preload/contract/updates';
import type { Release, ReleaseFile } from './release';

/*
 *            check                    offer                  take
 *   idle ───────────► checking ───────────────► offered ─────────────► downloading
 *    ▲ ▲                 │ │                      │  ▲                   │      │
 *    │ └─ nothing new ───┘ │ refused by a rule    │  │ cut, full, changed│      │ arrived whole
 *    │                     ▼                      │  └──── failed ◄──────┘      ▼
 *    └────── check ──── refused                   │           ▲               ready ──► told of obstacles, stays ready
 *                                                 │           │                 │
 *                        a newer release ─────────┘           │ not installed   │ restart, nothing in the way
 *                                                             └────────────── installing ──► (the process ends)
 *
 *   At start: what was meant and is here ─► idle, told once; meant and not here ─► failed, and that version is not taken again.
 */
export type UpdateState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking'; readonly before: Settled }
  | { readonly kind: 'offered'; readonly release: Release; readonly file: ReleaseFile | null }
  | {
      readonly kind: 'downloading';
      readonly release: Release;
      readonly file: ReleaseFile;
      readonly done: number;
    }
  | { readonly kind: 'ready'; readonly release: Release; readonly file: ReleaseFile }
  | { readonly kind: 'installing'; readonly release: Release; readonly file: ReleaseFile }
  | { readonly kind: 'refused'; readonly code: Code }
  | {
      readonly kind: 'failed';
      readonly code: Code;
      /** What may be tried again by a person; null after a failed installation. */
      readonly again: { readonly release: Release; readonly file: ReleaseFile } | null;
    };

/** States that a check may begin in, and falls back to. */
export type Settled = Extract<UpdateState, { kind: 'idle' | 'offered' | 'refused' | 'failed' }>;

export type UpdateEvent =
  | { readonly kind: 'check' }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'offer';
      readonly release: Release;
      readonly file: ReleaseFile | null;
      readonly automatic: boolean;
    }
  | { readonly kind: 'refuse'; readonly code: Code }
  /** The source could not be asked: no word about what it holds. */
  | { readonly kind: 'unreachable'; readonly code: Code }
  | { readonly kind: 'take' }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'lost'; readonly code: Code }
  | { readonly kind: 'restart'; readonly obstacles: readonly RestartObstacle[] }
  | { readonly kind: 'not-installed'; readonly code: Code }
  | { readonly kind: 'came-up-old'; readonly code: Code };

export type UpdateOrder =
  | { readonly kind: 'ask' }
  | { readonly kind: 'download'; readonly file: ReleaseFile }
  | { readonly kind: 'install'; readonly release: Release; readonly file: ReleaseFile };

export interface Step {
  readonly state: UpdateState;
  readonly orders: readonly UpdateOrder[];
}

const stay = (state: UpdateState): Step => ({ state, orders: [] });

function isSettled(state: UpdateState): state is Settled {
  return ['idle', 'offered', 'refused', 'failed'].includes(state.kind);
}

function begin(release: Release, file: ReleaseFile): Step {
  return { state: { kind: 'downloading', release, file, done: 0 }, orders: [{ kind: 'download', file }] };
}

function taken(state: UpdateState): Step {
  if (state.kind === 'offered' && state.file !== null) return begin(state.release, state.file);
  if (state.kind === 'failed' && state.again !== null) return begin(state.again.release, state.again.file);
  return stay(state);
}

/** One step. An event that does not fit the state changes nothing: it came too late. */
export function step(state: UpdateState, event: UpdateEvent): Step {
  switch (event.kind) {
    case 'check':
      // What is being brought or is ready is not asked about again.
      return isSettled(state)
        ? { state: { kind: 'checking', before: state }, orders: [{ kind: 'ask' }] }
        : stay(state);
    case 'nothing':
      return state.kind === 'checking' ? stay({ kind: 'idle' }) : stay(state);
    case 'offer': {
      if (state.kind !== 'checking') return stay(state);
      const { release, file } = event;
      return event.automatic && file !== null
        ? begin(release, file)
        : stay({ kind: 'offered', release, file });
    }
    case 'refuse':
      return state.kind === 'checking' ? stay({ kind: 'refused', code: event.code }) : stay(state);
    case 'unreachable': {
      if (state.kind !== 'checking') return stay(state);
      return stay(state.before.kind === 'offered' ? state.before : { kind: 'refused', code: event.code });
    }
    case 'take':
      return taken(state);
    case 'progress':
      return state.kind === 'downloading'
        ? stay({ ...state, done: Math.max(state.done, event.done) })
        : stay(state);
    case 'arrived': {
      if (state.kind !== 'downloading') return stay(state);
      return stay({ kind: 'ready', release: state.release, file: state.file });
    }
    case 'lost': {
      if (state.kind !== 'downloading') return stay(state);
      return stay({ kind: 'failed', code: event.code, again: { release: state.release, file: state.file } });
    }
    case 'restart': {
      if (state.kind !== 'ready' || event.obstacles.length > 0) return stay(state);
      const { release, file } = state;
      return { state: { kind: 'installing', release, file }, orders: [{ kind: 'install', release, file }] };
    }
    case 'not-installed':
      return state.kind === 'installing'
        ? stay({ kind: 'failed', code: event.code, again: null })
        : stay(state);
    case 'came-up-old':
      return state.kind === 'idle' ? stay({ kind: 'failed', code: event.code, again: null }) : stay(state);
    default:
      return assertNever(event);
  }
}
