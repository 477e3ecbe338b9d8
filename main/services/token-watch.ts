// Looks at the tokens again and again and tells when what is plugged in has changed. Never while one is being used, and it
// asks no PIN.

import { isFailure } from '../../preload/contract/failure';
import type { SignerCard, SigningRole } from '../../preload/contract/signing-request';
import type { SigningService } from './signing';

/** Milliseconds between two looks at quick drivers. */
const shortest = 2000;

/** A driver that takes long to answer is left in peace for this many times as long, but a device must be seen again soon. */
const peace = 5;
const longest = 10_000;

export interface WatchClock {
  readonly now: () => number;
  /** Runs once after a time; returns how to call it off. */
  readonly after: (run: () => void, milliseconds: number) => () => void;
}

const realClock: WatchClock = {
  now: () => performance.now(),
  after: (run, milliseconds) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Starts the watch; returns its end. The first look is told always. */
export function watchTokens(
  signing: Pick<SigningService, 'signers' | 'busy' | 'onLook'>,
  role: SigningRole,
  tell: (signers: SignerCard[]) => void,
  clock: WatchClock = realClock,
): () => void {
  let last = '';
  let over = false;
  let callOff = (): void => undefined;

  // Somebody else's look showed another state, and a window may have been answered with it: whatever is seen next is told.
  const unlisten = signing.onLook((cardsFor) => {
    if (JSON.stringify(cardsFor(role)) !== last) last = '';
  });

  async function look(): Promise<void> {
    if (signing.busy()) return;
    try {
      const signers = await signing.signers(role);
      const now = JSON.stringify(signers);
      if (now !== last && !over) tell(signers);
      last = now;
    } catch (error) {
      // A driver that cannot be read now is looked at again; the signing itself says what is wrong.
      if (!isFailure(error)) throw error;
    }
  }

  function plan(milliseconds: number): void {
    if (over) return;
    callOff = clock.after(() => {
      const began = clock.now();
      void look().finally(() => {
        plan(Math.min(longest, Math.max(shortest, peace * (clock.now() - began))));
      });
    }, milliseconds);
  }

  plan(shortest);
  return () => {
    over = true;
    unlisten();
    callOff();
  };
}
