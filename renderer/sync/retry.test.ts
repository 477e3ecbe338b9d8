import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestSeconds, retrySeconds, shortestSeconds } from './retry';

it('waits between 5 seconds and 15 minutes, longer each time, and never shorter than the hub asks', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(fc.nat(1_000_000)),
      (attempts, jitter, asked) => {
        const own = retrySeconds(attempts, jitter, null);
        expect(own).toBeGreaterThanOrEqual(shortestSeconds);
        expect(own).toBeLessThanOrEqual(longestSeconds);
        expect(retrySeconds(attempts + 1, jitter, null)).toBeGreaterThanOrEqual(own);
        expect(retrySeconds(attempts, jitter, asked)).toBeGreaterThanOrEqual(Math.min(asked ?? 0, 86_400));
      },
    ),
  );
  expect([1, 2, 3, 20].map((attempts) => retrySeconds(attempts, 1, null))).toEqual([5, 10, 20, 900]);
});
