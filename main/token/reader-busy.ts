// A reader that another program holds for a moment: the same question is asked again, later each time. Only for questions that
// come before a login; what a person's PIN stands behind is never repeated.
import { CryptokiFailure, ckr } from './ckr';

/** How drivers name a card that another program has locked (SCARD_E_SHARING_VIOLATION and its kin), or sessions used up. */
const busyValues = new Set(
  ['CKR_FUNCTION_FAILED', 'CKR_DEVICE_ERROR', 'CKR_SESSION_COUNT', 'CKR_TOKEN_RESOURCE_EXCEEDED'].map(ckr),
);

/** Milliseconds before the second, third and fourth time: other programs hold a card for some hundred milliseconds. */
const pauses: readonly number[] = [150, 350, 800];

export type Pause = (milliseconds: number) => Promise<unknown>;

/** By the global timer: of all timers it alone wakes an idle utility process of Electron. */
const sleep: Pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** True when asking again may be answered. */
export function saysBusy(error: unknown): boolean {
  return error instanceof CryptokiFailure && busyValues.has(error.value);
}

/** The value of a question that makes no login and no signature. Throws what the last attempt threw. */
export async function patiently<T>(ask: () => T, pause: Pause = sleep): Promise<T> {
  for (const milliseconds of pauses) {
    try {
      return ask();
    } catch (error) {
      if (!saysBusy(error)) throw error;
    }
    await pause(milliseconds);
  }
  return ask();
}
