// Remembers which files ended the host that read them. It closes nothing out by itself; the client does.
import type { Code } from '../../preload/contract/codes';
import { asInstant } from '../../preload/contract/ids';
import type { Journal } from '../journal';

/** How often each file has ended a host. */
export interface Strikes {
  count(file: string): number;
  add(file: string, code: Code): Promise<void>;
}

/** Strikes of this run alone: for the command line. */
export function strikesInMemory(): Strikes {
  const counts = new Map<string, number>();
  return {
    count: (file) => counts.get(file) ?? 0,
    add: async (file) => {
      counts.set(file, (counts.get(file) ?? 0) + 1);
    },
  };
}

/** Strikes that outlive a restart: a crafted package must not end one host at every start. */
export function strikesInJournal(
  journal: Pick<Journal, 'append' | 'readerKillsOf'>,
  now: () => Date,
): Strikes {
  return {
    count: (file) => journal.readerKillsOf(file),
    add: async (file, code) => {
      await journal.append({ type: 'reader-killed', file, code, at: asInstant(now()) });
    },
  };
}
