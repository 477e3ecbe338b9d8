// What a run of signatures is made of and what becomes of each part, as types. It does nothing.

import { Failure, isFailure } from '../../preload/contract/failure';
import type { SigningRequest } from '../../preload/contract/signing-request';
import type { ReadyToSign } from '../signing';
import type { FileToSign } from './signing-orders';
import type { SigningResult } from './signing-parts';

/** The files of one document: it counts as signed when each of them is. */
export interface SigningJob {
  readonly requests: readonly SigningRequest[];
}

export type JobOutcome =
  | { readonly kind: 'signed'; readonly results: readonly SigningResult[] }
  /** Left out before the PIN: law, the bytes or the certificate forbid it. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Begun and not finished; files of it that were signed keep their outputs. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Never begun. */
  | { readonly kind: 'unsigned'; readonly failure: Failure };

/** One file that is to be signed under the login that is about to be asked for. */
export interface SigningTask extends FileToSign {
  readonly job: SigningJob;
  /** SHA-256 of the attributes: what the session may sign. */
  readonly hash: string;
  readonly attributes: Uint8Array;
  ready(): Promise<ReadyToSign>;
  drop(): Promise<void>;
}

/** What a run tells while it goes. */
export interface RunEvents {
  /** Work before the PIN: `done` of `total` steps. */
  preparing(done: number, total: number): void;
  /** The PIN window is about to open for these. */
  asking(tasks: readonly SigningTask[]): void;
  /** A file is about to be given to the token. */
  begun(task: SigningTask): void;
  /** A file is on the disk and verified. */
  finished(task: SigningTask): void;
  settled(job: SigningJob, outcome: JobOutcome): void;
}

/** A run that nobody listens to. */
export const unheard: RunEvents = {
  preparing: () => undefined,
  asking: () => undefined,
  begun: () => undefined,
  finished: () => undefined,
  settled: () => undefined,
};

/** Anything thrown as the failure of a job; our own mistakes are `internal`, with what was thrown as the cause. */
export function asFailure(error: unknown): Failure {
  return isFailure(error) ? error : new Failure('internal', String(error), { cause: error });
}
