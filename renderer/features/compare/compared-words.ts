// The words of two files held against each other: which pages belong together and what differs. Pure; it looks at no picture.
import { alignPages, type PagePair } from './align';
import { diffWords } from './diff';
import { type Difference, placedWords, wordDifferences } from './differences';
import type { PageWord } from './page-words';

/** Words by page, from the first page on, of the earlier and the later file. */
export function comparedWords(
  left: readonly (readonly PageWord[])[],
  right: readonly (readonly PageWord[])[],
): { readonly pairs: readonly PagePair[]; readonly differences: readonly Difference[] } {
  const [lefts, rights] = [placedWords(left), placedWords(right)];
  const runs = diffWords(
    lefts.map(({ key }) => key),
    rights.map(({ key }) => key),
  );
  const pairs = alignPages(
    runs,
    lefts.map(({ page }) => page),
    rights.map(({ page }) => page),
    { left: left.length, right: right.length },
  );
  return { pairs, differences: wordDifferences(runs, lefts, rights) };
}
