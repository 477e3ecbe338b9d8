// The repository of places where files were left: one sealed row, so that the disk does not tell what was read. All of it can be
// lost; what cannot be opened counts as nothing.
import { z } from 'zod';
import { type Sha256, sha256 } from '../../preload/contract/ids';
import { type ReadingPlace, type ReadingPlaces, readingPlace } from '../ledger-places';
import type { LedgerDatabase } from './schema';
import type { Sealer } from './sealing';

const key = 'reading-places';
/** The files read last; older ones begin at their first page again. */
const mostFiles = 300;
/** A turn of pages is many changes. */
const pauseMilliseconds = 1500;

const stored = z.array(z.tuple([sha256, readingPlace])).max(mostFiles);

export interface StoredPlaces extends ReadingPlaces {
  /** Reads what was stored; until then nothing is known. */
  load(): Promise<void>;
  /** Stores what still waits. */
  flush(): Promise<void>;
}

/** `schedule` runs something later and gives how to stop it. */
export function createReadingPlaces(
  database: Pick<LedgerDatabase, 'directory'>,
  sealer: Pick<Sealer, 'seal' | 'open'>,
  schedule: (milliseconds: number, run: () => void) => () => void,
): StoredPlaces {
  const places = new Map<Sha256, ReadingPlace>();
  let waiting = false;
  let stop: () => void = () => undefined;

  async function store(): Promise<void> {
    waiting = false;
    const sealed = await sealer.seal('directory', key, [...places]);
    await database.directory.put({ key, sealed });
  }

  return {
    get: (file) => places.get(file),
    put(file, place) {
      places.delete(file);
      places.set(file, place);
      const [oldest] = places.keys();
      if (places.size > mostFiles && oldest !== undefined) places.delete(oldest);
      if (waiting) return;
      waiting = true;
      // A place that could not be stored is kept for this window, and tried again with the next one.
      stop = schedule(pauseMilliseconds, () => void store().catch(() => undefined));
    },
    async load() {
      const found = await database.directory.get(key);
      if (found === undefined) return;
      const opened = await sealer.open('directory', key, found.sealed);
      const parsed = opened.ok ? stored.safeParse(opened.value) : undefined;
      if (parsed?.success !== true) return;
      // What was read in this window already is newer.
      for (const [file, place] of parsed.data) if (!places.has(file)) places.set(file, place);
    },
    async flush() {
      stop();
      if (waiting) await store();
    },
  };
}
