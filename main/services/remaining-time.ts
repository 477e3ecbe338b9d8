// How long the rest of a run of signatures will take, from how long the last ones took. Pure.

/** So many of the last signatures count: a token's pace changes little, a machine's load does. */
const remembered = 20;
/** Before so many are done, nothing is said: the first signature of a session is slower than the others. */
const fewest = 3;

export interface Pace {
  /** Milliseconds of the last signatures, oldest first. */
  readonly lately: readonly number[];
}

export const noPace: Pace = { lately: [] };

/** The pace after one more signature, which took `milliseconds` without any pause in it. */
export function withSignature(pace: Pace, milliseconds: number): Pace {
  return { lately: [...pace.lately, Math.max(0, milliseconds)].slice(-remembered) };
}

/** Whole seconds for `left` more signatures, or null while too little is known. One slow signature alone moves nothing. */
export function remainingSeconds({ lately }: Pace, left: number): number | null {
  if (left <= 0) return 0;
  if (lately.length < fewest) return null;
  const sorted = [...lately].sort((a, b) => a - b);
  const usual = sorted.slice(0, Math.max(fewest, sorted.length - 1));
  const mean = usual.reduce((sum, one) => sum + one, 0) / usual.length;
  return Math.ceil((mean * left) / 1000);
}
