// Turns whatever was thrown or answered into a code the clerk can be told. It shows nothing.
import type { CallResult } from '../../preload/contract/calls';
import { codeOf } from '../../preload/contract/failure';

/** A call that main refused: its code and its reference into the log. */
export class CallError extends Error {
  override readonly name = 'CallError';
  constructor(
    readonly code: string,
    readonly ref: string,
  ) {
    super(`${code} (${ref})`);
  }
}

/** The value of a call, or a CallError. */
export async function answerOf<T>(answer: Promise<CallResult<T>>): Promise<T> {
  const result = await answer;
  if (result.ok) return result.value;
  throw new CallError(result.code, result.ref);
}

/** What the clerk is told of a failure. */
export interface Told {
  readonly code: string;
  readonly ref: string | null;
}

/** The code and reference of any thrown thing. */
export function told(error: unknown): Told {
  if (error instanceof CallError) return { code: error.code, ref: error.ref };
  return { code: codeOf(error), ref: null };
}
