import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sha256 } from '../../preload/contract/ids';
import type { OpenPdf } from './blob-source';
import { OpeningAhead } from './opening-ahead';

const [one, other] = ['a'.repeat(64), 'b'.repeat(64)] as readonly string[] as readonly [Sha256, Sha256];
const passwordOf = async (): Promise<null> => null;

/** Opens at once and notes what became of each file. */
function opener() {
  const opened: string[] = [];
  const closed: string[] = [];
  const ahead = new OpeningAhead(async (sha256) => {
    opened.push(sha256);
    return { document: {}, close: () => closed.push(sha256) } as unknown as OpenPdf;
  });
  return { ahead, opened, closed };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a file opened ahead', () => {
  it('is opened once, and stays open for whoever takes it', async () => {
    const { ahead, opened, closed } = opener();
    void ahead.begin(one, 10, passwordOf);
    await ahead.take(one, 10, new AbortController().signal, passwordOf);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([opened, closed]).toEqual([[one], []]);
  });

  it('is given to one screen alone', async () => {
    const { ahead, opened } = opener();
    void ahead.begin(one, 10, passwordOf);
    await ahead.take(one, 10, new AbortController().signal, passwordOf);
    await ahead.take(one, 10, new AbortController().signal, passwordOf);
    expect(opened).toEqual([one, one]);
  });

  it('is closed when nobody comes for it, or another is wanted', async () => {
    const { ahead, closed } = opener();
    void ahead.begin(one, 10, passwordOf);
    void ahead.begin(other, 10, passwordOf);
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toEqual([one]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(closed).toEqual([one, other]);
  });

  it('gives up opening when the screen that took it goes', async () => {
    let signal: AbortSignal | undefined;
    const ahead = new OpeningAhead((_sha256, _size, given) => {
      signal = given;
      return new Promise(() => undefined);
    });
    void ahead.begin(one, 10, passwordOf);
    const screen = new AbortController();
    void ahead.take(one, 10, screen.signal, passwordOf);
    screen.abort();
    expect(signal?.aborted).toBe(true);
  });

  it('says when it is open, when it cannot be opened, and when it lets one wait', async () => {
    let open: (pdf: OpenPdf) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const ahead = new OpeningAhead(
      () =>
        new Promise((resolve, reject) => {
          open = resolve;
          fail = reject;
        }),
    );
    const told: string[] = [];
    const begin = async (name: string): Promise<void> => {
      await ahead.begin(one, 10, passwordOf);
      told.push(name);
    };
    void begin('open');
    await vi.advanceTimersByTimeAsync(20);
    expect(told).toEqual([]);
    open({ close: () => undefined } as unknown as OpenPdf);
    await vi.advanceTimersByTimeAsync(0);
    void begin('failed');
    fail(new Error('broken'));
    await vi.advanceTimersByTimeAsync(0);
    void begin('slow');
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['open', 'failed', 'slow']);
  });
});
