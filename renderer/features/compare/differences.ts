// What the clerk is told of two files: each difference with its words and its places on both sides. Pure.
import type { Box } from '../../pdf/geometry';
import { mergeLines } from '../../pdf/geometry';
import type { PagePair } from './align';
import type { Run } from './diff';
import type { PageWord } from './page-words';

export type Side = 'left' | 'right';

/** Boxes on one page of one side, in points from its upper left. */
export interface Spot {
  readonly page: number;
  readonly boxes: readonly Box[];
}

/** Where a side is to be looked at; `spots` is empty where the other side alone has something. */
export interface SideOfDifference {
  readonly page: number;
  /** In points from the upper edge of the page. */
  readonly top: number;
  readonly spots: readonly Spot[];
  readonly words: string;
}

export interface Difference {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'picture' | 'page-added' | 'page-removed';
  readonly left: SideOfDifference;
  readonly right: SideOfDifference;
}

/** A word with the page it stands on, from 1. */
export interface PlacedWord extends PageWord {
  readonly page: number;
}

export function placedWords(pages: readonly (readonly PageWord[])[]): PlacedWord[] {
  return pages.flatMap((words, at) => words.map((word) => ({ ...word, page: at + 1 })));
}

function sideOf(words: readonly PlacedWord[], [from, to]: readonly [number, number]): SideOfDifference {
  const inside = words.slice(from, to);
  const pages = new Map<number, Box[]>();
  for (const { page, boxes } of inside) pages.set(page, [...(pages.get(page) ?? []), ...boxes]);
  // Without words of its own a side is looked at where they are missing: after the word before.
  const at = inside[0] ?? words[from - 1] ?? words[from];
  return {
    page: at?.page ?? 1,
    top: at?.boxes[0]?.top ?? 0,
    spots: [...pages].map(([page, boxes]) => ({ page, boxes: mergeLines(boxes) })),
    words: inside.map(({ text }) => text).join(' '),
  };
}

/** Differences of words, in reading order. */
export function wordDifferences(
  runs: readonly Run[],
  left: readonly PlacedWord[],
  right: readonly PlacedWord[],
): Difference[] {
  return runs.flatMap((run, at) => {
    if (run.same) return [];
    const sides = { left: sideOf(left, run.left), right: sideOf(right, run.right) };
    const kind =
      run.left[0] === run.left[1] ? 'added' : run.right[0] === run.right[1] ? 'removed' : 'changed';
    return [{ id: `words-${at}`, kind, ...sides } as const];
  });
}

const nowhere = { top: 0, spots: [], words: '' };

/** Pages without words that only one file has: words of a page that was put in are differences of words already. */
export function pageDifferences(
  pairs: readonly PagePair[],
  hasWords: (side: Side, page: number) => boolean,
): Difference[] {
  let [lastLeft, lastRight] = [1, 1];
  return pairs.flatMap(({ left, right }): Difference[] => {
    [lastLeft, lastRight] = [left ?? lastLeft, right ?? lastRight];
    if (left === null && right !== null && !hasWords('right', right)) {
      const sides = { left: { page: lastLeft, ...nowhere }, right: { page: right, ...nowhere } };
      return [{ id: `page-right-${right}`, kind: 'page-added', ...sides }];
    }
    if (right === null && left !== null && !hasWords('left', left)) {
      const sides = { left: { page: left, ...nowhere }, right: { page: lastRight, ...nowhere } };
      return [{ id: `page-left-${left}`, kind: 'page-removed', ...sides }];
    }
    return [];
  });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Boxes as shares of a page that look different on both pages of a pair, in the points of each. */
export function pictureDifferences(
  pair: { readonly left: number; readonly right: number },
  boxes: readonly Box[],
  sizes: { readonly left: Size; readonly right: Size },
): Difference[] {
  const inPoints = ({ left, top, width, height }: Box, size: Size): Box => ({
    left: left * size.width,
    top: top * size.height,
    width: width * size.width,
    height: height * size.height,
  });
  return boxes.map((box, at) => {
    const side = (of: Side): SideOfDifference => {
      const inside = inPoints(box, sizes[of]);
      return { page: pair[of], top: inside.top, spots: [{ page: pair[of], boxes: [inside] }], words: '' };
    };
    const id = `picture-${pair.left}-${pair.right}-${at}`;
    return { id, kind: 'picture', left: side('left'), right: side('right') };
  });
}

/** Reading order of the later version, then of the earlier. */
export function inOrder(differences: readonly Difference[]): Difference[] {
  return [...differences].sort(
    (one, other) =>
      one.right.page - other.right.page ||
      one.left.page - other.left.page ||
      one.right.top - other.right.top ||
      one.left.top - other.left.top,
  );
}

/** How far words of both pages may stand apart, in points, so that what lies around them can be compared as a picture. */
const apart = 1.5;

export type PictureStanding =
  /** Both without words, or with the same words in the same places. */
  | 'compare'
  /** The words differ or stand elsewhere: a picture would tell nothing more. */
  | 'words-moved';

/** Whether the pictures of two pages can be compared. */
export function pictureStanding(left: readonly PageWord[], right: readonly PageWord[]): PictureStanding {
  if (left.length !== right.length) return 'words-moved';
  const still = left.every((word, at) => {
    const other = right[at];
    if (other === undefined || word.key !== other.key) return false;
    const [one, two] = [word.boxes[0], other.boxes[0]];
    if (one === undefined || two === undefined) return false;
    return Math.abs(one.left - two.left) <= apart && Math.abs(one.top - two.top) <= apart;
  });
  return still ? 'compare' : 'words-moved';
}
