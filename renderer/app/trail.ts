// The way the clerk came: back and forth between documents, each shown where it was left. A pure reducer over views; it reads no
// data and asks no clock.
//
//   past … │ view │ … future      an act: view joins the past, the future is gone;  back, forward: one step along the row
import { isFull, nextView, type View, type ViewAct } from './view';

export interface Trail {
  /** The newest last. */
  readonly past: readonly View[];
  readonly view: View;
  /** When the view came, in milliseconds. */
  readonly since: number;
  /** The next one first. */
  readonly future: readonly View[];
}

export type TrailAct = ViewAct | { readonly kind: 'back' } | { readonly kind: 'forward' };

/** Rows that the arrow keys only pass are no stops; what a step led to is one at once. */
const passing = 1000;
const longest = 50;

export function firstTrail(view: View): Trail {
  return { past: [], view, since: 0, future: [] };
}

/** A screen over the panes has a way out of its own, and a list without a document shows its first one at once. */
function isStop(view: View): boolean {
  if (isFull(view)) return false;
  return (view.kind !== 'folder' && view.kind !== 'search') || view.document !== null;
}

function same(one: View | undefined, other: View): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** How many steps there are each way; none while a screen over the panes is shown. */
export function stepsOf({ past, view, future }: Trail): { readonly back: number; readonly forward: number } {
  return isFull(view) ? { back: 0, forward: 0 } : { back: past.length, forward: future.length };
}

/** `at` in milliseconds, from the same clock as every other. */
export function nextTrail(trail: Trail, act: TrailAct, at: number): Trail {
  const { past, view, since, future } = trail;
  switch (act.kind) {
    case 'back': {
      const to = past.at(-1);
      if (to === undefined || isFull(view)) return trail;
      return {
        past: past.slice(0, -1),
        view: to,
        since: at,
        future: isStop(view) ? [view, ...future] : future,
      };
    }
    case 'forward': {
      const [to, ...rest] = future;
      if (to === undefined || isFull(view)) return trail;
      return { past: isStop(view) ? [...past, view] : past, view: to, since: at - passing, future: rest };
    }
    default: {
      const next = nextView(view, act);
      if (same(view, next)) return trail;
      const stayed = isStop(view) && (at - since >= passing || isFull(next));
      const kept = stayed ? [...past, view].slice(-longest) : past;
      // Back from a screen over the panes is no step of its own, and nobody goes back to where they are.
      const before = same(kept.at(-1), next) ? kept.slice(0, -1) : kept;
      return { past: before, view: next, since: at, future: [] };
    }
  }
}
