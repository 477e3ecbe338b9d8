// Turns the results of calls to main into values or Failures. It never retries.
import type { CallResult } from '../../preload/contract/calls';
import { type Code, sentences } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';

function isCode(code: string): code is Code {
  return Object.hasOwn(sentences, code);
}

/** The value of a call, or a Failure with main's code (`internal` for a code this window does not know). */
export async function deskValue<T>(call: Promise<CallResult<T>>): Promise<T> {
  const result = await call;
  if (result.ok) return result.value;
  throw new Failure(isCode(result.code) ? result.code : 'internal', `${result.code} ${result.ref}`);
}
