// How a figure is told: medians of pairs, one JSON line a figure. It measures nothing itself.

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const round = (value: number): number => Number(value.toFixed(3));

/** Prints one figure; `limit` is what `ratio` is to stay below. */
export function line(name: string, figure: Readonly<Record<string, number | string>>): void {
  const told = Object.entries(figure).map(([key, value]) => [
    key,
    typeof value === 'number' ? round(value) : value,
  ]);
  process.stdout.write(`${JSON.stringify({ name, ...Object.fromEntries(told) })}\n`);
}

/**
 * Prints the figure of pairs [ours, theirs] measured one right after the other: the machine's mood is then in both, and the
 * ratio is the median of the pairs' own.
 */
export function pairedLine(name: string, pairs: readonly (readonly [number, number])[], limit: number): void {
  line(name, {
    value: median(pairs.map(([one]) => one)),
    unit: 'ms',
    against: median(pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([one, other]) => one / other)),
    limit,
    runs: pairs.length,
  });
}
