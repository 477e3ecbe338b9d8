// The clerk's marks: a highlight and a note that are there again after the application was killed.
import type { Page } from 'playwright-core';
import { testIds } from '../../renderer/app/test-ids';
import { at, openFolder, openRow } from '../desk/actions';

const patience = 60_000;

/** Selects the first longer run of text on the page as a mouse would: from its left end to its right end. */
async function selectText(page: Page): Promise<void> {
  const span = page
    .locator('.textLayer span')
    .filter({ hasText: /\S{3,}.*\S{3,}/ })
    .nth(8);
  await span.waitFor({ timeout: patience });
  const box = await span.boundingBox();
  if (box === null) throw new Error('no text on the page');
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
}

/** Makes one highlight and one note on the open document and waits until both are saved. */
export async function annotate(page: Page, folder: 'in-progress', id: string, text: string): Promise<void> {
  await openFolder(page, folder);
  await openRow(page, id);
  await page.locator('.textLayer span').first().waitFor({ timeout: patience });
  await at(page, testIds.viewer.highlightTool).click();
  await selectText(page);
  await at(page, testIds.viewer.highlight).first().waitFor({ timeout: patience });
  await at(page, testIds.viewer.noteTool).click();
  const box = await page.locator('[data-page="1"]').boundingBox();
  if (box === null) throw new Error('no page');
  await page.mouse.click(box.x + box.width * 0.7, box.y + Math.min(box.height, 380) * 0.5);
  await at(page, testIds.viewer.noteText).fill(text);
  await at(page, testIds.viewer.noteSave).click();
  await at(page, testIds.viewer.note).first().waitFor({ timeout: patience });
  await page
    .locator(`[data-testid="${testIds.foot.saved}"][data-saved="saved"]`)
    .waitFor({ timeout: patience });
}

/** Throws when the marks of a document are not there. */
export async function findMarks(page: Page, folder: 'in-progress', id: string): Promise<void> {
  await openFolder(page, folder);
  await openRow(page, id);
  await at(page, testIds.viewer.highlight).first().waitFor({ timeout: patience });
  await at(page, testIds.viewer.note).first().waitFor({ timeout: patience });
  await page.locator('.textLayer span').first().waitFor({ timeout: patience });
}
