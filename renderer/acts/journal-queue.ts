// What is in the ledger and on its way to main's journal: in the order it was written, one call at a time, and kept after a
// failure until it is there. It writes no ledger row.
import { mostPuts } from '../../preload/contract/journal-puts';
import type { LedgerPut } from '../../preload/contract/records';

export interface JournalQueue {
  /** Puts these behind what waits; resolves once everything that waits is durable. Rejects with the journal's Failure. */
  add(puts: readonly LedgerPut[]): Promise<void>;
  /** True after a failure, until what was left has been put. */
  readonly isBehind: boolean;
  readonly isEmpty: boolean;
}

/** @param put one durable call; rejects when the disk or the journal says no */
export function createJournalQueue(put: (puts: readonly LedgerPut[]) => Promise<unknown>): JournalQueue {
  let waiting: readonly LedgerPut[] = [];
  let running: Promise<void> | null = null;
  let isBehind = false;

  async function run(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const next = waiting.slice(0, mostPuts);
        await put(next);
        waiting = waiting.slice(next.length);
      }
      isBehind = false;
    } catch (error) {
      isBehind = true;
      throw error;
    } finally {
      running = null;
    }
  }

  return {
    add(puts) {
      waiting = [...waiting, ...puts];
      // An empty run would be over before it could be remembered as running.
      if (waiting.length === 0) return Promise.resolve();
      running ??= run();
      return running;
    },
    get isBehind() {
      return isBehind;
    },
    get isEmpty() {
      return waiting.length === 0;
    },
  };
}
