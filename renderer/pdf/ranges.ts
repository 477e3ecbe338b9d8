// Cuts byte ranges to what main answers. Pure.

/** Main answers at most 1 MiB in one 206. */
export const largestRange = 1 << 20;

/** Half-open pieces of [begin, end), each at most 1 MiB, in order. */
export function splitRange(begin: number, end: number): (readonly [number, number])[] {
  const pieces: (readonly [number, number])[] = [];
  for (let from = begin; from < end; from += largestRange)
    pieces.push([from, Math.min(end, from + largestRange)]);
  return pieces;
}
