// Work that is done one after another, so that small pictures never crowd out the page that is read. It keeps no results.

/** Settles as `work` does, or at once with the reason of `signal`: of a file that was closed an answer may never come. */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    const settled = (): void => signal.removeEventListener('abort', giveUp);
    work.then(resolve, reject).finally(settled);
  });
}

/** One line of work. Nothing in it is waited for longer than it is wanted. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins `work` when all before it is done or given up. Rejects when `signal` is aborted, without beginning if it can. */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const mine = this.#last.then(() => {
      signal.throwIfAborted();
      return untilAborted(work(), signal);
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
