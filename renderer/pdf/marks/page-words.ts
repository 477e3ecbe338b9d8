// The words of a page's text layer and where they stand on the screen. It selects and marks nothing.

export interface PageWord {
  readonly node: Text;
  readonly from: number;
  readonly to: number;
  readonly box: DOMRect;
}

/** In the order of the file. */
export function wordsIn(layer: Element): PageWord[] {
  const found: PageWord[] = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    for (const hit of node.data.matchAll(/\S+/gu)) {
      const range = new Range();
      range.setStart(node, hit.index);
      range.setEnd(node, hit.index + hit[0].length);
      found.push({
        node,
        from: hit.index,
        to: hit.index + hit[0].length,
        box: range.getBoundingClientRect(),
      });
    }
  }
  return found;
}
