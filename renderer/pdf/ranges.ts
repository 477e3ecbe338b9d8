// Cuts byte ranges to what main answers. Pure.

/** Main answers at most 1 MiB in one 206. */
export const largestRange = 1 << 20;

/** pdf.js asks for whole chunks of this size, the last one shorter. */
export const chunkSize = 65_536;

/** What every file is asked for first, half-open: its first chunk, and its last one, where the table of its objects is said to be. */
export function firstAsked(size: number): {
  readonly head: readonly [number, number];
  readonly tail: readonly [number, number] | null;
} {
  const last = Math.floor(Math.max(0, size - 1) / chunkSize) * chunkSize;
  return { head: [0, Math.min(size, chunkSize)], tail: last === 0 ? null : [last, size] };
}

/** Half-open pieces of [begin, end), each at most 1 MiB, in order. */
export function splitRange(begin: number, end: number): (readonly [number, number])[] {
  const pieces: (readonly [number, number])[] = [];
  for (let from = begin; from < end; from += largestRange)
    pieces.push([from, Math.min(end, from + largestRange)]);
  return pieces;
}
