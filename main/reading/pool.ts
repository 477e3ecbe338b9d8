// Several reading hosts behind one door, so that one slow file keeps nobody waiting. The second starts when the first is busy and
// ends after a while without work; each job is alone in its host all the same. It parses nothing and knows no job.
import type { HostProcess } from '../runtime/host-process';
import { type JobOrder, ReadingClient, type ReadingLimits } from './client';
import type { JobAnswer, JobName } from './protocol';
import { type Strikes, strikesInMemory } from './strikes';

/** What runs jobs of the reading host: see `ReadingClient.run` for what it throws. */
export interface ReadingRunner {
  run<N extends JobName>(order: JobOrder<N>): Promise<JobAnswer<N>>;
  close(): void;
}

export interface PoolOptions {
  readonly startHost: () => HostProcess;
  readonly strikes?: Strikes;
  readonly limits?: Partial<ReadingLimits>;
  readonly hosts?: number;
  /** How long a host beyond the first is kept without work. */
  readonly idleMilliseconds?: number;
}

interface Place {
  readonly client: ReadingClient;
  jobs: number;
  idle: NodeJS.Timeout | null;
}

export function createReadingPool(options: PoolOptions): ReadingRunner {
  const strikes = options.strikes ?? strikesInMemory();
  const places: readonly Place[] = Array.from({ length: options.hosts ?? 2 }, () => ({
    client: new ReadingClient(options.startHost, strikes, options.limits),
    jobs: 0,
    idle: null,
  }));
  const idleMilliseconds = options.idleMilliseconds ?? 30_000;

  /** The first that is free, else the one with the least before it. */
  function freest(): Place {
    return places.reduce((best, place) => (place.jobs < best.jobs ? place : best));
  }

  function rest(place: Place): void {
    if (place.idle !== null) clearTimeout(place.idle);
    place.idle = null;
    if (place.jobs > 0 || place === places[0]) return;
    place.idle = setTimeout(() => place.client.close(), idleMilliseconds);
    place.idle.unref();
  }

  return {
    async run(order) {
      const place = freest();
      place.jobs += 1;
      rest(place);
      try {
        return await place.client.run(order);
      } finally {
        place.jobs -= 1;
        rest(place);
      }
    },
    close() {
      for (const place of places) {
        if (place.idle !== null) clearTimeout(place.idle);
        place.client.close();
      }
    },
  };
}
