// Cuts byte ranges to what main answers. Pure.

/** Main answers at most 1 MiB in one 206. */
export const largestRange = 1 << 20;

/** pdf.js asks for whole chunks of this size, the last one shorter. */
export const chunkSize = 65_536;

/** From the beginning so much is read before it is asked for: most files are not longer, and most others begin with their first page. */
const aheadSize = 1 << 20;
const aheadPiece = 1 << 18;

/** Half-open. */
export type ByteRange = readonly [number, number];

/**
 * What every file is asked for first: its first chunk, its last one, where the table of its objects is said to be, and what follows
 * the first.
 */
export function firstAsked(size: number): {
  readonly head: ByteRange;
  readonly tail: ByteRange | null;
  /** One after another, up to the last chunk at most. */
  readonly ahead: readonly ByteRange[];
} {
  const last = Math.floor(Math.max(0, size - 1) / chunkSize) * chunkSize;
  const head: ByteRange = [0, Math.min(size, chunkSize)];
  const ahead = piecesOf(chunkSize, Math.min(last, aheadSize), aheadPiece);
  return { head, tail: last === 0 ? null : [last, size], ahead };
}

/** Half-open pieces of [begin, end), each at most 1 MiB, in order. */
export function splitRange(begin: number, end: number): ByteRange[] {
  return piecesOf(begin, end, largestRange);
}

function piecesOf(begin: number, end: number, largest: number): ByteRange[] {
  const pieces: ByteRange[] = [];
  for (let from = begin; from < end; from += largest) pieces.push([from, Math.min(end, from + largest)]);
  return pieces;
}
