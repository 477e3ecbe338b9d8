// The window a rendering figure is taken in: a draft with two files, one of them large, and what runs inside its page. It measures
// nothing itself.
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { testIds } from '../../../renderer/app/test-ids';
import { answerFirstStart, at } from '../../desk/actions';
import type { RunningDesk } from '../../desk/launch';
import { openWorld } from '../../e2e/support/world';
import { readingPdf } from '../../fixtures/reading-pdf';

const patience = { timeout: 120_000 };

export interface BenchWindow {
  readonly desk: RunningDesk;
  readonly page: Page;
  /** The name of the small file that is shown between two runs. */
  readonly small: string;
  close(): Promise<void>;
}

export interface BenchFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A desk with a new document whose annexes are `files`; the small main file is shown. */
export async function openBench(files: readonly BenchFile[]): Promise<BenchWindow> {
  const world = await openWorld({ name: 'bench-render' });
  await world.startHub();
  const desk = await world.launch();
  const { page } = desk;
  await answerFirstStart(page, 0, 0);
  const small = 'nho.pdf';
  writeFileSync(join(world.folder, small), await readingPdf());
  for (const { name, bytes } of files) writeFileSync(join(world.folder, name), bytes);
  await at(page, testIds.act.issue).click();
  await at(page, testIds.draft.file).setInputFiles(join(world.folder, small));
  await page.locator('[data-page="1"].page-drawn').waitFor(patience);
  await at(page, testIds.draft.annexes).setInputFiles(files.map(({ name }) => join(world.folder, name)));
  for (const { name } of files)
    await page.locator('.file-choice option', { hasText: name }).waitFor({ state: 'attached', ...patience });
  return {
    desk,
    page,
    small,
    async close() {
      await desk.quit();
      await world.close();
    },
  };
}

/** Shows a file of the draft and waits until its first page is there. */
export async function show(page: Page, name: string): Promise<void> {
  const [value] = await page.locator('.file-choice').selectOption({ label: name });
  await page.locator(`.file-choice[data-shown="${value}"]`).waitFor(patience);
  await page.locator('[data-page].page-drawn').first().waitFor(patience);
}

/** Makes pdf.js itself known to the page, without a screen around it, as `window.bare`. */
export async function loadBare(page: Page): Promise<void> {
  const chunk = readdirSync(resolve('out/renderer/chunks')).find((name) => /^pdf-.*\.js$/.test(name));
  if (chunk === undefined) throw new Error('pdf.js is not in the bundle');
  await page.evaluate(async (name) => {
    const pdfjs = await import(`app://desk/chunks/${name}`);
    const port = new Worker('app://desk/pdf.worker.js', { type: 'module' });
    Object.assign(window, { bare: { pdfjs, worker: pdfjs.PDFWorker.create({ port }) } });
  }, chunk);
}
