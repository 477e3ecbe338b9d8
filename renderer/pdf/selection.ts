// Reads the clerk's text selection as quads on pages. It changes nothing.
import { mergeLines, type Quad, quadOf } from './geometry';
import { type Turn, turnedSize, unturnedBox } from './layout';

/** The quads of one page under a selection, in points. */
export interface SelectedQuads {
  readonly page: number;
  readonly quads: readonly Quad[];
}

/** The parts of the current selection inside `viewer`, one entry a page; `scale` is pixels a point, `turn` the pages'. */
export function selectedQuads(viewer: HTMLElement, scale: number, turn: Turn): SelectedQuads[] {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  const found: SelectedQuads[] = [];
  for (const page of viewer.querySelectorAll<HTMLElement>('[data-page]')) {
    const layer = page.querySelector('.textLayer');
    if (layer === null || !range.intersectsNode(layer)) continue;
    const frame = page.getBoundingClientRect();
    const boxes = textRects(layer, range).map((rect) =>
      unturnedBox(
        { left: rect.left - frame.left, top: rect.top - frame.top, width: rect.width, height: rect.height },
        frame,
        turn,
      ),
    );
    const height = turnedSize(frame, turn).height;
    const quads = mergeLines(boxes).map((box) => quadOf(box, height / scale, scale));
    if (quads.length > 0) found.push({ page: Number(page.dataset.page), quads });
  }
  return found;
}

/** Rectangles of the selected characters alone: the range's own rectangles also hold whole containers. */
function textRects(layer: Element, range: Range): DOMRect[] {
  const rects: DOMRect[] = [];
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node)) continue;
    const part = new Range();
    part.setStart(node, node === range.startContainer ? range.startOffset : 0);
    part.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
    rects.push(...part.getClientRects());
  }
  return rects;
}
