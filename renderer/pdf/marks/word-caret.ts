// Selecting the words of a page by keys: from word to word and from line to line. It moves the browser's own selection, which is
// what the tools for words read; it marks nothing.

import { type PageWord, wordsIn } from './page-words';

export type WordStep = 'next' | 'previous' | 'below' | 'above';

/** The words of a page in the order of the file. */
function wordsOf(page: HTMLElement): PageWord[] {
  const layer = page.querySelector('.textLayer');
  return layer === null ? [] : wordsIn(layer);
}

function indexAt(words: readonly PageWord[], node: Node | null, offset: number): number {
  return words.findIndex((word) => word.node === node && word.from <= offset && offset <= word.to);
}

/** The word of the next line, or of the one before, that stands nearest below or above. */
function onOtherLine(words: readonly PageWord[], now: number, way: 1 | -1): number {
  const box = words[now]?.box;
  if (box === undefined) return now;
  const middle = (box.top + box.bottom) / 2;
  const beyond = words
    .map((word, index) => ({
      index,
      away: (word.box.top + word.box.bottom) / 2 - middle,
      left: word.box.left,
    }))
    .filter(({ away }) => away * way > box.height * 0.6);
  const nearest = Math.min(...beyond.map(({ away }) => Math.abs(away)));
  const line = beyond.filter(({ away }) => Math.abs(away) < nearest + box.height * 0.5);
  const best = line.reduce<(typeof line)[number] | null>(
    (sum, one) => (sum === null || Math.abs(one.left - box.left) < Math.abs(sum.left - box.left) ? one : sum),
    null,
  );
  return best?.index ?? now;
}

/**
 * Moves the selection of words by a step; `extend` keeps where it began. The first step selects the first word in sight.
 * Returns the selected words; empty: the page has none.
 */
export function stepWords(scroller: HTMLElement, page: HTMLElement, step: WordStep, extend: boolean): string {
  const words = wordsOf(page);
  const selection = document.getSelection();
  if (words.length === 0 || selection === null) return '';
  const focus = indexAt(words, selection.focusNode, selection.focusOffset);
  const anchor = indexAt(words, selection.anchorNode, selection.anchorOffset);
  const top = scroller.getBoundingClientRect().top;
  const first = Math.max(
    0,
    words.findIndex((word) => word.box.top >= top),
  );
  const to = focus < 0 ? first : stepped(words, focus, step);
  const from = extend && anchor >= 0 ? anchor : to;
  const [start, end] = [words[from], words[to]];
  if (start === undefined || end === undefined) return '';
  if (from <= to) selection.setBaseAndExtent(start.node, start.from, end.node, end.to);
  else selection.setBaseAndExtent(start.node, start.to, end.node, end.from);
  end.node.parentElement?.scrollIntoView({ block: 'nearest' });
  return selection.toString().trim();
}

function stepped(words: readonly PageWord[], now: number, step: WordStep): number {
  switch (step) {
    case 'next':
      return Math.min(words.length - 1, now + 1);
    case 'previous':
      return Math.max(0, now - 1);
    case 'below':
      return onOtherLine(words, now, 1);
    case 'above':
      return onOtherLine(words, now, -1);
  }
}
