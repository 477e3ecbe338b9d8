// Threads of notes: which note a thread begins with. Pure; it knows neither files nor pages.

/**
 * The first note of each one's thread: itself where it answers none of these, undefined where the thread leads back to itself.
 * `answered` gives the note that one answers, or undefined.
 */
export function threadFirsts<T>(
  all: readonly T[],
  answered: (one: T) => T | undefined,
): ReadonlyMap<T, T | undefined> {
  const firsts = new Map<T, T | undefined>();
  for (const one of all) {
    const way = new Set<T>();
    let current = one;
    let first: T | undefined;
    // Each note is passed once over all ways: a file may hold one thread of thousands.
    for (;;) {
      if (firsts.has(current)) {
        first = firsts.get(current);
        break;
      }
      if (way.has(current)) break;
      way.add(current);
      const next = answered(current);
      if (next === undefined) {
        first = current;
        break;
      }
      current = next;
    }
    for (const passed of way) firsts.set(passed, first);
  }
  return firsts;
}
