// The line of signatures under one login: while the chip works on one file, the one before is written, fsynced and verified
// and the next is made ready. It asks for no PIN and signs nothing outside its frozen list.
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Failure } from '../../preload/contract/failure';
import { completeSignature, type KnownSigner, knownSigner, type ReadyToSign } from '../signing';
import type { TokenSession } from '../token/client';
import type { RunControl } from './run-control';
import type { SigningChecks } from './signing-checks';
import { concernsAll } from './signing-freeze';
import {
  asFailure,
  type JobOutcome,
  type RunEvents,
  type SigningJob,
  type SigningTask,
} from './signing-jobs';
import type { SigningParts, SigningResult } from './signing-parts';
import { pdfSigner } from './signing-rules';

/**
 * Files that may be signed and not yet verified: a disk that hesitates for a second does not stop the chip, a token that is
 * faster than the disk waits for it, and memory stays bounded.
 */
const mostUnfinished = 4;

/** A file whose ticket is open and whose increment is at hand. */
interface Standing {
  readonly task: SigningTask;
  readonly ticket: string;
  readonly ready: ReadyToSign;
}

/** After these the session takes no more; the rest of the list would fail the same way. */
function endsLine(failure: Failure): boolean {
  return failure.code.startsWith('token-') || concernsAll(failure);
}

export interface Line {
  readonly tasks: readonly SigningTask[];
  readonly session: TokenSession;
  readonly at: Date;
  readonly control: RunControl;
  readonly events: RunEvents;
  readonly settle: (job: SigningJob, outcome: JobOutcome) => void;
}

/** Signs the tasks in their order; every job of theirs is settled when it resolves. Throws nothing. */
export async function signLine(parts: SigningParts, checks: SigningChecks, line: Line): Promise<void> {
  const { tasks, session, at, control, events, settle } = line;
  const jobs = new Map<SigningJob, SigningTask[]>();
  for (const task of tasks) jobs.set(task.job, [...(jobs.get(task.job) ?? []), task]);
  const results = new Map<SigningTask, SigningResult>();
  const settled = new Set<SigningJob>();
  const begun = new Set<SigningJob>();
  const broken = new Set<SigningJob>();
  const unfinished = new Set<Promise<void>>();
  /** Two documents with the very same bytes have one signature: the token signs a hash once. */
  const answers = new Map<string, Uint8Array>();
  let stopped: Failure | undefined;

  function conclude(job: SigningJob, outcome: JobOutcome): void {
    if (settled.has(job)) return;
    settled.add(job);
    settle(job, outcome);
  }

  function fail(job: SigningJob, failure: Failure): void {
    if (endsLine(failure)) stopped ??= failure;
    broken.add(job);
    conclude(job, { kind: 'failed', failure });
  }

  async function stand(task: SigningTask): Promise<Standing> {
    const ready = await task.ready();
    const ticket = randomUUID();
    await parts.memory.opened(ticket, task.request.act, task.request.input, task.hash);
    return { task, ticket, ready };
  }

  async function finish({ task, ticket, ready }: Standing, known: KnownSigner, answer: Uint8Array) {
    const { request, document, job } = task;
    const signer = { ...known.signer, sign: async () => answer };
    const increment = await completeSignature(ready, { ...known, signer });
    const annex = document.annexes.find((one) => one.sha256 === request.input);
    const about = { kind: 'signed', docId: '', name: annex?.name ?? document.main?.name ?? 'van-ban.pdf' };
    const written = await parts.blobs.derive(request.input, [increment], about);
    // The bytes are on the disk: from here on this act has its output, whatever happens next.
    await parts.memory.signed(ticket, written.sha256);
    results.set(task, await checks.result(written.sha256, at, request));
    await parts.memory.closed(ticket);
    await task.drop();
    events.finished(task);
    const own = (jobs.get(job) ?? []).map((one) => results.get(one));
    const whole = own.flatMap((one) => one ?? []);
    if (whole.length === own.length) conclude(job, { kind: 'signed', results: whole });
  }

  async function signatureOf(task: SigningTask): Promise<Uint8Array> {
    const known = answers.get(task.hash);
    if (known !== undefined) return known;
    const answer = await session.sign(task.attributes);
    answers.set(task.hash, answer);
    return answer;
  }

  /** The ticket of a file that will not be given to the token after all. */
  async function release(standing: Promise<Standing> | undefined): Promise<void> {
    if (standing !== undefined) await parts.memory.closed((await standing).ticket);
  }

  function standing(index: number): Promise<Standing> | undefined {
    const task = tasks[index];
    if (task === undefined || broken.has(task.job)) return undefined;
    const promise = stand(task);
    // Asked for when its turn comes: until then a failure is nobody's.
    promise.catch(() => undefined);
    return promise;
  }

  /** One file through the token; resolves when the token is free again, with the file after it standing ready. */
  async function signOne(ready: Standing, known: KnownSigner, following: () => void): Promise<void> {
    const { task } = ready;
    begun.add(task.job);
    const answered = signatureOf(task);
    events.begun(task);
    // The chip has its work: what comes next is made ready meanwhile.
    following();
    const answer = await answered;
    // The token gets its next file first: CMS, disk and check have the time of the chip.
    const finishing: Promise<void> = nextTurn()
      .then(() => finish(ready, known, answer))
      .catch((error: unknown) => fail(task.job, asFailure(error)))
      .finally(() => unfinished.delete(finishing));
    unfinished.add(finishing);
  }

  async function signAll(known: KnownSigner): Promise<void> {
    let current = standing(0);
    for (const [index, task] of tasks.entries()) {
      const wanted = await control.next();
      stopped ??= wanted;
      if (stopped !== undefined) return release(current);
      let next: Promise<Standing> | undefined;
      try {
        if (broken.has(task.job)) await release(current);
        else if (current !== undefined) {
          await signOne(await current, known, () => {
            next = standing(index + 1);
          });
        }
      } catch (error) {
        fail(task.job, asFailure(error));
      }
      current = next ?? standing(index + 1);
      while (unfinished.size >= mostUnfinished) await Promise.race(unfinished);
    }
  }

  try {
    await signAll(knownSigner(pdfSigner(session)));
  } catch (error) {
    stopped ??= asFailure(error);
  }
  await Promise.all(unfinished);
  for (const job of jobs.keys()) {
    if (stopped === undefined) break;
    conclude(job, { kind: begun.has(job) ? 'failed' : 'unsigned', failure: stopped });
  }
}
