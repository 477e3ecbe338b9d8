// How a figure of the signing bench is taken and told: medians, one JSON line a figure. It measures nothing itself.

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Peak memory of this process in MB. */
export const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

const round = (value, digits = 3) => Number(value.toFixed(digits));

/** Prints one figure. */
export function line(name, value, unit, against, ratio, runs, peakRssMb = peak()) {
  const figure = {
    name,
    value: round(value),
    unit,
    against: round(against),
    ratio: round(ratio),
    runs,
    peakRssMb,
  };
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

/**
 * Prints the figure of pairs that were measured one right after the other: the machine's mood is then in both, and the
 * ratio is the median of the pairs' own.
 */
export function pairedLine(name, pairs, unit, runs, peakRssMb) {
  const ratio = median(pairs.map(([ours, theirs]) => ours / theirs));
  const ours = median(pairs.map(([one]) => one));
  const theirs = median(pairs.map(([, other]) => other));
  line(name, ours, unit, theirs, ratio, runs, peakRssMb);
}
