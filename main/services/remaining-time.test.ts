import { describe, expect, it } from 'vitest';
import { noPace, remainingSeconds, withSignature } from './remaining-time';

const paceOf = (...times: readonly number[]) => times.reduce(withSignature, noPace);

describe('the remaining time', () => {
  it('is not said before three signatures are done', () => {
    expect(remainingSeconds(paceOf(), 10)).toBeNull();
    expect(remainingSeconds(paceOf(400, 400), 10)).toBeNull();
    expect(remainingSeconds(paceOf(400, 400, 400), 10)).toBe(4);
  });

  it('is nothing when nothing is left', () => {
    expect(remainingSeconds(noPace, 0)).toBe(0);
  });

  it('is not moved by one signature that took long', () => {
    expect(remainingSeconds(paceOf(400, 400, 400, 400, 30_000), 100)).toBe(40);
  });

  it('follows the last twenty signatures, not the first of the run', () => {
    const slowThenFast = paceOf(...Array<number>(50).fill(2000), ...Array<number>(20).fill(400));
    expect(remainingSeconds(slowThenFast, 100)).toBe(40);
  });
});
