// What a clerk does in the window, as functions: each drives the real page by its stable names and waits for what it shows.
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { testIds } from '../../renderer/app/test-ids';

const patience = 60_000;

/** One line of a list. */
export interface RowFacts {
  readonly document: string;
  readonly state: string;
  readonly title: string;
}

export function at(page: Page, id: string): Locator {
  return page.getByTestId(id);
}

/** Waits for the desk's first picture: the folders. */
export async function waitForDesk(page: Page): Promise<void> {
  await at(page, testIds.panes.folders)
    .or(at(page, testIds.firstStart.root))
    .first()
    .waitFor({ timeout: patience });
}

/** Answers the question of the first start where it is asked. */
export async function answerFirstStart(
  page: Page,
  lastIncoming: number,
  lastOutgoing: number,
): Promise<boolean> {
  await waitForDesk(page);
  const asked = at(page, testIds.firstStart.root);
  if ((await asked.count()) === 0) return false;
  await at(page, testIds.firstStart.lastIncoming).fill(String(lastIncoming));
  await at(page, testIds.firstStart.lastOutgoing).fill(String(lastOutgoing));
  await at(page, testIds.firstStart.save).click();
  await asked.waitFor({ state: 'detached', timeout: patience });
  return true;
}

/** Opens a folder and waits until its list has been read. */
export async function openFolder(page: Page, folder: Parameters<typeof testIds.folder>[0]): Promise<void> {
  await at(page, testIds.folder(folder)).click();
  // Registers and the check are no lists: there is nothing to wait for.
  await page.waitForFunction(
    (id) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute('aria-busy') !== 'true',
    testIds.panes.list,
    { timeout: patience },
  );
}

/** The lines that are shown now. */
export async function rows(page: Page): Promise<RowFacts[]> {
  const found = await at(page, testIds.row).all();
  const facts: RowFacts[] = [];
  for (const row of found) {
    facts.push({
      document: (await row.getAttribute('data-document')) ?? '',
      state: (await row.getAttribute('data-state')) ?? '',
      title: (await row.getAttribute('data-title')) ?? '',
    });
  }
  return facts;
}

/** The count that a folder shows; 0 when it shows none. */
export async function folderCount(
  page: Page,
  folder: Parameters<typeof testIds.folderCount>[0],
): Promise<number> {
  const count = at(page, testIds.folderCount(folder));
  if ((await count.count()) === 0) return 0;
  return Number((await count.innerText()).replace(/\D/g, '') || '0');
}

/**
 * Opens a document by its line. The list is virtual: it is scrolled, round and round, until the line is drawn; a line that
 * arrivals push out of the drawn part before it is pressed is looked for again.
 */
export async function openRow(page: Page, document: string): Promise<void> {
  const line = `[data-testid="${testIds.row}"][data-document="${document}"]`;
  for (let looks = 1; ; looks += 1) {
    await scrollToRow(page, line);
    try {
      await page.locator(line).click({ timeout: 5000 });
      return;
    } catch (cause) {
      if (looks === 6) throw cause;
    }
  }
}

async function scrollToRow(page: Page, line: string): Promise<void> {
  await page.waitForFunction(
    ([row, list]) => {
      if (window.document.querySelector(row ?? '') !== null) return true;
      const scroller = window.document.querySelector(
        `[data-testid="${list}"] [role="listbox"]`,
      )?.parentElement;
      if (scroller === null || scroller === undefined) return false;
      const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      scroller.scrollTop = atEnd ? 0 : scroller.scrollTop + scroller.clientHeight * 0.8;
      return false;
    },
    [line, testIds.panes.list],
    { timeout: patience, polling: 100 },
  );
}

/** Waits until a document's line is no longer in the open list. */
export async function waitForRowGone(page: Page, document: string): Promise<void> {
  await page
    .locator(`[data-testid="${testIds.row}"][data-document="${document}"]`)
    .waitFor({ state: 'detached', timeout: patience });
}

/** What the sentence above the page lets the clerk do. */
export async function verdictTone(page: Page): Promise<string> {
  const bar = at(page, testIds.verdict);
  await bar.waitFor({ timeout: patience });
  return (await bar.getAttribute('data-tone')) ?? '';
}

/** Registers and accepts the open document with the proposed number; gives the number. */
export async function accept(page: Page): Promise<string> {
  const button = at(page, testIds.act.registerAndAccept);
  await button.waitFor({ timeout: patience });
  const number = at(page, testIds.field.arrivalNumber);
  await page.waitForFunction(
    (id) => (document.querySelector(`[data-testid="${id}"]`) as HTMLInputElement | null)?.value !== '',
    testIds.field.arrivalNumber,
    { timeout: patience },
  );
  const value = await number.inputValue();
  await button.click();
  return value;
}

/** Sends the open document back with a reason. */
export async function refuse(page: Page, reason: string): Promise<void> {
  await at(page, testIds.act.refuse).click();
  await at(page, testIds.field.reason).fill(reason);
  await at(page, testIds.reasonDialog.confirm).click();
}

/** Presses a button that closes its own window, which may be gone before the press is told to have happened. */
export async function pressToClose(window: Page, button: string): Promise<void> {
  const closed = window.waitForEvent('close', { timeout: patience });
  await window
    .locator(button)
    .click({ timeout: patience })
    .catch((error: unknown) => {
      if (!window.isClosed()) throw error;
    });
  await closed;
}

/** The PIN window that opens while `act` runs: types the PIN and signs. */
export async function typePin(
  app: ElectronApplication,
  act: () => Promise<void>,
  pin: string,
  look?: (window: Page) => Promise<void>,
): Promise<void> {
  const opening = app.waitForEvent('window', { timeout: patience });
  await act();
  const window = await opening;
  await window.locator('#pin').waitFor({ timeout: patience });
  await window.locator('#pin').fill(pin);
  await look?.(window);
  await pressToClose(window, '#sign');
}

/** Makes main's save dialog answer with a path, once: there is no person to choose it. */
export async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const original = dialog.showSaveDialog;
    const once = async (): Promise<{ canceled: boolean; filePath: string }> => {
      dialog.showSaveDialog = original;
      return { canceled: false, filePath: chosen };
    };
    dialog.showSaveDialog = once as typeof dialog.showSaveDialog;
  }, path);
}

/** Waits until a step of the road is in a state. */
export async function waitForStep(page: Page, step: string, state: string): Promise<void> {
  await page
    .locator(`[data-testid="${testIds.road.step(step)}"][data-state="${state}"]`)
    .waitFor({ timeout: patience });
}

/** The sentence of the last failed act, or '' when there is none. */
export async function failure(page: Page): Promise<string> {
  const bar = at(page, testIds.failure);
  return (await bar.count()) === 0 ? '' : (await bar.first().innerText()).trim();
}
