// Signs many documents in one run for a window: what was signed before is recognised, the rest goes under one login, and
// every document is told as soon as it is settled. It decides no law and holds no PIN.
import type {
  BatchDocument,
  BatchFile,
  BatchId,
  BatchOutcome,
  BatchProgress,
  SignedFile,
} from '../../preload/contract/batch';
import { assert, Failure } from '../../preload/contract/failure';
import { type ActId, asInstant, asSha256, type DeskId, type Sha256 } from '../../preload/contract/ids';
import type { SigningRequest } from '../../preload/contract/signing-request';
import { type BatchState, type BatchStep, firstBatchState, nextBatchState, progressOf } from './batch-state';
import { createRunSwitch, type RunSwitch } from './run-control';
import type { SigningChecks } from './signing-checks';
import type { JobOutcome, RunEvents, SigningJob } from './signing-jobs';
import { type SigningParts, type SigningResult, signedFileOf } from './signing-parts';
import type { SigningRun } from './signing-run';

/** How long a login is kept while nobody signs. */
const pauseLimit = 5 * 60_000;

/** Where nothing is signed, none is needed. */
const noCertificate = asSha256('0'.repeat(64));

interface Running {
  state: BatchState;
  readonly control: RunSwitch;
}

/** A document whose open files are in the run; `before` are its files that were signed earlier. */
interface Part {
  readonly document: BatchDocument;
  readonly job: SigningJob;
  readonly before: ReadonlyMap<ActId, SigningResult>;
}

/** What the service is asked for one file: its place is found by rule, its words are main's own. */
function requestOf(documentId: DeskId, file: BatchFile, fingerprint: Sha256): SigningRequest {
  return {
    ...file,
    documentId,
    fingerprint,
    placement: null,
    title: '',
    pages: 0,
    number: '',
    issuedOn: null,
  };
}

function outcomeOf({ document, job, before }: Part, outcome: JobOutcome): BatchOutcome {
  const { documentId } = document;
  if (outcome.kind !== 'signed') return { kind: outcome.kind, documentId, code: outcome.failure.code };
  const fresh = new Map(job.requests.map(({ act }, index) => [act, outcome.results[index]]));
  const files = document.files.map(({ act }): SignedFile => {
    const done = before.get(act) ?? fresh.get(act);
    assert(done !== undefined, 'every file of a signed document has its result');
    return signedFileOf(done);
  });
  return { kind: 'signed', documentId, files };
}

