import { describe, expect, it } from 'vitest';
import { startClock, type TickReason } from './sync-clock';

describe('the clock of synchronising', () => {
  it('ticks at its interval and when the network comes back, not while it stays away', () => {
    const ticks: TickReason[] = [];
    const timers = new Map<number, () => void>();
    let online = false;
    const stop = startClock({
      everySeconds: 60,
      tick: (reason) => ticks.push(reason),
      isOnline: () => online,
      setTimer: (run, milliseconds) => {
        timers.set(milliseconds, run);
        return () => timers.delete(milliseconds);
      },
    });
    timers.get(60_000)?.();
    timers.get(5000)?.();
    online = true;
    timers.get(5000)?.();
    timers.get(5000)?.();
    expect(ticks).toEqual(['interval', 'network']);
    stop();
    expect(timers.size).toBe(0);
  });
});
