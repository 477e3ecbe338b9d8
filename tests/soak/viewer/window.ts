// One file after another in the real window's check of a file: whether it opens, how long that takes, and its first page's picture.
import type { Page } from 'playwright-core';
import { testIds } from '../../../renderer/app/test-ids';
import { at } from '../../desk/actions';
import type { Grey } from './compare';

export type Shown =
  | { readonly kind: 'drawn'; readonly milliseconds: number; readonly picture: Grey }
  /** The window said why it shows nothing. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'hung' };

/** A file is read, sealed and its signatures checked before the window has it: that has its own limit. */
const bringing = 120_000;

/** What the window says instead of a page, also that it shows a file's words alone; '' while it says nothing. */
function reasonIn(ids: Readonly<Record<'password' | 'refused' | 'failure', string>>): string {
  const byId = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${id}"]`);
  if (byId(ids.password) !== null) return 'password';
  const words =
    document.querySelector<HTMLElement>('.viewer-problem, .page-failed-words, .other-file, .kinds-note') ??
    byId(ids.refused) ??
    byId(ids.failure);
  return words?.textContent.trim().replace(/\s+/g, ' ') ?? '';
}

const ids = {
  password: testIds.intake.passwordForm,
  refused: testIds.intake.refused,
  failure: testIds.failure,
};

async function picture(page: Page): Promise<Grey> {
  const { width, height, text } = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-page="1"] canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
    if (canvas === null || data === undefined) throw new Error('no picture');
    let whole = '';
    const row = new Uint8Array(canvas.width);
    for (let y = 0; y < canvas.height; y += 1) {
      for (let x = 0; x < canvas.width; x += 1) {
        const from = (y * canvas.width + x) * 4;
        row[x] = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
      }
      for (let x = 0; x < row.length; x += 8192) whole += String.fromCharCode(...row.subarray(x, x + 8192));
    }
    return { width: canvas.width, height: canvas.height, text: btoa(whole) };
  });
  return { width, height, pixels: new Uint8Array(Buffer.from(text, 'base64')) };
}

/** Brings the file in and waits until its first page stands there, the window says why not, or `limit` milliseconds are over. */
export async function showFile(page: Page, path: string, name: string, limit: number): Promise<Shown> {
  await at(page, testIds.check.file).setInputFiles(path);
  const come = await page.waitForFunction(
    ([wanted, refused, failure]) => {
      const chosen = document.querySelector<HTMLSelectElement>('.file-choice')?.selectedOptions[0]?.label;
      if (chosen === wanted) return 'come';
      return document.querySelector(`[data-testid="${refused}"], [data-testid="${failure}"]`) === null
        ? false
        : 'refused';
    },
    [name, ids.refused, ids.failure],
    { timeout: bringing, polling: 30 },
  );
  const begin = Date.now();
  if ((await come.jsonValue()) === 'refused') {
    const reason = await page.evaluate(reasonIn, ids);
    await page.keyboard.press('Escape');
    return { kind: 'refused', reason };
  }
  for (;;) {
    const drawn = await page.locator('[data-page="1"].page-drawn').count();
    if (drawn > 0) break;
    const reason = await page.evaluate(reasonIn, ids);
    if (reason !== '') return { kind: 'refused', reason };
    if (Date.now() - begin > limit) return { kind: 'hung' };
    await page.waitForTimeout(30);
  }
  const milliseconds = Date.now() - begin;
  return { kind: 'drawn', milliseconds, picture: await picture(page) };
}
