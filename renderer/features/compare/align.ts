// Which page of one file stands for which of the other, for moving both together and for comparing pictures. Pure.
import type { Run } from './diff';

/** Pages from 1; null: the other file has none for it. Rises on both sides. */
export interface PagePair {
  readonly left: number | null;
  readonly right: number | null;
}

/** Above this many pairs pages are taken in their order. */
const most = 4_000_000;
/** What two pages without words have in common counts as one word; any two pages rather stand together than alone. */
const wordless = 0.5;
const beside = 0.01;

/** `leftPages[i]`: the page, from 1, of word i of the left row; `counts`: how many pages each file has. */
export function alignPages(
  runs: readonly Run[],
  leftPages: readonly number[],
  rightPages: readonly number[],
  counts: { readonly left: number; readonly right: number },
): PagePair[] {
  const { left: lefts, right: rights } = counts;
  if ((lefts + 1) * (rights + 1) > most) return inOrder(lefts, rights);
  const shared = new Map<number, number>();
  const [leftWords, rightWords] = [new Set(leftPages), new Set(rightPages)];
  const place = (left: number, right: number): number => left * (rights + 1) + right;
  for (const { same, left, right } of runs) {
    if (!same) continue;
    for (let at = 0; at < left[1] - left[0]; at += 1) {
      const key = place(leftPages[left[0] + at] ?? 0, rightPages[right[0] + at] ?? 0);
      shared.set(key, (shared.get(key) ?? 0) + 1);
    }
  }
  const worth = (left: number, right: number): number =>
    (shared.get(place(left, right)) ?? 0) +
    (!leftWords.has(left) && !rightWords.has(right) ? wordless : 0) +
    beside;
  const best = new Float64Array((lefts + 2) * (rights + 2));
  const across = rights + 2;
  for (let left = lefts; left >= 1; left -= 1) {
    for (let right = rights; right >= 1; right -= 1) {
      best[left * across + right] = Math.max(
        worth(left, right) + (best[(left + 1) * across + right + 1] ?? 0),
        best[(left + 1) * across + right] ?? 0,
        best[left * across + right + 1] ?? 0,
      );
    }
  }
  const pairs: PagePair[] = [];
  let [left, right] = [1, 1];
  while (left <= lefts || right <= rights) {
    const here = best[left * across + right] ?? 0;
    if (left > lefts) pairs.push({ left: null, right: right++ });
    else if (right > rights) pairs.push({ left: left++, right: null });
    else if (here === worth(left, right) + (best[(left + 1) * across + right + 1] ?? 0))
      pairs.push({ left: left++, right: right++ });
    else if (here === best[(left + 1) * across + right]) pairs.push({ left: left++, right: null });
    else pairs.push({ left: null, right: right++ });
  }
  return pairs;
}

function inOrder(lefts: number, rights: number): PagePair[] {
  return Array.from({ length: Math.max(lefts, rights) }, (_, at) => ({
    left: at < lefts ? at + 1 : null,
    right: at < rights ? at + 1 : null,
  }));
}

/** A place in a file: a page from 1 and the share of its height. */
export interface Place {
  readonly page: number;
  readonly share: number;
}

/** Where the other file stands when this one is at `place`: a page without a partner holds it at the end of the last one. */
export function placeBeside(pairs: readonly PagePair[], from: 'left' | 'right', place: Place): Place {
  const to = from === 'left' ? 'right' : 'left';
  let last: Place = { page: 1, share: 0 };
  for (const pair of pairs) {
    const other = pair[to];
    if (pair[from] === place.page) return other === null ? last : { page: other, share: place.share };
    if (other !== null) last = { page: other, share: 1 };
  }
  return last;
}
