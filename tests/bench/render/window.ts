// The window a rendering figure is taken in: a draft with two files, one of them large, and what runs inside its page. It measures
// nothing itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';
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

/** Makes pdf.js itself, as it is published, known to the page, without a screen around it, as `window.bare`. */
export async function loadBare(page: Page): Promise<void> {
  const source = readFileSync(resolve('node_modules/pdfjs-dist/legacy/build/pdf.mjs'), 'utf8');
  const { code } = await transform(source, {
    ...{ format: 'iife', globalName: 'barePdfjs', minify: true, target: 'chrome114', logLevel: 'silent' },
    // Asked for by Node alone.
    define: { 'import.meta.url': '""' },
  });
  await page.evaluate(`${code}; window.barePdfjs = barePdfjs;`);
  await page.evaluate(() => {
    type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
    const pdfjs = (window as unknown as { barePdfjs: PdfJs }).barePdfjs;
    const port = new Worker('app://desk/pdf.worker.js', { type: 'module' });
    Object.assign(window, { bare: { pdfjs, worker: pdfjs.PDFWorker.create({ port }) } });
  });
}
