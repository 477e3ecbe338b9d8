// Everything before the PIN: the gate of law over each document, then each file made ready and its hash listed. What law
// forbids is left out here, with why; nothing is signed and no PIN is asked.
import { createHash } from 'node:crypto';
import { type Failure, isFailure } from '../../preload/contract/failure';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest } from '../../preload/contract/signing-request';
import type { Signer } from '../signing';
import { createPreparedStore, type PreparedStore } from './prepared-store';
import type { RunControl } from './run-control';
import type { SigningChecks } from './signing-checks';
import type { JobOutcome, RunEvents, SigningJob, SigningTask } from './signing-jobs';
import { orderOf } from './signing-orders';
import type { SigningParts } from './signing-parts';

/** A document of the list with its files, as main saved them. */
export interface CheckedJob {
  readonly job: SigningJob;
  readonly documents: ReadonlyMap<SigningRequest, OutgoingDocument>;
}

/** True for what would be the same for every other file: the disk is full, not the document wrong. */
export function concernsAll({ code }: Failure): boolean {
  return code.startsWith('disk-') || code.startsWith('store-');
}

/** Thrown on when it is no Failure, or one that stops the whole run. */
function ownFault(error: unknown): Failure {
  if (!isFailure(error) || concernsAll(error)) throw error;
  return error;
}

export interface Freezing {
  readonly control: RunControl;
  readonly events: RunEvents;
  readonly settle: (job: SigningJob, outcome: JobOutcome) => void;
}

/** The two steps over the parts of the service. */
export function createFreeze(parts: SigningParts, checks: SigningChecks) {
  async function checkedJob(job: SigningJob): Promise<CheckedJob> {
    const documents = new Map<SigningRequest, OutgoingDocument>();
    for (const request of job.requests) documents.set(request, await checks.checkedDocument(request));
    return { job, documents };
  }

  async function taskOf(
    job: SigningJob,
    request: SigningRequest,
    document: OutgoingDocument,
    identity: Signer,
    at: Date,
    store: PreparedStore,
  ): Promise<SigningTask> {
    const image = await parts.image(request.role, identity.certificate);
    const placement = request.placement ?? (await parts.placeOf(request.role, request.input));
    const blanks = request.role === 'leader' ? await parts.blanksOf(request.input) : [];
    const order = { ...orderOf({ ...request, placement }, image, document, at), blanks };
    const { prepared, attributes } = await parts.prepare(request.input, order, identity);
    const { increment, ...rest } = prepared;
    const kept = await store.keep(increment);
    return {
      job,
      request,
      document,
      pages: await parts.pagesOf(request.input),
      hash: createHash('sha256').update(attributes).digest('hex'),
      attributes,
      ready: async () => ({ attributes, prepared: { ...rest, increment: await kept.take() } }),
      drop: kept.drop,
    };
  }

  return {
    /** The documents that law lets be signed. Throws why the run was stopped, and what stops every document. */
    async check(jobs: readonly SigningJob[], { control, events, settle }: Freezing): Promise<CheckedJob[]> {
      const checked: CheckedJob[] = [];
      for (const [index, job] of jobs.entries()) {
        const stop = await control.next();
        if (stop !== undefined) throw stop;
        try {
          checked.push(await checkedJob(job));
        } catch (error) {
          settle(job, { kind: 'refused', failure: ownFault(error) });
        }
        events.preparing(index + 1, jobs.length * 2);
      }
      return checked;
    },

    /**
     * Every file made ready. Increments beyond a budget lie sealed on the disk: the caller drops each task. Throws as
     * `check`, and drops what it made then.
     */
    async freeze(
      checked: readonly CheckedJob[],
      identity: Signer,
      at: Date,
      { control, events, settle }: Freezing,
    ): Promise<SigningTask[]> {
      const store = createPreparedStore(parts.blobs);
      const tasks: SigningTask[] = [];
      try {
        for (const [index, { job, documents }] of checked.entries()) {
          const stop = await control.next();
          if (stop !== undefined) throw stop;
          const own: SigningTask[] = [];
          try {
            for (const [request, document] of documents) {
              own.push(await taskOf(job, request, document, identity, at, store));
            }
            tasks.push(...own);
          } catch (error) {
            for (const task of own) await task.drop();
            settle(job, { kind: 'refused', failure: ownFault(error) });
          }
          events.preparing(checked.length + index + 1, checked.length * 2);
        }
        return tasks;
      } catch (error) {
        for (const task of tasks) await task.drop();
        throw error;
      }
    },
  };
}
