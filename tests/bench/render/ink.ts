// How long from a move of the pen until its piece of the stroke is in the window's next picture: the reading view against a
// canvas that does nothing but draw the same pieces, by the same mouse over the same page, one stroke each in turn.
import type { Page } from 'playwright-core';
import { answerFirstStart, openFolder, openRow } from '../../desk/actions';
import { firstPage, firstReadable, openMarks, placeOf, rest, take } from '../../e2e/support/marks';
import { openWorld } from '../../e2e/support/world';

const patience = { timeout: 120_000 };
const moves = 60;

/** What the page of the window keeps for this figure. */
interface InkWindow {
  inkTimes: number[];
  inkMissed: number;
}

/** Notes the time of every move that was drawn, once the picture with it is out. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const own = window as unknown as InkWindow;
    own.inkTimes = [];
    own.inkMissed = 0;
    window.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) return;
      const drawn = document.querySelector<HTMLElement>('[data-page="1"]')?.dataset.inkDrawn;
      if (drawn !== String(event.timeStamp)) {
        own.inkMissed += 1;
        return;
      }
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port2.onmessage = () => own.inkTimes.push(performance.now() - event.timeStamp);
        port1.postMessage(null);
      });
    });
  });
}

/** Lays a canvas over the first page that draws what the pen does, or takes it away. */
async function bare(page: Page, on: boolean): Promise<void> {
  await page.evaluate((wanted) => {
    document.querySelector('#bare-ink')?.remove();
    const sheet = document.querySelector<HTMLElement>('[data-page="1"]');
    if (!wanted || sheet === null) return;
    const frame = sheet.getBoundingClientRect();
    const canvas = document.createElement('canvas');
    canvas.id = 'bare-ink';
    canvas.width = Math.round(frame.width * devicePixelRatio);
    canvas.height = Math.round(frame.height * devicePixelRatio);
    canvas.style.cssText = `position:fixed;z-index:9;left:${frame.left}px;top:${frame.top}px;width:${frame.width}px;height:${frame.height}px`;
    document.body.append(canvas);
    const context = canvas.getContext('2d', { desynchronized: true });
    if (context === null) throw new Error('no canvas');
    context.scale(devicePixelRatio, devicePixelRatio);
    context.lineWidth = 2;
    context.lineCap = 'round';
    let last: readonly [number, number] | null = null;
    canvas.addEventListener('pointerdown', (event) => {
      last = [event.clientX - frame.left, event.clientY - frame.top];
    });
    canvas.addEventListener('pointermove', (event) => {
      if (last === null) return;
      for (const one of event.getCoalescedEvents()) {
        const to = [one.clientX - frame.left, one.clientY - frame.top] as const;
        context.beginPath();
        context.moveTo(...last);
        context.lineTo(...to);
        context.stroke();
        last = to;
      }
      sheet.dataset.inkDrawn = String(event.timeStamp);
    });
    canvas.addEventListener('pointerup', () => {
      last = null;
    });
  }, on);
}

/** Milliseconds of every move of one stroke; the stroke is as long, wherever it lies. */
async function stroke(page: Page, down: number): Promise<number[]> {
  const [from, to] = [await placeOf(page, 0.15, down), await placeOf(page, 0.8, down + 0.05)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move += 1) {
    const share = move / moves;
    await page.mouse.move(
      from.x + (to.x - from.x) * share,
      from.y + (to.y - from.y) * share + Math.sin(move / 3) * 6,
    );
  }
  await page.mouse.up();
  await page.waitForTimeout(400);
  return page.evaluate(() => {
    const own = window as unknown as InkWindow;
    if (own.inkMissed > 0) throw new Error(`${own.inkMissed} moves were not drawn at once`);
    return own.inkTimes.splice(0);
  });
}

/** Milliseconds of all moves [ours, theirs]; the first stroke of each warms it. */
export async function inkTimes(strokes: number): Promise<readonly [number[], number[]]> {
  const world = await openWorld({ name: 'bench-ink', seeds: 'samples' });
  await world.startHub();
  const desk = await world.launch();
  try {
    const { page } = desk;
    await answerFirstStart(page, 0, 0);
    const row = await firstReadable(page);
    await openFolder(page, 'in-to-accept');
    await openRow(page, row.id);
    await firstPage(page).locator('.textLayer span').first().waitFor(patience);
    await openMarks(page);
    await page.waitForTimeout(3000);
    await listen(page);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let number = -1; number < strokes; number += 1) {
      const down = 0.2 + (Math.max(0, number) % 8) * 0.08;
      await take(page, 'ink');
      const mine = await stroke(page, down);
      await rest(page);
      await bare(page, true);
      const other = await stroke(page, down);
      await bare(page, false);
      if (number < 0) continue;
      ours.push(...mine);
      theirs.push(...other);
    }
    return [ours, theirs];
  } finally {
    await desk.quit();
    await world.close();
  }
}
