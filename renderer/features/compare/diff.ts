// What two rows of words have in common and where they part. Pure; it knows no page.
//
// First what is alike at both ends, then words that stand once on each side in one order, and between those the longest common
// row exactly. Where a long stretch has no such word, rows of several words serve; without any, the stretch counts as rewritten.

/** Half-open places in the left and right rows. Runs follow each other without gaps; equal and changed ones take turns. */
export interface Run {
  readonly same: boolean;
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
}

/** Stretches of at most so many pairs are compared exactly: a few milliseconds and 8 MB. */
const exactly = 4_000_000;
/** Rows of so many words serve where no single word stands once. */
const rows = [1, 2, 4, 8, 16];

interface Stretch {
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
}

type Pair = readonly [number, number];

/** Words as numbers, equal where they are equal. */
function numbered(left: readonly string[], right: readonly string[]): readonly [Uint32Array, Uint32Array] {
  const known = new Map<string, number>();
  const numberOf = (word: string): number => {
    const number = known.get(word) ?? known.size;
    known.set(word, number);
    return number;
  };
  return [Uint32Array.from(left, numberOf), Uint32Array.from(right, numberOf)];
}

/** The longest chain of pairs that rises on both sides; pairs come in the order of the left. */
function rising(pairs: readonly Pair[]): Pair[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, right], at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  });
  const chain: Pair[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}

/** Places of rows of `length` words that stand once in a stretch; null marks one that stands more often. */
function once(words: Uint32Array, [from, to]: Pair, length: number): Map<string, number | null> {
  const places = new Map<string, number | null>();
  for (let at = from; at + length <= to; at += 1) {
    const key = words.subarray(at, at + length).join(' ');
    places.set(key, places.has(key) ? null : at);
  }
  return places;
}

function anchors(left: Uint32Array, right: Uint32Array, stretch: Stretch): Pair[] {
  for (const length of rows) {
    const there = once(right, stretch.right, length);
    const pairs: Pair[] = [];
    for (const [key, at] of once(left, stretch.left, length)) {
      const other = there.get(key);
      if (at !== null && other !== undefined && other !== null) pairs.push([at, other]);
    }
    if (pairs.length > 0) return rising(pairs);
  }
  return [];
}

/** Every pair of the longest common row of a small stretch. */
function longest(
  left: Uint32Array,
  right: Uint32Array,
  { left: [lf, lt], right: [rf, rt] }: Stretch,
): Pair[] {
  const across = rt - rf + 1;
  const lengths = new Uint16Array((lt - lf + 1) * across);
  const lengthAt = (i: number, j: number): number => lengths[(i - lf) * across + (j - rf)] ?? 0;
  for (let i = lt - 1; i >= lf; i -= 1) {
    for (let j = rt - 1; j >= rf; j -= 1) {
      lengths[(i - lf) * across + (j - rf)] =
        left[i] === right[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = lf, j = rf; i < lt && j < rt; ) {
    if (left[i] === right[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Every pair of words that stand for each other, rising on both sides. */
function matched(left: Uint32Array, right: Uint32Array): Pair[] {
  const pairs: Pair[] = [];
  const open: Stretch[] = [{ left: [0, left.length], right: [0, right.length] }];
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    let [[lf, lt], [rf, rt]] = [stretch.left, stretch.right];
    for (; lf < lt && rf < rt && left[lf] === right[rf]; lf += 1, rf += 1) pairs.push([lf, rf]);
    for (; lf < lt && rf < rt && left[lt - 1] === right[rt - 1]; lt -= 1, rt -= 1)
      pairs.push([lt - 1, rt - 1]);
    if (lf === lt || rf === rt) continue;
    const inner: Stretch = { left: [lf, lt], right: [rf, rt] };
    if ((lt - lf + 1) * (rt - rf + 1) <= exactly) {
      pairs.push(...longest(left, right, inner));
      continue;
    }
    const found = anchors(left, right, inner);
    if (found.length === 0) continue;
    // What lies before, between and after the anchors; each begins with its anchor, which the ends that are alike take in.
    let [l, r] = [lf, rf];
    for (const [at, other] of found) {
      open.push({ left: [l, at], right: [r, other] });
      [l, r] = [at, other];
    }
    open.push({ left: [l, lt], right: [r, rt] });
  }
  return pairs.sort(([one], [other]) => one - other);
}

/** Compares two rows of words; words are alike when they are the same string. */
export function diffWords(left: readonly string[], right: readonly string[]): Run[] {
  const [lefts, rights] = numbered(left, right);
  const runs: Run[] = [];
  const add = (same: boolean, l: Pair, r: Pair): void => {
    if (l[0] === l[1] && r[0] === r[1]) return;
    const last = runs.at(-1);
    if (last !== undefined && last.same === same) {
      runs[runs.length - 1] = { same, left: [last.left[0], l[1]], right: [last.right[0], r[1]] };
    } else runs.push({ same, left: l, right: r });
  };
  let [l, r] = [0, 0];
  for (const [at, other] of matched(lefts, rights)) {
    add(false, [l, at], [r, other]);
    add(true, [at, at + 1], [other, other + 1]);
    [l, r] = [at + 1, other + 1];
  }
  add(false, [l, left.length], [r, right.length]);
  return runs;
}
