// What a screen reader is given of a place: its tree as text, and what in it has no name. It asserts nothing.
import type { Locator, Page } from 'playwright-core';

/** Roles that a person acts on, or that stand for something to be seen. */
const named =
  'button|textbox|combobox|checkbox|radio|link|tab|dialog|img|listbox|spinbutton|searchbox|slider|switch|menuitem|menuitemcheckbox|tabpanel|toolbar|region|group';

/** The accessibility tree below a place, a line a node. */
export function treeOf(place: Locator): Promise<string> {
  return place.ariaSnapshot({ timeout: 60_000 });
}

/** Lines of a tree whose node should have a name and has none. */
export function namelessIn(tree: string): string[] {
  const bare = new RegExp(`^\\s*- (?:${named})(?: \\[[^\\]]*\\])*:?(?: .*)?$`);
  const withName = new RegExp(`^\\s*- '?(?:${named}) ["/]`);
  return tree.split('\n').filter((line) => bare.test(line) && !withName.test(line));
}

/** What has the keys: its name, and the test id of what it stands in. */
export async function focusOf(
  page: Page,
): Promise<{ readonly tag: string; readonly name: string; readonly mark: string; readonly within: string }> {
  return page.evaluate(() => {
    const active = document.activeElement as HTMLElement | null;
    return {
      tag: active?.tagName ?? '',
      name: active?.getAttribute('aria-label') ?? '',
      mark: active?.dataset.mark ?? '',
      within: active?.parentElement?.closest<HTMLElement>('dialog, [data-testid]')?.dataset.testid ?? '',
    };
  });
}
