// Marking with the keyboard alone. A drawing tool has a pen that arrow keys move and Enter sets down and lifts; a tool for words
// selects them by arrow keys; a mark is moved by arrow keys, resized with Shift, opened by Enter, removed by Delete.
//
//   pen up ──Enter──▶ pen down ──arrows draw──▶ ──Enter──▶ a mark        Esc: pen up, then the tool is put down
import { typesInto } from '../../commands/shortcut';
import { contentOf } from './content';
import { type KeyPen, sketchId } from './mark-tools';
import {
  changeSelected,
  copy,
  draw,
  endTyping,
  type Marking,
  mayChange,
  nudge,
  paste,
  remove,
  visibleOn,
} from './marking';
import { markSelected } from './pen';
import { type Handle, handlesOf, resized } from './places';
import { type DrawnKind, finished, type PenPoint, type StampFace } from './sketch';
import { stepWords, type WordStep } from './word-caret';

/** Points an arrow key moves: a millimetre; with Ctrl, or the pen with Shift, ten times as far. */
const step = 72 / 25.4;
const far = 10;

const arrows: Readonly<Record<string, readonly [number, number, WordStep]>> = {
  ArrowLeft: [-1, 0, 'previous'],
  ArrowRight: [1, 0, 'next'],
  ArrowUp: [0, 1, 'above'],
  ArrowDown: [0, -1, 'below'],
};

/** True where the key was marking's. `target` is what has the keys. */
export function markingKey(scroller: HTMLElement, marking: Marking, event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return false;
  if (!(target instanceof HTMLElement) || !scroller.contains(target)) return false;
  if (event.key === 'Escape' && target.closest('.mark-card') !== null) {
    const { opened, byKey } = marking.tools.state();
    endTyping(marking);
    marking.tools.select([]);
    const mark = byKey ? scroller.querySelector<HTMLElement>(`[data-mark="${opened}"]`) : null;
    (mark ?? scroller).focus({ preventScroll: true });
    return true;
  }
  if (typesInto(target)) return false;
  const onMark = target.closest<HTMLElement>('[data-mark]')?.dataset.mark ?? null;
  if (target !== scroller && onMark === null) return false;
  // With Alt the arrows lead from document to document.
  if (event.altKey) return false;
  if (event.ctrlKey && arrows[event.key] === undefined) return controlKey(scroller, marking, event);
  const { tool } = marking.tools.state();
  if (tool === 'select') return selectKey(scroller, marking, event, onMark);
  if (event.key === 'Escape') return escaped(scroller, marking);
  if (!marking.may) return false;
  if (tool === 'highlight' || tool === 'underline' || tool === 'strike') {
    if (event.key === 'Enter') return markSelected(scroller, marking, tool);
    const arrow = arrows[event.key];
    const page = pageElement(scroller, marking.view().current);
    if (arrow === undefined || page === null) return false;
    const words = stepWords(scroller, page, arrow[2], event.shiftKey);
    marking.tools.say('marks.words-selected', { words });
    return true;
  }
  return penKey(scroller, marking, event, tool);
}

