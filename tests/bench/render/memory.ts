// What a thousand pages scrolled end to end leave behind: the memory of the window's process at page 10 and at the end.
import type { BenchWindow } from './window';

/** Megabytes of the process that shows the pages, its garbage given back. */
async function memoryOf({ desk, page }: BenchWindow): Promise<number> {
  const session = await page.context().newCDPSession(page);
  for (let time = 0; time < 3; time += 1) await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const kilobytes = await desk.app.evaluate(({ app }) => {
    const tabs = app.getAppMetrics().filter(({ type }) => type === 'Tab');
    return Math.max(...tabs.map(({ memory }) => memory.workingSetSize));
  });
  return kilobytes / 1024;
}

/** Scrolls on by a key until a page is shown; every page on the way is drawn. */
async function scrollTo({ page }: BenchWindow, last: number): Promise<void> {
  await page.evaluate(async (wanted) => {
    const scroller = document.querySelector<HTMLElement>('.viewer-scroll');
    if (scroller === null) throw new Error('no pages');
    for (;;) {
      const now = Number(scroller.dataset.pageNow);
      while (document.querySelector(`[data-page="${now}"].page-drawn`) === null) {
        await new Promise((done) => requestAnimationFrame(done));
      }
      if (now >= wanted) return;
      scroller.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      while (Number(scroller.dataset.pageNow) === now)
        await new Promise((done) => requestAnimationFrame(done));
    }
  }, last);
}

/** Megabytes [at page 10, at the last page]. */
export async function memoryPair(bench: BenchWindow, pages: number): Promise<readonly [number, number]> {
  await scrollTo(bench, 10);
  const early = await memoryOf(bench);
  await scrollTo(bench, pages);
  return [early, await memoryOf(bench)];
}
