// Cuts byte ranges to what main answers. Pure.

/** Main answers at most 1 MiB in one 206. */
export const largestRange = 1 << 20;

/** pdf.js asks for whole chunks of this size, the last one shorter. */
export const chunkSize = 65_536;

/** Half-open. */
export type ByteRange = readonly [number, number];

/** What every file is asked for first: its first chunk, and its last one, where the table of its objects is said to be. */
export function firstAsked(size: number): {
  readonly head: ByteRange;
  readonly tail: ByteRange | null;
} {
  const last = Math.floor(Math.max(0, size - 1) / chunkSize) * chunkSize;
  return { head: [0, Math.min(size, chunkSize)], tail: last === 0 ? null : [last, size] };
}

/** Half-open pieces of [begin, end), each at most 1 MiB, in order. */
export function splitRange(begin: number, end: number): ByteRange[] {
  const pieces: ByteRange[] = [];
  for (let from = begin; from < end; from += largestRange)
    pieces.push([from, Math.min(end, from + largestRange)]);
  return pieces;
}
