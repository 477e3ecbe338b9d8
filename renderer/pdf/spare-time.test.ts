import { describe, expect, it } from 'vitest';
import { SpareTime } from './spare-time';

/** A window whose moments come when the test says so. */
function slowWindow() {
  const idle: (() => void)[] = [];
  let late: (() => void) | null = null;
  const spare = new SpareTime({
    idle: (go) => void idle.push(go),
    after: (_, go) => {
      late = go;
      return () => {
        late = null;
      };
    },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    spare,
    async idle() {
      await settle();
      for (const go of idle.splice(0)) go();
      await settle();
    },
    async rested() {
      await settle();
      const go = late;
      late = null;
      go?.();
      await settle();
    },
    isResting: () => late !== null,
  };
}

function page(spare: SpareTime, seen: boolean) {
  const stop = new AbortController();
  const state = { seen, words: false, refused: false, stop: () => stop.abort() };
  spare
    .wait(() => state.seen, stop.signal)
    .then(
      () => {
        state.words = true;
      },
      () => {
        state.refused = true;
      },
    );
  return state;
}

describe('spare time', () => {
  it('is given to a page in sight at the next idle moment', async () => {
    const window = slowWindow();
    const shown = page(window.spare, true);
    expect(shown.words).toBe(false);
    await window.idle();
    expect(shown.words).toBe(true);
  });

  it('is not given to a page beside it before the clerk rests, and then to one after another', async () => {
    const window = slowWindow();
    const [before, after] = [page(window.spare, false), page(window.spare, false)];
    await window.idle();
    expect([before.words, after.words]).toEqual([false, false]);
    await window.rested();
    await window.idle();
    expect([before.words, after.words]).toEqual([true, false]);
    await window.rested();
    await window.idle();
    expect(after.words).toBe(true);
    expect(window.isResting()).toBe(false);
  });

  it('is given to a page that comes into sight without waiting for a rest', async () => {
    const window = slowWindow();
    const [next, far] = [page(window.spare, false), page(window.spare, false)];
    next.seen = true;
    window.spare.turned();
    await window.idle();
    expect([next.words, far.words]).toEqual([true, false]);
  });

  it('is refused to a page that is gone, and the next one still gets it', async () => {
    const window = slowWindow();
    const [gone, next] = [page(window.spare, false), page(window.spare, false)];
    gone.stop();
    await window.rested();
    await window.idle();
    expect([gone.refused, gone.words, next.words]).toEqual([true, false, true]);
  });
});
