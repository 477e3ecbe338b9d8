// How long until a page that lies ready beside the shown one is seen after the key that turns to it, against the same canvas drawn
// once more by hand into a canvas of its size: both until the window's next picture, and both begun in a window that has nothing
// else to do. What a turn leaves to be done (the page after it) would otherwise be in whichever of the two comes second.
import type { Page } from 'playwright-core';

/** Known to Chromium, not yet to the types of the page. */
declare const scheduler: {
  postTask(work: () => void, how: { readonly priority: 'user-blocking' }): Promise<void>;
};

/** Milliseconds [ours, theirs] of one turn from page `from` to the next; both pages must be drawn. */
async function turn(page: Page, from: number): Promise<readonly [number, number]> {
  return page.evaluate(async (number) => {
    const scroller = document.querySelector<HTMLElement>('.viewer-scroll');
    const next = document.querySelector<HTMLElement>(`[data-page="${number + 1}"].page-drawn`);
    const canvas = next?.querySelector('canvas') ?? null;
    if (scroller === null || next === null || canvas === null)
      throw new Error(`page ${number + 1} is not ready`);
    /** After the window's next picture: work that a screen leaves for afterwards is not waited for. `look` belongs to the picture. */
    const painted = <T>(look: () => T): Promise<T> =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const seen = look();
          void scheduler.postTask(() => done(seen), { priority: 'user-blocking' });
        }),
      );
    const nothing = (): void => undefined;
    /** So many pictures one after another came in time: nothing is left over, and the next one is due when it should be. */
    const quiet = async (): Promise<void> => {
      const late = performance.now() + 5000;
      let before = performance.now();
      for (let inTime = 0; inTime < 10; ) {
        await painted(nothing);
        const now = performance.now();
        inTime = now - before < 20 ? inTime + 1 : 0;
        before = now;
        if (now > late) throw new Error('the window finds no rest');
      }
    };
    const bare = async (): Promise<number> => {
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.style.cssText = 'position:fixed;left:0;top:0;z-index:9';
      document.body.append(copy);
      await quiet();
      const begin = performance.now();
      copy.getContext('2d')?.drawImage(canvas, 0, 0);
      await painted(nothing);
      const time = performance.now() - begin;
      copy.remove();
      await quiet();
      return time;
    };
    const ours = async (): Promise<number> => {
      await quiet();
      const begin = performance.now();
      scroller.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      const there = (): boolean => {
        const top = next.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
        return top <= scroller.clientHeight / 4;
      };
      while (!(await painted(there)));
      return performance.now() - begin;
    };
    if (number % 2 === 0) {
      const theirs = await bare();
      return [await ours(), theirs] as const;
    }
    const mine = await ours();
    return [mine, await bare()] as const;
  }, from);
}

/** Turns on from page 1 of the shown file; a page lies ready with its words. */
export async function pageTurnPairs(page: Page, runs: number): Promise<(readonly [number, number])[]> {
  await page.locator('.viewer-scroll').evaluate((scroller) => scroller.scrollTo(0, 0));
  const pairs: (readonly [number, number])[] = [];
  for (let number = 1; number <= runs + 1; number += 1) {
    for (const near of [number, number + 1]) {
      const words = page.locator(`[data-page="${near}"].page-drawn .textLayer > *`).first();
      await words.waitFor({ state: 'attached', timeout: 60_000 });
    }
    const pair = await turn(page, number);
    if (number > 1) pairs.push(pair);
  }
  return pairs;
}
