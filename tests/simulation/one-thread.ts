// Makes a run the same each time it is run: no work in other threads, no timer of the real clock. What the code under test
// asks of WebCrypto's digest is answered at once, and timers of a moment come in the order they were set.
import { createHash } from 'node:crypto';

const turns = 4;

/** Until the returned function is called; for the process of one test file. */
export function onOneThread(): () => void {
  const { setTimeout: later, clearTimeout: cancel } = globalThis;
  const pending = new Set<unknown>();
  const soon = (run: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) => {
    if (milliseconds > turns) return later(run, milliseconds, ...given);
    const handle = setImmediate(() => {
      pending.delete(handle);
      run(...given);
    });
    pending.add(handle);
    return handle;
  };
  const cancelSoon = (handle: unknown) => {
    if (pending.delete(handle)) clearImmediate(handle as NodeJS.Immediate);
    else cancel(handle as NodeJS.Timeout);
  };
  Object.assign(globalThis, { setTimeout: soon, clearTimeout: cancelSoon });
  const digest = async (_name: string, bytes: Uint8Array): Promise<ArrayBuffer> =>
    Uint8Array.from(createHash('sha256').update(bytes).digest()).buffer;
  Object.defineProperty(crypto.subtle, 'digest', { value: digest, configurable: true });
  return () => {
    Object.assign(globalThis, { setTimeout: later, clearTimeout: cancel });
    Reflect.deleteProperty(crypto.subtle, 'digest');
  };
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => resolve());
  });
}
