// What a clerk marks, and when the application dies, from a seed; and what may be missing afterwards. Pure.
import type { Annotation } from '../../../preload/contract/annotation';
import { randomFrom } from './plan';

export const actKinds = ['ink', 'rectangle', 'text', 'note', 'move', 'remove', 'recolour', 'undo'] as const;
export type ActKind = (typeof actKinds)[number];

export interface MarkAct {
  readonly kind: ActKind;
  /** Shares of the page. */
  readonly across: number;
  readonly down: number;
  /** What is typed, or the colour that is chosen. */
  readonly words: string;
}

export interface MarkKill {
  readonly target: 'main' | 'window';
  /** Done and saved before the act in the hand begins. */
  readonly before: readonly MarkAct[];
  readonly act: MarkAct;
  readonly delayMs: number;
}

const sentences = [
  'Chuyển phòng Nội vụ',
  'Đề nghị kiểm tra số liệu trước ngày 30/11',
  'Đã rà soát, thống nhất trình ký',
];
const colours = ['red', 'blue', 'green', 'black'];

function pick<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

function actFrom(random: () => number, kinds: readonly ActKind[]): MarkAct {
  const kind = pick(random, kinds);
  const words = kind === 'recolour' ? pick(random, colours) : pick(random, sentences);
  return { kind, words, across: 0.1 + random() * 0.5, down: 0.1 + random() * 0.7 };
}

/** `count` kills; every fourth takes the whole application along, each act is met in turn, moments are random. */
export function planMarkKills(seed: number, count: number): MarkKill[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const kind = actKinds[index % actKinds.length] ?? 'ink';
    const needsOne = kind === 'move' || kind === 'remove' || kind === 'recolour';
    const first = actFrom(random, needsOne ? ['rectangle'] : ['ink', 'rectangle', 'text', 'note']);
    return {
      target: index % 4 === 3 ? 'main' : 'window',
      before: [first],
      act: actFrom(random, [kind]),
      delayMs: Math.round(random() * (kind === 'text' || kind === 'note' ? 1800 : 1200)),
    };
  });
}

const without = ({ rev: _, changedAt: __, ...rest }: Annotation): string => JSON.stringify(rest);

/** Whether a mark that is new is what the act in the hand made, or a part of it. */
function isOf(mark: Annotation, act: MarkAct): boolean {
  if (act.kind === 'text' || act.kind === 'note')
    return mark.kind === act.kind && act.words.startsWith(mark.text);
  return mark.kind === act.kind || act.kind === 'undo';
}

/** Ink goes on in the mark before it when it follows at once. */
function goesOn(before: Annotation, after: Annotation): boolean {
  const strokes = JSON.stringify(after.strokes.slice(0, before.strokes.length));
  return after.kind === 'ink' && strokes === JSON.stringify(before.strokes);
}

/**
 * What is wrong after a kill: `confirmed` was saved before the act in the hand began, `now` is what is there. The act may be
 * done, half typed or not begun; it may have touched one mark; all others are as they were.
 */
export function faultsAfterKill(
  confirmed: readonly Annotation[],
  now: readonly Annotation[],
  act: MarkAct,
): string[] {
  const left = new Map(now.map((mark) => [mark.id, mark]));
  const known = new Set(confirmed.map(({ id }) => id));
  const lost = confirmed.filter(({ id }) => !left.has(id));
  const changed = confirmed.filter((mark) => {
    const after = left.get(mark.id);
    return after !== undefined && without(after) !== without(mark);
  });
  const added = now.filter(({ id }) => !known.has(id));
  const faults: string[] = [];
  const mayLose = act.kind === 'remove' || act.kind === 'undo' ? 1 : 0;
  if (lost.length > mayLose) faults.push(`lost ${lost.map(({ kind, id }) => `${kind} ${id}`).join(', ')}`);
  for (const mark of changed) {
    const after = left.get(mark.id) ?? mark;
    const fits = act.kind === 'ink' ? goesOn(mark, after) : ['move', 'recolour', 'undo'].includes(act.kind);
    if (!fits) faults.push(`changed ${mark.kind} ${mark.id}`);
  }
  if (changed.length > 1) faults.push(`changed ${changed.length} marks`);
  if (added.length > 1) faults.push(`${added.length} new marks`);
  for (const mark of added)
    if (!isOf(mark, act)) faults.push(`a new ${mark.kind} that nobody made: ${mark.text}`);
  return faults;
}
