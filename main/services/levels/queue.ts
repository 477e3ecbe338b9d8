// Signed files on their way to their level, as data. Pure: events in, the next queue out; what is done about it is the runner's.
//
//   wanted ──▶ waiting ──── due and nothing else works ────▶ working ──── stepped (one more increment) ──┐
//                ▲  ▲                                        │ │ │ ▲                                    │
//                │  └─ failed: later, each time longer ◀─────┘ │ │ └────────────────────────────────────┘
//                │     (at once with network, resume, asked)   │ └─ reached: the level asked for
//   taken up again after a restart: waiting, due at once       └─── stopped: nothing makes it better
import type { Code } from '../../../preload/contract/codes';
import { assertNever } from '../../../preload/contract/failure';
import type { DeskId, Sha256 } from '../../../preload/contract/ids';
import type { LevelName } from '../../../preload/contract/levels';

export interface Job {
  /** The file as it was signed; the job's name. */
  readonly input: Sha256;
  readonly documentId: DeskId;
  /** The signed file first, the newest last. */
  readonly names: readonly Sha256[];
  readonly level: LevelName;
  readonly state: 'waiting' | 'working' | 'reached' | 'stopped';
  /** Why it waits or stopped. */
  readonly code: Code | null;
  /** Who refused, in its own words; '' where nobody answered with a refusal. */
  readonly said: string;
  /** Tries that failed since the last thing that went well. */
  readonly failures: number;
  /** All tries that ended, well or not. */
  readonly ended: number;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
}

export type Queue = ReadonlyMap<Sha256, Job>;

export type QueueEvent =
  | {
      readonly kind: 'wanted';
      readonly input: Sha256;
      readonly documentId: DeskId;
      readonly names: readonly Sha256[];
      readonly level: LevelName;
      readonly at: number;
    }
  /** The network is back, the machine woke up, or a person asked: of one document, or of all. */
  | { readonly kind: 'woken'; readonly documentId: DeskId | null; readonly at: number }
  | { readonly kind: 'started'; readonly input: Sha256 }
  | { readonly kind: 'stepped'; readonly input: Sha256; readonly output: Sha256; readonly level: LevelName }
  | {
      readonly kind: 'failed';
      readonly input: Sha256;
      readonly code: Code;
      readonly said: string;
      readonly at: number;
      /** From 0 to 1: machines that failed together do not come back together. */
      readonly chance: number;
      /** When an authority said that it may be asked again. */
      readonly notBefore: number | null;
    }
  | { readonly kind: 'reached'; readonly input: Sha256; readonly level: LevelName }
  | { readonly kind: 'stopped'; readonly input: Sha256; readonly code: Code };

const firstPause = 30_000;
const longestPause = 30 * 60_000;

/** Milliseconds until the next try: 30 s, 1, 2, 4 … at most 30 minutes, a fifth more or less. */
export function pauseAfter(failures: number, chance: number): number {
  const pause = Math.min(firstPause * 2 ** (failures - 1), longestPause);
  return Math.round(pause * (0.8 + 0.4 * chance));
}

function changed(queue: Queue, input: Sha256, change: (job: Job) => Partial<Job>): Queue {
  const job = queue.get(input);
  return job === undefined ? queue : new Map(queue).set(input, { ...job, ...change(job) });
}

/** The queue after an event. An event about a job that is not there changes nothing. */
export function afterEvent(queue: Queue, event: QueueEvent): Queue {
  switch (event.kind) {
    case 'wanted': {
      if (queue.has(event.input)) return queue;
      const { input, documentId, names, level, at } = event;
      const counts = { failures: 0, ended: 0, notBefore: at };
      return new Map(queue).set(input, {
        ...{ input, documentId, names, level },
        ...{ state: 'waiting', code: null, said: '' },
        ...counts,
      });
    }
    case 'woken': {
      const { documentId, at } = event;
      const woken = [...queue].map(([input, job]): [Sha256, Job] => {
        const meant = documentId === null || job.documentId === documentId;
        // An authority that limits its requests is not asked sooner by a network that comes back.
        const free = job.state === 'waiting' && job.code !== 'timestamp-limited';
        return [input, meant && free ? { ...job, failures: 0, notBefore: at } : job];
      });
      return new Map(woken);
    }
    case 'started':
      return changed(queue, event.input, () => ({ state: 'working' }));
    case 'stepped':
      return changed(queue, event.input, (job) => ({
        names: [...job.names, event.output],
        level: event.level,
        failures: 0,
      }));
    case 'failed':
      return changed(queue, event.input, (job) => {
        const failures = job.failures + 1;
        const notBefore = event.notBefore ?? event.at + pauseAfter(failures, event.chance);
        return {
          state: 'waiting',
          code: event.code,
          said: event.said,
          failures,
          ended: job.ended + 1,
          notBefore,
        };
      });
    case 'reached':
      return changed(queue, event.input, (job) => ({
        state: 'reached',
        level: event.level,
        code: null,
        said: '',
        ended: job.ended + 1,
      }));
    case 'stopped':
      return changed(queue, event.input, (job) => ({
        state: 'stopped',
        code: event.code,
        said: '',
        ended: job.ended + 1,
      }));
    default:
      return assertNever(event);
  }
}

/** The job to begin now: one works at a time, since authorities count and block. Oldest due first. */
export function dueJob(queue: Queue, now: number): Job | null {
  const jobs = [...queue.values()];
  if (jobs.some((job) => job.state === 'working')) return null;
  const due = jobs.filter((job) => job.state === 'waiting' && job.notBefore <= now);
  return due.sort((one, other) => one.notBefore - other.notBefore)[0] ?? null;
}

/** When the next waiting job is due, milliseconds since 1970; null when none waits. */
export function nextDue(queue: Queue): number | null {
  const times = [...queue.values()].filter((job) => job.state === 'waiting').map((job) => job.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

/** Documents that have something waiting or working, each once. */
export function waitingDocuments(queue: Queue): DeskId[] {
  const open = [...queue.values()].filter((job) => job.state === 'waiting' || job.state === 'working');
  return [...new Set(open.map((job) => job.documentId))];
}
