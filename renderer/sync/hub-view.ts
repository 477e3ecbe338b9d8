// What is known of the hub: whether the last attempt reached it, and when everything was last read. It asks nothing.
import type { HubAnswer } from '../../preload/contract/calls';
import type { Instant } from '../../preload/contract/ids';
import { type Cell, createCell } from '../db/live';

export interface HubView {
  readonly hub: 'online' | 'offline' | 'never';
  readonly hubCode: string | null;
  readonly lastSync: Instant | null;
  /** Entries of the hub's last lists that have no name to be fetched by. */
  readonly unlisted: number;
  readonly syncing: boolean;
  readonly leader: boolean;
}

export type HubCell = Cell<HubView>;

export function createHubCell(): HubCell {
  return createCell<HubView>({
    ...{ hub: 'never', hubCode: null, lastSync: null, unlisted: 0, syncing: false, leader: false },
  });
}

/** Says nothing where nothing is new: each of hundreds of answers would have the foot drawn again. */
export function change(cell: HubCell, part: Partial<HubView>): void {
  const before = cell.get();
  const after = { ...before, ...part };
  const names = Object.keys(after) as (keyof HubView)[];
  if (names.some((name) => after[name] !== before[name])) cell.set(after);
}

/** Any answer of the hub's own shows that it is there; `not-sent` and `unknown` show that it is not. */
export function noteAnswer(cell: HubCell, answer: HubAnswer): void {
  const reached = answer.kind === 'accepted' || answer.kind === 'refused';
  if (reached) change(cell, { hub: 'online', hubCode: null });
  else change(cell, { hub: cell.get().lastSync === null ? 'never' : 'offline', hubCode: answer.code });
}
