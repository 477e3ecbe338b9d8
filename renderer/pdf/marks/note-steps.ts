// Going from note to note by keys: which one comes next, and what stands under a mark of words. It changes no mark.
import type { Annotation } from '../../../preload/contract/annotation';
import type { Turn } from '../layout';
import { wordsIn } from './page-words';
import { type Bounds, boundsOf } from './places';

/** Points: places that are no further apart stand on one line. */
const line = 6;

/** Where a place begins on a page as it is turned: more to the left is less, higher up is more. */
function beginOf({ left, lower, right, upper }: Bounds, turn: Turn): Pick<Bounds, 'left' | 'upper'> {
  switch (turn) {
    case 0:
      return { left, upper };
    case 90:
      return { left: lower, upper: -left };
    case 180:
      return { left: -right, upper: -lower };
    case 270:
      return { left: -upper, upper: right };
  }
}

/** In the order of pages, from the top of each as it is turned, and on one line from the left. */
export function inReadingOrder(marks: readonly Annotation[], turn: Turn = 0): Annotation[] {
  const placed = marks.map((mark) => ({ mark, ...beginOf(boundsOf(mark), turn) }));
  const down = placed.sort((a, b) => a.mark.page - b.mark.page || b.upper - a.upper);
  const lines: (typeof placed)[] = [];
  for (const one of down) {
    const first = lines.at(-1)?.[0];
    const isBeside = first?.mark.page === one.mark.page && first.upper - one.upper <= line;
    if (isBeside) lines.at(-1)?.push(one);
    else lines.push([one]);
  }
  return lines.flatMap((marksOfLine) => marksOfLine.sort((a, b) => a.left - b.left)).map(({ mark }) => mark);
}

/** What is read from: the mark that is held, else the page that is seen. */
export interface ReadFrom {
  readonly mark: string | null;
  readonly page: number;
}

/** The note after or before; null where there is none. From a page alone its own notes come first either way. */
export function steppedNote(
  marks: readonly Annotation[],
  from: ReadFrom,
  by: 1 | -1,
  turn: Turn = 0,
): Annotation | null {
  const order = inReadingOrder(marks, turn);
  const held = order.findIndex(({ id }) => id === from.mark);
  if (held >= 0) return order[held + by] ?? null;
  const found = by === 1 ? order.find(({ page }) => page >= from.page) : null;
  return found ?? (by === 1 ? null : (order.filter(({ page }) => page <= from.page).at(-1) ?? null));
}

/** At most as much as is read aloud in one breath. */
const longest = 200;

/** The words of a page's text that lie under a frame on the screen, or under several; empty where there is no text. */
export function wordsUnder(layer: Element | null, frames: readonly DOMRect[]): string {
  if (layer === null) return '';
  const found = wordsIn(layer).filter(({ box }) => {
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return frames.some((frame) => frame.left <= x && x <= frame.right && frame.top <= y && y <= frame.bottom);
  });
  const words = found.map(({ node, from, to }) => node.data.slice(from, to)).join(' ');
  return words.length <= longest ? words : `${words.slice(0, longest)}…`;
}
