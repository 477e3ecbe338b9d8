// Which lines of the list are chosen, by key and by pointer as in any list of files. Pure; it knows no document.
import type { DeskId } from '../../../preload/contract/ids';

export interface Selection {
  readonly chosen: ReadonlySet<DeskId>;
  /** The line that has the focus. */
  readonly at: number;
  /** Where a stretch of Shift began; what it reaches over is added to what was chosen before. */
  readonly anchor: number;
  readonly base: ReadonlySet<DeskId>;
}

/** A line as choosing sees it. */
export interface Line {
  readonly id: DeskId;
  readonly mayBeChosen: boolean;
}

export const nothingChosen: Selection = { chosen: new Set(), at: 0, anchor: 0, base: new Set() };

function inside(lines: readonly Line[], at: number): number {
  return Math.min(Math.max(0, lines.length - 1), Math.max(0, at));
}

/** The focus goes to a line; nothing is chosen by that. */
export function moveTo(selection: Selection, lines: readonly Line[], at: number): Selection {
  const target = inside(lines, at);
  return { ...selection, at: target, anchor: target, base: selection.chosen };
}

/** Shift: every line between where it began and `at`. */
export function extendTo(selection: Selection, lines: readonly Line[], at: number): Selection {
  const target = inside(lines, at);
  const [from, to] = [Math.min(selection.anchor, target), Math.max(selection.anchor, target)];
  const reached = lines.slice(from, to + 1).flatMap((line) => (line.mayBeChosen ? [line.id] : []));
  return { ...selection, at: target, chosen: new Set([...selection.base, ...reached]) };
}

/** Space, or a press on the box. */
export function toggle(selection: Selection, lines: readonly Line[], at: number): Selection {
  const line = lines[at];
  const moved = moveTo(selection, lines, at);
  if (line === undefined || !line.mayBeChosen) return moved;
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(line.id)) chosen.add(line.id);
  return { ...moved, chosen, base: chosen };
}

/** All that may be chosen; when they all are, none. */
export function chooseAll(selection: Selection, lines: readonly Line[]): Selection {
  const all = lines.flatMap((line) => (line.mayBeChosen ? [line.id] : []));
  const chosen = all.every((id) => selection.chosen.has(id)) ? new Set<DeskId>() : new Set(all);
  return { ...selection, chosen, base: chosen };
}

/** Only what is still there and may still be chosen. */
export function stillThere(selection: Selection, lines: readonly Line[]): ReadonlySet<DeskId> {
  return new Set(
    lines.flatMap((line) => (line.mayBeChosen && selection.chosen.has(line.id) ? [line.id] : [])),
  );
}
