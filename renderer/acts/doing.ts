// Who does something, when and from where, and the row of history that says so. It decides nothing.
import type { Instant } from '../../preload/contract/ids';
import type { HistoryEntry } from '../../preload/contract/records';

export interface Doing {
  readonly at: Instant;
  readonly who: string;
  /** The machine, or the hub, from which it came. */
  readonly from?: string;
}

export function told<W extends string>(doing: Doing, what: W, detail: string): HistoryEntry {
  return {
    ...{ at: doing.at, what, who: doing.who.slice(0, 600), detail: detail.slice(0, 4000) },
    ...(doing.from === undefined ? {} : { from: doing.from.slice(0, 200) }),
  };
}
