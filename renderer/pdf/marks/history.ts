// What was done to the marks of one file, to be taken back and done again. Values in, values out: what is there now is asked of
// the caller, since another window may have changed it meanwhile; what others did is never undone.
//
//   recorded ──▶ done ──taken back──▶ undone ──done again──▶ done        (a new step empties `undone`)

import { brought, type MarkContent, sameContent } from './content';

/** One mark before and after a step; null: it was not there. */
export interface MarkEdit {
  readonly id: string;
  readonly before: MarkContent | null;
  readonly after: MarkContent | null;
}

export interface Step {
  readonly edits: readonly MarkEdit[];
  /** Steps in a row with the same name are one: a mark nudged ten times goes back at once. */
  readonly join: string | null;
}

export interface MarkHistory {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** What is to be written: null removes. */
export interface MarkWrite {
  readonly id: string;
  readonly content: MarkContent | null;
}

export interface Turned {
  readonly history: MarkHistory;
  readonly writes: readonly MarkWrite[];
}

export const emptyHistory: MarkHistory = { done: [], undone: [] };

/** Older steps are forgotten. */
const mostSteps = 500;

function joined(earlier: Step, later: Step): Step {
  const edits = earlier.edits.map((edit) => {
    const next = later.edits.find((one) => one.id === edit.id);
    return next === undefined ? edit : { ...edit, after: next.after };
  });
  const fresh = later.edits.filter((edit) => !edits.some((one) => one.id === edit.id));
  const all = [...edits, ...fresh].filter((edit) => !sameContent(edit.before, edit.after));
  return { edits: all, join: later.join };
}

/** With one more step; edits that change nothing are left out. */
export function recorded(history: MarkHistory, step: Step): MarkHistory {
  const edits = step.edits.filter((edit) => !sameContent(edit.before, edit.after));
  if (edits.length === 0) return history;
  const last = history.done.at(-1);
  const joins = last !== undefined && step.join !== null && last.join === step.join;
  const next = joins ? joined(last, { ...step, edits }) : { ...step, edits };
  const before = joins ? history.done.slice(0, -1) : history.done;
  // A mark that was made and removed within one step was never there.
  const done = next.edits.length === 0 ? before : [...before, next];
  return { done: done.slice(-mostSteps), undone: [] };
}

/** What brings a mark from one side of an edit to the other; undefined: nothing, or not without undoing what others did. */
function written(
  id: string,
  from: MarkContent | null,
  to: MarkContent | null,
  now: MarkContent | null,
): MarkWrite | undefined {
  if (from === null || to === null) return sameContent(now, from) ? { id, content: to } : undefined;
  if (now === null) return undefined;
  const content = brought(now, from, to);
  return sameContent(content, now) ? undefined : { id, content };
}

type Now = (id: string) => MarkContent | null;

/** The newest step taken back that still changes something; nothing is written where there is none. null: nothing was done. */
export function undone(history: MarkHistory, now: Now): Turned | null {
  let rest = history;
  for (let step = rest.done.at(-1); step !== undefined; step = rest.done.at(-1)) {
    rest = { done: rest.done.slice(0, -1), undone: [...rest.undone, step] };
    const writes = [...step.edits]
      .reverse()
      .flatMap(({ id, before, after }) => written(id, after, before, now(id)) ?? []);
    if (writes.length > 0) return { history: rest, writes };
  }
  return rest === history ? null : { history: rest, writes: [] };
}

/** The step taken back last that still changes something, done again, in the same way. */
export function redone(history: MarkHistory, now: Now): Turned | null {
  let rest = history;
  for (let step = rest.undone.at(-1); step !== undefined; step = rest.undone.at(-1)) {
    rest = { done: [...rest.done, step], undone: rest.undone.slice(0, -1) };
    const writes = step.edits.flatMap(({ id, before, after }) => written(id, before, after, now(id)) ?? []);
    if (writes.length > 0) return { history: rest, writes };
  }
  return rest === history ? null : { history: rest, writes: [] };
}
