// Raises signed files to their level by itself: jobs out of the journal, one at a time, woken by network, resume, time or a
// person. It never holds a signature back, and never changes a byte that is signed or sent.
import { assert, codeOf, Failure } from '../../../preload/contract/failure';
import { asInstant, type DeskId, type Sha256 } from '../../../preload/contract/ids';
import type { LevelJob, LevelName, LevelsPolicy } from '../../../preload/contract/levels';
import { levelName } from '../../../preload/contract/levels';
import { type Level, StampRefused } from '../../signing';
import { type ClimbParts, climb, isFinal } from './climb';
import {
  afterEvent,
  dueJob,
  type Job,
  nextDue,
  type Queue,
  type QueueEvent,
  waitingDocuments,
} from './queue';
import { StampLimited } from './stamps';

/** What of the journal it needs. */
export interface LevelMemory {
  raises(): readonly {
    readonly input: Sha256;
    readonly documentId: DeskId;
    readonly names: readonly Sha256[];
    readonly level: string;
    readonly ended: string | null;
  }[];
  wanted(input: Sha256, documentId: DeskId, level: LevelName): Promise<void>;
  raised(input: Sha256, output: Sha256, level: LevelName): Promise<void>;
  ended(input: Sha256, code: string): Promise<void>;
}

export interface LevelParts extends Omit<ClimbParts, 'reached'> {
  readonly policy: LevelsPolicy & { readonly target: Level; readonly trySeconds: number };
  readonly memory: LevelMemory;
  /** Tells the windows which documents changed and how many still wait. */
  readonly changed: (documents: readonly DeskId[], waiting: number) => void;
  /** True while somebody signs: the reading host is theirs then. */
  readonly busy: () => boolean;
  readonly report: (code: string, detail: string) => void;
  readonly now: () => Date;
  readonly chance: () => number;
  /** Calls back once; returns the cancel. */
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
}

/** Timers of a machine that slept are late; looking again costs nothing. */
const longestTimer = 10 * 60_000;
/** Ended jobs that a window which opens is told of. */
const mostEnded = 1000;
/** Looked again while a signature is being made. */
const whileBusy = 500;

function levelIn(text: string): LevelName {
  const parsed = levelName.safeParse(text);
  return parsed.success ? parsed.data : 'none';
}

/** The queue as the journal has it: what had not ended waits, due at once. */
function remembered(parts: LevelParts): Queue {
  let queue: Queue = new Map();
  const at = parts.now().getTime();
  const tell = (event: QueueEvent): void => {
    queue = afterEvent(queue, event);
  };
  for (const { input, documentId, names, level, ended } of parts.memory.raises()) {
    tell({ kind: 'wanted', input, documentId, names, level: levelIn(level), at });
    if (ended === '') tell({ kind: 'reached', input, level: levelIn(level) });
    else if (ended !== null) tell({ kind: 'stopped', input, code: codeOf(new Failure(ended as 'internal')) });
  }
  return queue;
}

