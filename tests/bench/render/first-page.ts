// How long until the first page of a large file is seen: the reading view against pdf.js alone, in one window, one right after the
// other, both by ranges from the sealed file.
import type { Page } from 'playwright-core';
import { type BenchFile, show } from './window';

/** Milliseconds from the choice of the file to its first page in the window's next picture. */
async function ours(page: Page, name: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const choice = document.querySelector<HTMLSelectElement>('.file-choice');
    const option = [...(choice?.options ?? [])].find((one) => one.label === wanted);
    if (choice === null || option === undefined) throw new Error('no such file in the choice');
    const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set;
    const begin = performance.now();
    set?.call(choice, option.value);
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    const before = document.querySelector('.page-drawn');
    await new Promise<void>((done) => {
      const look = (): void => {
        const drawn = document.querySelector('[data-page="1"].page-drawn');
        if (drawn === null || drawn === before) return;
        watch.disconnect();
        done();
      };
      const watch = new MutationObserver(look);
      watch.observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['class'],
      });
    });
    await new Promise((done) => requestAnimationFrame(done));
    return performance.now() - begin;
  }, name);
}

/**
 * The same by pdf.js alone, into a canvas of the same size. Its file before is closed afterwards, as ours is: what a reader's worker
 * has read before is part of how fast it reads the next.
 */
async function theirs(page: Page, name: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const choice = document.querySelector<HTMLSelectElement>('.file-choice');
    const option = [...(choice?.options ?? [])].find((one) => one.label === wanted);
    const like = (window as unknown as { likeCanvas: { width: number; height: number } }).likeCanvas;
    type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
    type Bare = { pdfjs: PdfJs; worker: InstanceType<PdfJs['PDFWorker']>; before?: () => Promise<void> };
    const { bare } = window as unknown as { bare: Bare };
    const { pdfjs, worker } = bare;
    const address = `app://blob/${option?.value}`;
    const begin = performance.now();
    const read = async (from: number, to: number): Promise<Response> =>
      fetch(address, { headers: { Range: `bytes=${from}-${to - 1}` } });
    const head = await read(0, 65_536);
    const size = Number(/\/(\d+)$/.exec(head.headers.get('content-range') ?? '')?.[1]);
    const first = new Uint8Array(await head.arrayBuffer());
    class Ranges extends pdfjs.PDFDataRangeTransport {
      override async requestDataRange(from: number, to: number): Promise<void> {
        const whole = new Uint8Array(to - from);
        const piece = async (at: number): Promise<void> => {
          const answer = await read(at, Math.min(to, at + (1 << 20)));
          whole.set(new Uint8Array(await answer.arrayBuffer()), at - from);
        };
        const starts = Array.from(
          { length: Math.ceil((to - from) / (1 << 20)) },
          (_, index) => from + index * (1 << 20),
        );
        await Promise.all(starts.map(piece));
        this.onDataRange(from, whole);
      }
    }
    const base = 'app://desk/pdfjs/';
    const task = pdfjs.getDocument({
      range: new Ranges(size, first),
      worker,
      disableAutoFetch: true,
      disableStream: true,
      useWorkerFetch: true,
      cMapUrl: `${base}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${base}standard_fonts/`,
      wasmUrl: `${base}wasm/`,
      iccUrl: `${base}iccs/`,
      verbosity: 0,
    });
    const pdf = await task.promise;
    const shown = await pdf.getPage(1);
    const viewport = shown.getViewport({ scale: like.width / shown.getViewport({ scale: 1 }).width });
    const canvas = document.createElement('canvas');
    canvas.width = like.width;
    canvas.height = like.height;
    await shown.render({ canvas, viewport }).promise;
    canvas.style.cssText = 'position:fixed;left:0;top:0;z-index:9';
    document.body.append(canvas);
    await new Promise((done) => requestAnimationFrame(done));
    const time = performance.now() - begin;
    canvas.remove();
    await bare.before?.();
    bare.before = () => task.destroy();
    return time;
  }, name);
}

/** Both begin in a window at rest: the file before is closed by then. */
const rest = 1600;

/** Pairs of milliseconds [ours, theirs], and one pair of pdf.js with itself as a measure of the machine's mood. */
export async function firstPagePairs(
  page: Page,
  file: BenchFile,
  small: string,
  runs: number,
): Promise<(readonly [number, number])[]> {
  await show(page, file.name);
  await page.locator('[data-page="1"] canvas').waitFor();
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] canvas');
    Object.assign(window, { likeCanvas: { width: canvas?.width ?? 0, height: canvas?.height ?? 0 } });
  });
  const pairs: (readonly [number, number])[] = [];
  for (let run = -1; run < runs; run += 1) {
    await show(page, small);
    // Both come from the small file.
    await theirs(page, small);
    await page.waitForTimeout(rest);
    let one = 0;
    let other = 0;
    if (run % 2 === 0) {
      other = await theirs(page, file.name);
      await page.waitForTimeout(rest);
      one = await ours(page, file.name);
    } else {
      one = await ours(page, file.name);
      await show(page, small);
      await page.waitForTimeout(rest);
      other = await theirs(page, file.name);
    }
    // The first pair warms both.
    if (run >= 0) pairs.push([one, other]);
  }
  return pairs;
}
