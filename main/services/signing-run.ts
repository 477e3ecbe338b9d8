// One login for a frozen list: gate of law, every file made ready and its hash listed, the PIN, then the line of signatures.
// It holds no PIN and no key, and each file has its own ticket.
import { Failure } from '../../preload/contract/failure';
import type { Standing } from '../../preload/contract/levels';
import type { ChosenCertificate } from '../token/client';
import { offersPss } from '../token/signatures';
import type { RunControl } from './run-control';
import type { SigningChecks } from './signing-checks';
import { createFreeze } from './signing-freeze';
import {
  asFailure,
  type JobOutcome,
  type RunEvents,
  type SigningJob,
  type SigningTask,
} from './signing-jobs';
import { signLine } from './signing-line';
import { pinRequest } from './signing-orders';
import type { SigningParts } from './signing-parts';
import { checkedCertificate, pdfSigner, roleRefusal } from './signing-rules';
import type { Signers } from './signing-signers';

export interface RunOrder {
  /** In this order; no file stands in two of them. */
  readonly jobs: readonly SigningJob[];
  readonly fingerprint: string;
  readonly control: RunControl;
  readonly events: RunEvents;
}

/** Where the chosen certificate is, as the token host is asked for it: with PSS where settings want it and the device makes it. */
export function deviceOf({ certificate, token }: ChosenCertificate, pss: boolean) {
  return {
    module: token.module,
    tokenSerial: token.serial,
    tokenLabel: token.label,
    fingerprint: certificate.fingerprint,
    pss: pss && certificate.keyType.startsWith('RSA') && offersPss(token.mechanisms),
  };
}

/** Runs lists over the parts of the service. */
export function createRun(parts: SigningParts, checks: SigningChecks, signers: Signers) {
  const { check, freeze } = createFreeze(parts, checks);

  /** The certificate, if it may do what every job asks. The agency's rule is the same for all roles of one profile. */
  async function chosenFor(order: RunOrder): Promise<ChosenCertificate> {
    const chosen = await signers.choose(order.fingerprint);
    for (const { role } of order.jobs.flatMap((job) => job.requests)) {
      const refusal = roleRefusal(role, chosen.certificate.subject, parts.agencyName, parts.profile);
      if (refusal !== null) throw new Failure(refusal);
    }
    return chosen;
  }

  /** The chain and the algorithm, before there is anything to list: the session is opened once more with the hashes. */
  async function identityOf(chosen: ChosenCertificate) {
    const probe = await parts.tokens.open({ ...deviceOf(chosen, parts.pss), hashes: ['0'.repeat(64)] });
    const identity = pdfSigner(probe);
    await probe.end();
    return identity;
  }

  async function signFrozen(
    order: RunOrder,
    chosen: ChosenCertificate & { readonly standing: Standing | undefined },
    tasks: readonly SigningTask[],
    at: Date,
    settle: (job: SigningJob, outcome: JobOutcome) => void,
  ): Promise<void> {
    const [first] = tasks;
    if (first === undefined) return;
    const { control, events } = order;
    const hashes = [...new Set(tasks.map((task) => task.hash))];
    const session = await parts.tokens.open({ ...deviceOf(chosen, parts.pss), hashes });
    try {
      events.asking(tasks);
      // Stopped while the PIN window stands open: the session ends, and the window with it.
      const forget = control.onStop(() => void session.end());
      const { standing } = chosen;
      const request = pinRequest(first.request.role, chosen, tasks);
      const said = standing === undefined ? request : { ...request, standing };
      await parts.askPin(said, session).finally(forget);
      await signLine(parts, checks, { tasks, session, at, control, events, settle });
    } finally {
      await session.end();
    }
  }

  return {
    /**
     * Every job with what became of it. A refused one costs the others nothing; what stops the token or the disk stops the
     * rest. Throws nothing but our own mistakes in telling.
     */
    async run(order: RunOrder): Promise<ReadonlyMap<SigningJob, JobOutcome>> {
      const { jobs, control, events } = order;
      const outcomes = new Map<SigningJob, JobOutcome>();
      const settle = (job: SigningJob, outcome: JobOutcome): void => {
        outcomes.set(job, outcome);
        events.settled(job, outcome);
      };
      let tasks: readonly SigningTask[] = [];
      try {
        const freezing = { control, events, settle };
        const checked = await check(jobs, freezing);
        if (checked.length > 0) {
          const chosen = await chosenFor(order);
          if ((await parts.blobs.freeSpace()).low) throw new Failure('disk-low');
          const acts = checked.flatMap(({ job }) => job.requests.map((request) => request.act));
          const standing = await parts.before?.check(checkedCertificate(chosen), acts);
          const at = parts.now();
          tasks = await freeze(checked, await identityOf(chosen), at, freezing);
          await signFrozen(order, { ...chosen, standing }, tasks, at, settle);
        }
      } catch (error) {
        const failure = asFailure(error);
        for (const job of jobs) if (!outcomes.has(job)) settle(job, { kind: 'unsigned', failure });
      } finally {
        for (const task of tasks) await task.drop();
      }
      return outcomes;
    },
  };
}

export type SigningRun = ReturnType<typeof createRun>;
