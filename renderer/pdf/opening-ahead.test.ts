import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sha256 } from '../../preload/contract/ids';
import type { OpenPdf } from './blob-source';
import { layersAsSaved } from './layers';
import { OpeningAhead } from './opening-ahead';

const [one, other] = ['a'.repeat(64), 'b'.repeat(64)] as readonly string[] as readonly [Sha256, Sha256];
const passwordOf = async (): Promise<null> => null;
const noPlan = (): null => null;

/** An open file of one page; `close` notes that it was closed. */
function fileOf(close: () => void, asked: string[] = []): OpenPdf {
  const page = {
    getViewport: () => ({ width: 10, height: 20 }),
    render: () => {
      asked.push('drawn');
      const task = {
        promise: new Promise(() => undefined),
        cancel: () => asked.push('cancelled'),
        onContinue: (_goOn: () => void): void => undefined,
      };
      setTimeout(() => task.onContinue(() => asked.push('read')), 30);
      return task;
    },
    getAnnotations: async () => [],
  };
  return { document: { numPages: 1, getPage: async () => page }, close } as unknown as OpenPdf;
}

/** Opens at once and notes what became of each file. */
function opener() {
  const opened: string[] = [];
  const closed: string[] = [];
  const ahead = new OpeningAhead(async (sha256) => {
    opened.push(sha256);
    return fileOf(() => closed.push(sha256));
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
    void ahead.begin(one, 10, passwordOf, noPlan);
    await ahead.take(one, 10, new AbortController().signal, passwordOf, noPlan);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([opened, closed]).toEqual([[one], []]);
  });

  it('is given to one screen alone', async () => {
    const { ahead, opened } = opener();
    void ahead.begin(one, 10, passwordOf, noPlan);
    await ahead.take(one, 10, new AbortController().signal, passwordOf, noPlan);
    await ahead.take(one, 10, new AbortController().signal, passwordOf, noPlan);
    expect(opened).toEqual([one, one]);
  });

  it('is there for its own screen to begin with once it is open, and for no other', async () => {
    const { ahead, closed } = opener();
    void ahead.begin(one, 10, passwordOf, noPlan);
    expect(ahead.isOpen(one)).toBeNull();
    await vi.advanceTimersByTimeAsync(0);
    expect([ahead.isOpen(one) === null, ahead.isOpen(other), ahead.takeOpen(other)]).toEqual([
      false,
      null,
      null,
    ]);
    expect(ahead.takeOpen(one)).not.toBeNull();
    expect([ahead.isOpen(one), ahead.takeOpen(one)]).toEqual([null, null]);
    void ahead.begin(other, 10, passwordOf, noPlan);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(closed).toEqual([other]);
  });

  it('is closed when nobody comes for it, or another is wanted', async () => {
    const { ahead, closed } = opener();
    void ahead.begin(one, 10, passwordOf, noPlan);
    void ahead.begin(other, 10, passwordOf, noPlan);
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
    void ahead.begin(one, 10, passwordOf, noPlan);
    const screen = new AbortController();
    void ahead.take(one, 10, screen.signal, passwordOf, noPlan);
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
      await ahead.begin(one, 10, passwordOf, noPlan);
      told.push(name);
    };
    void begin('open');
    await vi.advanceTimersByTimeAsync(20);
    expect(told).toEqual([]);
    open(fileOf(() => undefined));
    await vi.advanceTimersByTimeAsync(0);
    void begin('failed');
    fail(new Error('broken'));
    await vi.advanceTimersByTimeAsync(0);
    void begin('slow');
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['open', 'failed', 'slow']);
  });

  it('is drawn before its screen is there, once for both when they want the same', async () => {
    Object.assign(globalThis, {
      window: { devicePixelRatio: 1 },
      document: { createElement: () => ({ width: 0, height: 0, className: '' }) },
    });
    const asked: string[] = [];
    const ahead = new OpeningAhead(async () => fileOf(() => undefined, asked));
    const drawing = { page: 1, colours: null, withoutNotes: false, layers: layersAsSaved };
    let ready = false;
    void ahead
      .begin(one, 10, passwordOf, ({ width }) => ({ ...drawing, scale: width }))
      .then(() => {
        ready = true;
      });
    await vi.advanceTimersByTimeAsync(10);
    expect([asked, ready]).toEqual([['drawn'], false]);
    await vi.advanceTimersByTimeAsync(30);
    expect([asked, ready]).toEqual([['drawn', 'read'], true]);
    const screen = new AbortController();
    const file = await ahead.take(one, 10, screen.signal, passwordOf, () => ({ ...drawing, scale: 10 }));
    await vi.advanceTimersByTimeAsync(0);
    expect([asked, file.first]).toEqual([['drawn', 'read'], { width: 10, height: 20 }]);
    void file.drawings.ahead({ ...drawing, scale: 11 });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual(['drawn', 'read', 'cancelled', 'drawn']);
  });
});
