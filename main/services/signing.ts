// Signs documents, one PIN for a list that is frozen before it: gate of law, certificate, frozen hash, PIN window, C_Sign, fsync, check from disk, ticket.
// It holds no PIN and no key, reads no foreign byte itself, and never makes a second output for an act.

import { assert, Failure } from '../../preload/contract/failure';
import type { ActId } from '../../preload/contract/ids';
import type { SigningRequest } from '../../preload/contract/signing-request';
import { createBatches } from './batch';
import { unhindered } from './run-control';
import { createChecks } from './signing-checks';
import { unheard } from './signing-jobs';
import type { SigningParts, SigningResult } from './signing-parts';
import { createRun } from './signing-run';
import { createSigners } from './signing-signers';

export type { SigningParts, SigningResult } from './signing-parts';

/** What was thrown by our own mistake is thrown on as it was: the log wants its words. */
function thrownBy(failure: Failure): unknown {
  return failure.code === 'internal' && failure.cause !== undefined ? failure.cause : failure;
}

/** The signing service over its parts. */
export function createSigning(parts: SigningParts) {
  const signers = createSigners(parts);
  const checks = createChecks(parts);
  const run = createRun(parts, checks, signers);
  let inUse = 0;
  /** Signatures are made one call after another; the same acts asked again meanwhile are the same call. */
  const underWay = new Map<string, Promise<SigningResult[]>>();
  let tail: Promise<unknown> = Promise.resolve();

  async function signAll(requests: readonly SigningRequest[]): Promise<SigningResult[]> {
    const [first] = requests;
    if (first === undefined) return [];
    if (requests.some((one) => one.fingerprint !== first.fingerprint)) throw new Failure('call-refused');
    // One act has one output, also where a file stands twice in the list.
    const results = new Map<ActId, SigningResult>();
    const open = new Map<ActId, SigningRequest>();
    for (const request of requests) {
      const before = await checks.doneBefore(request);
      if (before === null) open.set(request.act, request);
      else results.set(request.act, before);
    }
    if (open.size > 0) {
      const job = { requests: [...open.values()] };
      const order = { jobs: [job], fingerprint: first.fingerprint, control: unhindered, events: unheard };
      const outcome = (await run.run(order)).get(job);
      assert(outcome !== undefined, 'every job has its outcome');
      if (outcome.kind !== 'signed') throw thrownBy(outcome.failure);
      for (const [index, { act }] of job.requests.entries()) {
        const done = outcome.results[index];
        if (done !== undefined) results.set(act, done);
      }
    }
    return requests.map(({ act }) => {
      const done = results.get(act);
      assert(done !== undefined, 'every request has its result');
      return done;
    });
  }

  /** One after another: the token has one session. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    inUse += 1;
    const started = tail.then(work).finally(() => {
      inUse -= 1;
    });
    tail = started.catch(() => undefined);
    return started;
  }

  /**
   * A window that died while its PIN window stood open asks again: two runs of one act would each find no output and make
   * one of their own.
   */
  function signInTurn(requests: readonly SigningRequest[]): Promise<SigningResult[]> {
    const key = requests.map((one) => one.act).join(' ');
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const started = inTurn(() => signAll(requests)).finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  }

  return {
    /** True while a signature is being made: nobody else speaks to the token then. */
    busy: () => inUse > 0,

    /** Certificates of every token, each with whether and why it may do this role. */
    signers: signers.cards,

    /** Hears every look at the devices, also those before a signature. */
    onLook: signers.onLook,

    /** How a certificate on a device stands now. Throws Failure `signing-signer-absent`, and those of the token. */
    standing: signers.standing,

    /** The holder of a certificate on a device. Throws Failure `signing-signer-absent`. */
    holder: signers.holder,

    /**
     * Signs, in this order, with one PIN. The same act gets its first output again, without a token. Throws Failures of
     * the gate, the token (`token-*`), `cancelled`, `disk-*`, `signing-not-verified`; what was signed before one of them
     * keeps its output, everything else is as it was.
     */
    sign: signInTurn,

    /** Many documents under one PIN. */
    batches: createBatches(parts, checks, run, inTurn),
  };
}

export type SigningService = ReturnType<typeof createSigning>;
