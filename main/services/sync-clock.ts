// When to synchronise: start, an interval, the network's return, resume from sleep. It asks for a tick and does nothing else;
// what is due is the ledger's decision.

export type TickReason = 'start' | 'interval' | 'network' | 'resume' | 'act' | 'asked';

export interface ClockParts {
  readonly everySeconds: number;
  readonly tick: (reason: TickReason) => void;
  readonly isOnline: () => boolean;
  readonly setTimer: (run: () => void, milliseconds: number) => () => void;
}

/** How often the operating system is asked whether there is a network, milliseconds. */
const networkLook = 5000;

/** Starts the clock; returns its end. */
export function startClock(parts: ClockParts): () => void {
  let online = parts.isOnline();
  const stopInterval = parts.setTimer(() => parts.tick('interval'), parts.everySeconds * 1000);
  const stopNetwork = parts.setTimer(() => {
    const now = parts.isOnline();
    if (now && !online) parts.tick('network');
    online = now;
  }, networkLook);
  return () => {
    stopInterval();
    stopNetwork();
  };
}
