// Runs text in the page as the page itself could: under its policy, and after a press of a key where a gesture is wanted.
import type { Page } from 'playwright-core';

/** Gives what the expression resolves to, or `threw NAME`. */
export function inPage(page: Page, expression: string): Promise<unknown> {
  // A task of its own: while the protocol's own evaluation runs, eval is let through whatever the policy says.
  return page.evaluate(
    `(async () => {
      await new Promise((next) => setTimeout(next));
      try { return await (${expression}); } catch (error) { return 'threw ' + error.name; }
    })()`,
  );
}

/** The same, in the task of a real press of a key: Chromium then grants what it grants to a gesture only. */
export async function withGesture(page: Page, expression: string): Promise<unknown> {
  await page.evaluate(
    `void (window.__gesture = new Promise((done) => window.addEventListener('keydown', () => {
      (async () => (${expression}))().then(done, (error) => done('threw ' + error.name));
      setTimeout(() => done('unanswered'), 5000);
    }, { once: true, capture: true })))`,
  );
  await page.keyboard.press('Shift');
  return page.evaluate('window.__gesture');
}
