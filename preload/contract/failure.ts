// The one error that crosses a room's edge: a closed code with its sentence, plus the helpers for our own mistakes.
// It never carries document text, a PIN or a path meant for the clerk: `detail` is for the log only.
import type { Code } from './codes';

/** A failure with a closed code. `detail` is technical, English, for logs and `--json` output of the command line. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    readonly code: Code,
    readonly detail: string = '',
    options?: { readonly cause?: unknown },
  ) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
  }
}

/** True for a Failure, also one that came from another bundle of the same program. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === 'Failure' && 'code' in error;
}

/** The code of any thrown thing: a Failure's own, else `internal`. */
export function codeOf(error: unknown): Code {
  return isFailure(error) ? error.code : 'internal';
}

/** Our own mistake, never bad input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Throws when one of our own invariants does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** The default branch of every switch over a union. */
export function assertNever(value: never, message = 'unexpected variant'): never {
  throw new AssertionError(`${message}: ${JSON.stringify(value)}`);
}
