// How one file is being read: zoom, turn, spread, page, what stands beside. Kept for the file, also over a restart, so that a
// document looked at again is where it was left. It draws nothing.
import { useCallback, useEffect } from 'react';
import type { Sha256 } from '../../preload/contract/ids';
import { useDesk } from '../app/desk';
import { useKept } from '../app/kept';
import { type Spread, type Turn, turnedBy, type ZoomChoice } from './layout';
import type { SideTab } from './side-panel';

export interface Reading {
  readonly zoom: ZoomChoice;
  readonly turn: Turn;
  readonly spread: Spread;
  /** The page at which the file was left, from 1. */
  readonly page: number;
  readonly side: SideTab | null;
}

export interface ReadingControls {
  readonly reading: Reading;
  readonly change: (part: Partial<Reading>) => void;
  readonly turnBy: (by: 1 | -1) => void;
}

/** How a file is read first: as it was left, or from its beginning. */
export function firstReading(left: Partial<Reading> | undefined, zoom: ZoomChoice): Reading {
  return { ...{ zoom, turn: 0, spread: 'one', page: 1, ...left }, side: null };
}

export function useReading(sha256: Sha256, zoom: ZoomChoice): ReadingControls {
  const { places } = useDesk().ledger;
  const [reading, set] = useKept<Reading>(`viewer:${sha256}`, 'reading', () =>
    firstReading(places.get(sha256), zoom),
  );
  const change = useCallback((part: Partial<Reading>) => set((now) => ({ ...now, ...part })), [set]);
  const turnBy = useCallback((by: 1 | -1) => set((now) => ({ ...now, turn: turnedBy(now.turn, by) })), [set]);
  return { reading, change, turnBy };
}

/** Keeps the place of the shown file over a restart. */
export function useStoredPlace(sha256: Sha256, { zoom, turn, spread, page }: Reading): void {
  const { places } = useDesk().ledger;
  useEffect(
    () => places.put(sha256, { zoom, turn, spread, page }),
    [places, sha256, zoom, turn, spread, page],
  );
}