function pageElement(scroller: HTMLElement, page: number): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-page="${page}"]`);
}

function controlKey(scroller: HTMLElement, marking: Marking, event: KeyboardEvent): boolean {
  const { tools, view } = marking;
  switch (event.key.toLowerCase()) {
    // Selected words are copied as words.
    case 'c':
      return document.getSelection()?.isCollapsed !== false && copy(marking);
    case 'x': {
      const taken = document.getSelection()?.isCollapsed !== false && copy(marking);
      if (taken) remove(marking, tools.state().selected);
      return taken;
    }
    case 'v':
      return paste(marking);
    case 'a':
      tools.select(visibleOn(marking, view().current).map(({ id }) => id));
      scroller.focus({ preventScroll: true });
      return true;
    default:
      return false;
  }
}

function escaped(scroller: HTMLElement, { tools }: Marking): boolean {
  const { pen, tool } = tools.state();
  document.getSelection()?.removeAllRanges();
  if (pen?.drawn != null) tools.movePen({ ...pen, drawn: null });
  else tools.take(tool, tools.state().face);
  tools.show(null);
  scroller.focus({ preventScroll: true });
  return true;
}

function selectKey(
  scroller: HTMLElement,
  marking: Marking,
  event: KeyboardEvent,
  onMark: string | null,
): boolean {
  const { store, tools } = marking;
  const { selected, opened } = tools.state();
  if (selected.length === 0) return false;
  const arrow = arrows[event.key];
  if (arrow !== undefined) {
    if (!marking.may) return false;
    const by = step * (event.ctrlKey ? far : 1);
    if (event.shiftKey) resizeByKey(marking, arrow[0] * by, arrow[1] * by);
    else nudge(marking, arrow[0] * by, arrow[1] * by);
    return true;
  }
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      remove(marking, selected);
      scroller.focus({ preventScroll: true });
      return true;
    case 'Escape':
      tools.select(opened === null ? [] : selected);
      if (opened === null) scroller.focus({ preventScroll: true });
      return true;
    case 'F2':
    case 'Enter': {
      const id = onMark ?? selected[0];
      const mark = store.shown().find((one) => one.id === id);
      if (mark === undefined) return false;
      if (mark.kind === 'text' && mayChange(marking, mark)) {
        const content = contentOf(mark);
        tools.edit({ id: mark.id, content });
      } else tools.select([mark.id], opened === mark.id ? null : mark.id, true);
      return true;
    }
    default:
      return false;
  }
}

/** Right and up pull the right and the upper side out; a line moves its end. */
function resizeByKey(marking: Marking, dx: number, dy: number): void {
  const { selected } = marking.tools.state();
  changeSelected(
    marking,
    (content, page) => {
      const handles = handlesOf(content);
      const wish: Handle = handles.includes('end') ? 'end' : content.kind === 'text' ? 'e' : 'se';
      if (handles.length === 0) return content;
      // A picture keeps its proportions, so one direction moves both sides.
      const [x, y] = content.picture === null ? [dx, dy] : [dx === 0 ? -dy : dx, dx === 0 ? dy : -dx];
      return resized(content, wish, x, y, page);
    },
    `size ${selected.join(' ')}`,
  );
}

/** Where the pen begins: the middle of what is seen of the page. */
function firstPen(scroller: HTMLElement, marking: Marking): KeyPen | null {
  const { current, scale, sizeOf } = marking.view();
  const page = pageElement(scroller, current);
  if (page === null) return null;
  const [frame, pane] = [page.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const size = sizeOf(current);
  const top = Math.max(frame.top, pane.top) - frame.top;
  const bottom = Math.min(frame.bottom, pane.bottom) - frame.top;
  const y = size.height - (top + bottom) / 2 / scale;
  return { page: current, x: size.width / 2, y: Math.max(0, Math.min(size.height, y)), drawn: null };
}

const plain: StampFace = { words: '', picture: null, size: { width: 0, height: 0 } };

function penKey(scroller: HTMLElement, marking: Marking, event: KeyboardEvent, kind: DrawnKind): boolean {
  const { tools, view } = marking;
  const { colours, layer, face } = tools.state();
  const kept = tools.state().pen;
  const fresh = kept === null || (kept.drawn === null && kept.page !== view().current);
  const pen = fresh ? firstPen(scroller, marking) : kept;
  if (pen === null || (kind === 'stamp' && face === null)) return false;
  const drawing = (points: readonly PenPoint[]) => ({
    kind,
    page: pen.page,
    colour: colours[kind],
    layer,
    face: face ?? plain,
    points,
  });
  const arrow = arrows[event.key];
  if (arrow !== undefined) {
    const size = view().sizeOf(pen.page);
    const by = step * (event.shiftKey || event.ctrlKey ? far : 1);
    const x = Math.max(0, Math.min(size.width, pen.x + (fresh ? 0 : arrow[0] * by)));
    const y = Math.max(0, Math.min(size.height, pen.y + (fresh ? 0 : arrow[1] * by)));
    const drawn = pen.drawn === null ? null : [...pen.drawn, { x, y, pressure: 0.5 }];
    tools.movePen({ ...pen, x, y, drawn });
    const content = drawn === null ? null : finished(drawing(drawn), size);
    if (content !== null) tools.show(new Map([[sketchId, content]]));
    const [left, top] = [x, size.height - y].map((points) => Math.round(points / step));
    tools.say('marks.pen-at', { page: pen.page, left: left ?? 0, top: top ?? 0 });
    return true;
  }
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  const here = { x: pen.x, y: pen.y, pressure: 0.5 };
  const placed = kind === 'text' || kind === 'note' || kind === 'stamp';
  if (!placed && pen.drawn === null) {
    tools.movePen({ ...pen, drawn: [here] });
    tools.say('marks.pen-down');
    return true;
  }
  tools.show(null);
  draw(marking, drawing(pen.drawn ?? [here]), event.timeStamp, event.timeStamp);
  if (tools.state().tool !== 'select') tools.movePen({ ...pen, drawn: null });
  return true;
}
