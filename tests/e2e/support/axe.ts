// What axe finds in a window under WCAG 2.1 A and AA. It asserts nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** A line a place; the policy of the page does not bind the debugger's own evaluation. */
export async function axeFaults(window: Page): Promise<string[]> {
  await window.evaluate(`typeof window.axe === 'undefined' && (() => { ${axe} })()`);
  const found = (await window.evaluate(`window.axe
    .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })
    .then((result) => result.violations)`)) as Violation[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
