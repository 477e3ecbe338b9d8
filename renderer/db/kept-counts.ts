// Keeps the numbers of the left pane and of the foot: counted once, then carried along by the saves of this window. What anybody
// else writes (another window, the start-up) makes it count anew. It writes nothing.
//
//   nobody asks ──subscribe──▶ counting ──▶ kept ──a save of this window──▶ kept, carried along
//                                  ▲          │ somebody else wrote, or another day
//                                  └──paced───┘
import { Dexie, type ObservabilitySet } from 'dexie';
import type { Day } from '../../preload/contract/ids';
import type { Live } from '../ledger';
import { type Counts, carried, countAll, type Shift } from './counts';
import type { LedgerDatabase } from './schema';

/** The saves of this window. */
export interface OwnWrites {
  /** Called with what a save wrote, before anything else is written. */
  onWritten(listener: (puts: unknown, shifts: readonly Shift[]) => void): () => void;
  /** Runs a reading while no save of this window writes. */
  between<T>(reading: () => Promise<T>): Promise<T>;
}

/** What a writer's notice and its own word are apart by, at most; longer than that, the notice was another writer's. */
const settleMs = 20;
/** Between two countings: this long, or so many times what the last one took, but never longer than `longestPause`. */
const shortestPause = 300;
const share = 16;
const longestPause = 3000;

const counted = ['incoming', 'outgoing', 'outbox'] as const;

type Listener = {
  readonly next: (counts: Counts) => void;
  readonly failed: ((error: unknown) => void) | undefined;
};

export function createKeptCounts(
  database: LedgerDatabase,
  writes: OwnWrites,
  today: () => Day,
): Live<Counts> {
  const partsOf = (table: string) => `idb://${database.name}/${table}/`;
  const listeners = new Set<Listener>();
  let kept: { readonly counts: Counts; readonly day: Day } | null = null;
  /** Notices of writing that no save of this window has owned up to. */
  let foreign = 0;
  /** The counting under way. One of before everybody left is none any more: nobody listened to what was written meanwhile. */
  let counting: object | null = null;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopListening: (() => void) | null = null;

  /** Whoever fails over what is told hears of it alone: the others are told, and a save goes on to the journal. */
  function tellOne({ next, failed }: Listener, counts: Counts): void {
    try {
      next(counts);
    } catch (error) {
      failed?.(error);
    }
  }

  function tell(counts: Counts): void {
    for (const listener of [...listeners]) tellOne(listener, counts);
  }

  async function count(): Promise<void> {
    const mine = {};
    counting = mine;
    try {
      await writes.between(async () => {
        if (counting !== mine) return;
        // Whatever is noticed from here on may be in it or not.
        foreign = 0;
        const day = today();
        // What it waited for the saves before it costs nobody anything.
        const began = performance.now();
        const counts = await countAll(database, day);
        const ended = performance.now();
        notBefore = ended + Math.min(longestPause, Math.max(shortestPause, share * (ended - began)));
        if (counting === mine) kept = { counts, day };
      });
      if (counting !== mine) return;
      // Saves may have gone on since, and have been carried along.
      if (kept !== null) tell(kept.counts);
    } catch (error) {
      if (counting !== mine) return;
      // A newer program may have closed it: then the last numbers stay, and the foot goes on saying why.
      if (database.isOpen()) {
        kept = null;
        for (const { failed } of [...listeners]) failed?.(error);
      }
    }
    // Whoever was told may have been the last one and have left.
    if (counting !== mine) return;
    counting = null;
    if (foreign > 0) countSoon();
  }

  function countSoon(): void {
    if (timer !== null || counting !== null || listeners.size === 0) return;
    const wait = Math.max(settleMs, notBefore - performance.now());
    timer = setTimeout(() => {
      timer = null;
      const isStale = foreign > 0 || kept === null || kept.day !== today();
      if (isStale && counting === null) void count();
    }, wait);
  }

  function noticed(parts: ObservabilitySet): void {
    if (counted.some((table) => partsOf(table) in parts)) {
      foreign += 1;
      countSoon();
    }
    // Each synchronisation says so there: the day may have changed with no row having changed.
    if (partsOf('cursor') in parts && kept !== null && kept.day !== today()) countSoon();
  }

  function written(shifts: readonly Shift[]): void {
    if (shifts.length === 0) return;
    foreign -= 1;
    if (kept === null) return;
    kept = { ...kept, counts: carried(kept.counts, shifts, kept.day) };
    tell(kept.counts);
  }

  function listen(): () => void {
    Dexie.on('storagemutated', noticed);
    const stopWritten = writes.onWritten((_, shifts) => written(shifts));
    return () => {
      Dexie.on.storagemutated.unsubscribe(noticed);
      stopWritten();
      if (timer !== null) clearTimeout(timer);
      timer = null;
      counting = null;
      kept = null;
    };
  }

  return {
    subscribe(next, failed) {
      const listener: Listener = { next, failed };
      listeners.add(listener);
      stopListening ??= listen();
      if (kept !== null && kept.day === today()) tellOne(listener, kept.counts);
      else if (counting === null) void count();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopListening?.();
        stopListening = null;
      };
    },
  };
}
