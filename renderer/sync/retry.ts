// The one retry policy of the program: how long after a failed attempt the next one may be. Pure; chance is given.

export const shortestSeconds = 5;
export const longestSeconds = 15 * 60;

/**
 * Seconds until the next attempt after `attempts` failed ones: 5 s doubling to 15 min, the upper half by chance (`jitter`
 * from 0 to 1) so that desks do not come back all at once, and never before the hub's own Retry-After.
 */
export function retrySeconds(attempts: number, jitter: number, retryAfterSeconds: number | null): number {
  const doubled = Math.min(longestSeconds, shortestSeconds * 2 ** Math.min(20, Math.max(0, attempts - 1)));
  const spread = doubled * (0.5 + 0.5 * Math.min(1, Math.max(0, jitter)));
  const own = Math.max(shortestSeconds, spread);
  // A hub that asks for more than a day is misread rather than obeyed.
  const asked = retryAfterSeconds === null ? 0 : Math.min(86_400, Math.max(0, retryAfterSeconds));
  return Math.max(own, asked);
}