/** Runs of many documents, one at a time. */
export function createBatches(
  parts: SigningParts,
  checks: SigningChecks,
  run: SigningRun,
  /** Nobody else speaks to the token while the work runs. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
) {
  let running: Running | null = null;

  function step(now: Running, change: BatchStep): void {
    now.state = nextBatchState(now.state, change);
    parts.tell('batch.progress', progressOf(now.state));
  }

  async function partOf(document: BatchDocument, fingerprint: Sha256): Promise<Part> {
    const before = new Map<ActId, SigningResult>();
    const requests: SigningRequest[] = [];
    for (const file of document.files) {
      const request = requestOf(document.documentId, file, fingerprint);
      const known = await checks.doneBefore(request);
      if (known !== null) before.set(file.act, known);
      // One act has one output, also where a file stands twice in the list.
      else if (!requests.some((one) => one.act === file.act)) requests.push(request);
    }
    return { document, job: { requests }, before };
  }

  function eventsOf(
    now: Running,
    partsOfRun: ReadonlyMap<SigningJob, Part>,
    settle: (one: BatchOutcome) => void,
  ) {
    const clock = (): number => parts.now().getTime();
    const filesDone = new Map<SigningJob, number>();
    const events: RunEvents = {
      preparing: (done, of) => step(now, { kind: 'prepared', done, of }),
      asking: (tasks) => step(now, { kind: 'asking', files: tasks.length }),
      begun: ({ request }) => step(now, { kind: 'begun', document: request.documentId, at: clock() }),
      finished({ job }) {
        filesDone.set(job, (filesDone.get(job) ?? 0) + 1);
        step(now, { kind: 'finished', at: clock() });
      },
      settled(job, outcome) {
        const part = partsOfRun.get(job);
        assert(part !== undefined, 'every job is a document of the run');
        const signed = outcome.kind === 'signed';
        const filesLost = outcome.kind === 'failed' ? job.requests.length - (filesDone.get(job) ?? 0) : 0;
        step(now, { kind: 'settled', signed, filesLost });
        settle(outcomeOf(part, outcome));
      },
    };
    return events;
  }

  async function runBatch(
    now: Running,
    documents: readonly BatchDocument[],
    fingerprint: Sha256,
  ): Promise<BatchOutcome[]> {
    const outcomes = new Map<DeskId, BatchOutcome>();
    const settle = (outcome: BatchOutcome): void => {
      outcomes.set(outcome.documentId, outcome);
      parts.tell('batch.outcome', { batch: now.state.batch, outcome });
    };
    const open = new Map<SigningJob, Part>();
    for (const document of documents) {
      const part = await partOf(document, fingerprint);
      if (part.job.requests.length > 0) open.set(part.job, part);
      else {
        step(now, { kind: 'settled', signed: true, filesLost: 0 });
        settle(outcomeOf(part, { kind: 'signed', results: [] }));
      }
    }
    const events = eventsOf(now, open, settle);
    await run.run({ jobs: [...open.keys()], fingerprint, control: now.control, events });
    return documents.map(({ documentId }) => {
      const outcome = outcomes.get(documentId);
      assert(outcome !== undefined, 'every document has its outcome');
      return outcome;
    });
  }

  function current(batch: BatchId): Running {
    if (running?.state.batch !== batch) throw new Failure('batch-over');
    return running;
  }

  return {
    /** Throws Failure `batch-running`, and our own mistakes; everything else is an outcome of a document. */
    async start(
      batch: BatchId,
      fingerprint: Sha256,
      documents: readonly BatchDocument[],
    ): Promise<BatchOutcome[]> {
      if (running !== null) throw new Failure('batch-running');
      const control = createRunSwitch(pauseLimit, parts.schedule);
      const now: Running = { state: firstBatchState(batch, documents.length), control };
      running = now;
      try {
        return await inTurn(() => runBatch(now, documents, fingerprint));
      } finally {
        control.stop(new Failure('batch-over'));
        running = null;
        step(now, { kind: 'over' });
      }
    },

    /** Only while signatures are made; before that there is nothing to wait for. */
    pause(batch: BatchId): void {
      const now = current(batch);
      if (now.state.phase !== 'signing') return;
      now.control.pause();
      const endsAt = asInstant(new Date(parts.now().getTime() + pauseLimit));
      step(now, { kind: 'paused', endsAt });
    },

    resume(batch: BatchId): void {
      const now = current(batch);
      now.control.resume();
      step(now, { kind: 'resumed', at: parts.now().getTime() });
    },

    cancel(batch: BatchId): void {
      current(batch).control.stop(new Failure('cancelled'));
    },

    running: (): BatchProgress | null => (running === null ? null : progressOf(running.state)),

    /** Documents whose every file was signed before; the others are left out. */
    async recover(documents: readonly BatchDocument[]): Promise<BatchOutcome[]> {
      const outcomes: BatchOutcome[] = [];
      for (const document of documents) {
        if (document.files.some(({ act }) => parts.memory.outputOf(act) === null)) continue;
        const part = await partOf(document, noCertificate);
        if (part.job.requests.length === 0) {
          outcomes.push(outcomeOf(part, { kind: 'signed', results: [] }));
        }
      }
      return outcomes;
    },
  };
}

export type Batches = ReturnType<typeof createBatches>;