export function createLevels(parts: LevelParts) {
  const { policy, memory, now } = parts;
  let queue = remembered(parts);
  let cancelTimer: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let closed = false;
  const listeners = new Set<() => void>();

  /** Nobody waits for what nobody is asked for. */
  const waiting = (): number => (policy.enabled ? waitingDocuments(queue).length : 0);

  function tell(event: QueueEvent): void {
    const before = queue;
    queue = afterEvent(queue, event);
    if (queue === before) return;
    const documents = new Set<DeskId>();
    for (const [input, job] of queue) if (before.get(input) !== job) documents.add(job.documentId);
    parts.changed([...documents], waiting());
    for (const listener of [...listeners]) listener();
  }

  async function work(job: Job): Promise<void> {
    const { input } = job;
    const file = job.names.at(-1);
    assert(file !== undefined, 'a job has at least the signed file');
    tell({ kind: 'started', input });
    try {
      const level = await climb(file, policy.target, {
        ...parts,
        reached: async (output, reachedLevel) => {
          await memory.raised(input, output, reachedLevel);
          tell({ kind: 'stepped', input, output, level: reachedLevel });
        },
      });
      await memory.ended(input, '');
      tell({ kind: 'reached', input, level });
    } catch (error) {
      const code = codeOf(error);
      parts.report(code, error instanceof Error ? error.message : String(error));
      if (isFinal(code)) {
        await memory.ended(input, code);
        tell({ kind: 'stopped', input, code });
        return;
      }
      const notBefore = error instanceof StampLimited ? error.notBefore : null;
      const said = error instanceof StampRefused ? error.said : '';
      const at = now().getTime();
      tell({ kind: 'failed', input, code, said, at, chance: parts.chance(), notBefore });
    }
  }

  function pump(): void {
    cancelTimer();
    if (closed || !policy.enabled || running !== null) return;
    const job = dueJob(queue, now().getTime());
    if (job !== null && parts.busy()) {
      cancelTimer = parts.schedule(whileBusy, pump);
      return;
    }
    if (job !== null) {
      running = work(job)
        // Only the journal can fail here: the job is as it was and is taken up again at the next start.
        .catch((error: unknown) => {
          parts.report(codeOf(error), String(error));
          closed = true;
        })
        .finally(() => {
          running = null;
          pump();
        });
      return;
    }
    const due = nextDue(queue);
    if (due === null) return;
    const wait = Math.min(Math.max(due - now().getTime(), 250), longestTimer);
    cancelTimer = parts.schedule(wait, pump);
  }

  const jobsOf = (documentId: DeskId): Job[] =>
    [...queue.values()].filter((job) => job.documentId === documentId);

  /** Resolves when `holds`, or after so many milliseconds. */
  function until(holds: () => boolean, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (holds() || closed) finish();
      };
      const finish = (): void => {
        cancel();
        listeners.delete(look);
        resolve();
      };
      const cancel = parts.schedule(milliseconds, finish);
      listeners.add(look);
      look();
    });
  }

  function shown(job: Job): LevelJob {
    const { documentId, input, names, level, state, code } = job;
    const notBefore = state === 'waiting' ? asInstant(new Date(job.notBefore)) : null;
    return {
      documentId,
      input,
      names: [...names],
      level,
      target: policy.target,
      state,
      code,
      said: job.said,
      notBefore,
    };
  }

  return {
    policy,

    /** Begins with what the journal has. */
    start: pump,

    /**
     * A file was signed; the same file asked again is the same job. Resolves when it is in the journal, also where no
     * authority is named yet: it is raised once there is one.
     */
    async want(documentId: DeskId, input: Sha256, level: LevelName): Promise<void> {
      if (policy.target === 'B-B' || queue.has(input)) return;
      await memory.wanted(input, documentId, level);
      tell({ kind: 'wanted', input, documentId, names: [input], level, at: now().getTime() });
      pump();
    },

    /** Network, resume or a person: what waits is due now. */
    wake(documentId: DeskId | null): void {
      tell({ kind: 'woken', documentId, at: now().getTime() });
      pump();
    },

    /** How many documents wait. */
    waiting,

    /** Of one document; of all only what is under way and the last that ended: older ones are the ledger's already. */
    jobs(documentId: DeskId | null): LevelJob[] {
      if (documentId !== null) return jobsOf(documentId).map(shown);
      const isOpen = (job: Job): boolean => job.state === 'waiting' || job.state === 'working';
      const all = [...queue.values()];
      const ended = all.filter((job) => !isOpen(job)).slice(-mostEnded);
      return [...ended, ...all.filter(isOpen)].map(shown);
    },

    /** The newest file that came of a signed one; null when there is no such job. */
    newest: (input: Sha256): Sha256 | null => queue.get(input)?.names.at(-1) ?? null,

    /**
     * Before a package is frozen: gives a document's files the time that policy allows. It never throws and never waits
     * longer than that, whatever authorities do.
     */
    async settle(documentId: DeskId): Promise<void> {
      if (!policy.enabled || policy.beforeSending === 'off') return;
      const before = new Map(jobsOf(documentId).map((job) => [job.input, job.ended]));
      this.wake(documentId);
      const isOver = (job: Job): boolean =>
        job.state === 'reached' ||
        job.state === 'stopped' ||
        job.code === 'timestamp-limited' ||
        (job.state === 'waiting' && job.ended > (before.get(job.input) ?? 0));
      await until(() => jobsOf(documentId).every(isOver), policy.trySeconds * 1000);
    },

    /** Refuses files below the level where policy requires it. Throws Failure `level-required`. */
    demand(files: readonly Sha256[]): void {
      if (!policy.enabled || policy.beforeSending !== 'required') return;
      for (const job of queue.values()) {
        const at = job.names.findIndex((name) => files.includes(name));
        if (at === -1) continue;
        if (job.state !== 'reached' || at !== job.names.length - 1) {
          throw new Failure('level-required', `${job.level} ${job.code ?? ''}`);
        }
      }
    },

    /** Ends after the step under way is on the disk or given up; what had not ended goes on at the next start. */
    close(): void {
      closed = true;
      cancelTimer();
      for (const listener of [...listeners]) listener();
    },
  };
}

export type LevelService = ReturnType<typeof createLevels>;
