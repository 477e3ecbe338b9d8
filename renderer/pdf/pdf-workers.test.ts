import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PdfWorkers } from './pdf-workers';

const never = new Promise<never>(() => undefined);
const long = 60_000;

/** Workers that are numbers, in the order they were made. */
function workers() {
  let made = 0;
  const ended: number[] = [];
  const pool = new PdfWorkers<number>(
    () => {
      made += 1;
      return made;
    },
    (worker) => ended.push(worker),
  );
  return { pool, ended };
}

const isLost = async (lost: Promise<void>): Promise<boolean> =>
  Promise.race([lost.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the worker that reads files', () => {
  it('is one for all files, however they are opened and closed', async () => {
    const { pool, ended } = workers();
    const first = pool.take();
    const second = pool.take();
    first.release(Promise.resolve());
    second.release(Promise.reject(new Error('closed already')));
    await vi.advanceTimersByTimeAsync(long);
    expect([first.worker, second.worker, pool.take().worker, ended]).toEqual([1, 1, 1, []]);
    expect(await isLost(first.lost)).toBe(false);
  });

  it('is given up when a closed file holds it: what comes next has another, and hears of it while it waits', async () => {
    const { pool, ended } = workers();
    const slow = pool.take();
    const waiting = pool.take();
    slow.release(never);
    await vi.advanceTimersByTimeAsync(100);
    expect([await isLost(waiting.lost), pool.take().worker]).toEqual([false, 1]);
    await vi.advanceTimersByTimeAsync(long);
    expect([await isLost(waiting.lost), pool.take().worker, ended]).toEqual([true, 2, []]);
  });

  it('is ended once the last file it was lost with is closed, and only once', async () => {
    const { pool, ended } = workers();
    const [slow, shown] = [pool.take(), pool.take()];
    slow.release(never);
    await vi.advanceTimersByTimeAsync(long);
    expect(ended).toEqual([]);
    shown.release(never);
    shown.release(never);
    await vi.advanceTimersByTimeAsync(long);
    expect([ended, pool.take().worker]).toEqual([[1], 2]);
  });
});
