// What mouse, finger and pen do on the pages: taken from the events themselves, all of them, without a screen being rendered in
// between. It decides what a press means; the acts stand in marking.ts.
//
//   idle ──down, tool──▶ drawing ──up──▶ idle (a mark)        a finger is ignored once a pen was seen: the palm rests there
//   idle ──down on mark──▶ holding ──move──▶ dragging ──up──▶ idle (a move);  up without a move opens the mark
//   idle ──down, eraser end──▶ erasing ──up──▶ idle           whatever the tool is; all of it goes back as one step
import { turnedSize, unturnedBox } from '../layout';
import { selectedQuads } from '../selection';
import { contentOf, type MarkContent } from './content';
import { between, erasedAt, isEraser } from './eraser';
import { beginInk, type InkStroke } from './ink-canvas';
import { sketchId } from './mark-tools';
import { draw, fitted, type Marking, markAt, markWords, mayChange } from './marking';
import { type Handle, isTextMark, moved, type Point, resized } from './places';
import { extended, finished, type PenPoint, type Sketch } from './sketch';

type Doing =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'erasing';
      readonly pointer: number;
      readonly page: HTMLElement;
      readonly began: number;
      from: Point;
    }
  | {
      readonly kind: 'drawing';
      readonly pointer: number;
      readonly page: HTMLElement;
      sketch: Sketch;
      readonly ink: InkStroke | null;
      readonly began: number;
    }
  | {
      readonly kind: 'holding';
      readonly pointer: number;
      readonly page: HTMLElement;
      readonly from: Point;
      readonly handle: Handle | null;
      readonly id: string;
      dragged: boolean;
    };

/** Screen pixels within which a thin line is hit, and after which a press is a drag. */
const reach = 5;
const dragAfter = 4;

/** Presses there belong to what stands over the page. */
const ownGround = '.mark-card, .mark-editor, .placement, [data-own-keys]';

export function pageOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-page]') : null;
}

/** A place on the screen in points of the page it is on. */
export function pagePoint(
  marking: Marking,
  page: HTMLElement,
  at: { clientX: number; clientY: number },
): Point {
  const { scale, turn } = marking.view();
  const frame = page.getBoundingClientRect();
  const seen = { left: at.clientX - frame.left, top: at.clientY - frame.top, width: 0, height: 0 };
  const place = unturnedBox(seen, frame, turn);
  return { x: place.left / scale, y: (turnedSize(frame, turn).height - place.top) / scale };
}

function numberOf(page: HTMLElement): number {
  return Number(page.dataset.page);
}

/** Listens on the pages until the returned function is called. */
export function attachPen(scroller: HTMLElement, marking: Marking): () => void {
  const { store, tools, view } = marking;
  let doing: Doing = { kind: 'idle' };
  let penSeen = false;
  let blocked = false;

  const penPoint = (page: HTMLElement, event: PointerEvent): PenPoint => ({
    ...pagePoint(marking, page, event),
    pressure: event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 0.5,
  });

  const begin = (event: PointerEvent, page: HTMLElement): void => {
    const { tool, colours, layer, face } = tools.state();
    if (tool === 'select' || tool === 'highlight' || tool === 'underline' || tool === 'strike') return;
    if (tool === 'stamp' && face === null) return;
    block(event);
    scroller.setPointerCapture(event.pointerId);
    const plain = { words: '', picture: null, size: { width: 0, height: 0 } };
    const number = numberOf(page);
    const empty: Sketch = {
      kind: tool,
      page: number,
      colour: colours[tool],
      layer,
      face: face ?? plain,
      points: [],
    };
    const ink = tool === 'ink' ? beginInk(page, view().sizeOf(number), view().scale, colours.ink) : null;
    doing = { kind: 'drawing', pointer: event.pointerId, page, sketch: empty, ink, began: event.timeStamp };
    add(event);
  };

  /** Every place the pen was at since the last event, not only where it is now. */
  const add = (event: PointerEvent): void => {
    if (doing.kind !== 'drawing') return;
    const between = event.type === 'pointermove' ? event.getCoalescedEvents() : [];
    for (const one of between.length > 0 ? between : [event]) {
      const point = penPoint(doing.page, one);
      const next = extended(doing.sketch, point);
      if (next === doing.sketch) continue;
      doing.sketch = next;
      doing.ink?.to(point, event.timeStamp);
    }
    if (doing.ink !== null) return;
    const content = finished(doing.sketch, view().sizeOf(doing.sketch.page));
    if (content !== null && content.kind !== 'note') tools.show(new Map([[sketchId, content]]));
  };

  const hold = (event: PointerEvent, page: HTMLElement): void => {
    const handle =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-handle]') : null;
    const from = pagePoint(marking, page, event);
    const state = tools.state();
    if (handle !== null && state.selected[0] !== undefined) {
      block(event);
      scroller.setPointerCapture(event.pointerId);
      const named = handle.dataset.handle as Handle;
      doing = {
        kind: 'holding',
        pointer: event.pointerId,
        page,
        from,
        handle: named,
        id: state.selected[0],
        dragged: false,
      };
      return;
    }
    const mark = markAt(marking, numberOf(page), from, reach / view().scale);
    if (mark === null) {
      if (state.selected.length > 0 || state.opened !== null) tools.select([]);
      return;
    }
    // Words under a mark can still be selected where nothing is dragged.
    if (!isTextMark(mark)) {
      block(event);
      scroller.setPointerCapture(event.pointerId);
    }
    const others = event.shiftKey ? state.selected.filter((id) => id !== mark.id) : [];
    const kept = state.selected.includes(mark.id) && !event.shiftKey ? state.selected : [...others, mark.id];
    tools.select(kept, state.opened === mark.id ? mark.id : null);
    doing = {
      kind: 'holding',
      pointer: event.pointerId,
      page,
      from,
      handle: null,
      id: mark.id,
      dragged: false,
    };
  };

  const dragged = (event: PointerEvent): ReadonlyMap<string, MarkContent> => {
    if (doing.kind !== 'holding') return new Map();
    const { page, from, handle, id } = doing;
    const to = pagePoint(marking, page, event);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const ids = handle === null ? tools.state().selected : [id];
    const marks = store
      .shown()
      .filter((mark) => ids.includes(mark.id) && mayChange(marking, mark) && !isTextMark(mark));
    return new Map(
      marks.map((mark) => {
        const size = view().sizeOf(mark.page);
        const content = contentOf(mark);
        return [
          mark.id,
          handle === null ? moved(content, dx, dy, size) : fitted(resized(content, handle, dx, dy, size)),
        ];
      }),
    );
  };

  const block = (event: Event): void => {
    blocked = true;
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement && document.activeElement !== scroller)
      document.activeElement.blur();
  };

  const erase = (event: PointerEvent): void => {
    if (doing.kind !== 'erasing') return;
    const coalesced = event.type === 'pointermove' ? event.getCoalescedEvents() : [];
    const near = reach / view().scale;
    for (const one of coalesced.length > 0 ? coalesced : [event]) {
      const to = pagePoint(marking, doing.page, one);
      for (const point of between(doing.from, to, near)) {
        const seen = store.shown().filter(({ layer }) => !tools.state().hidden.includes(layer));
        const writes = erasedAt(seen, numberOf(doing.page), point, near);
        if (writes.length > 0) store.act(writes, `erase ${doing.began}`);
      }
      doing.from = to;
    }
  };

  const beginErasing = (event: PointerEvent, page: HTMLElement): void => {
    block(event);
    scroller.setPointerCapture(event.pointerId);
    tools.select([]);
    const from = pagePoint(marking, page, event);
    doing = { kind: 'erasing', pointer: event.pointerId, page, began: event.timeStamp, from };
    erase(event);
  };

  const down = (event: PointerEvent): void => {
    blocked = false;
    if (event.pointerType === 'pen') penSeen = true;
    if (doing.kind === 'holding') doing = { kind: 'idle' };
    const erases = isEraser(event);
    if ((event.button !== 0 && !erases) || doing.kind !== 'idle') return;
    if (event.target instanceof Element && event.target.closest(ownGround) !== null) return;
    const page = pageOf(event.target);
    if (page === null) return;
    if (erases) {
      if (marking.may) beginErasing(event, page);
      return;
    }
    const { tool } = tools.state();
    if (tool === 'select') hold(event, page);
    else if (event.pointerType === 'touch' && penSeen) block(event);
    else if (marking.may) begin(event, page);
  };

  const move = (event: PointerEvent): void => {
    if (doing.kind === 'idle' || event.pointerId !== doing.pointer) return;
    if (doing.kind === 'drawing') {
      add(event);
      return;
    }
    if (doing.kind === 'erasing') {
      erase(event);
      return;
    }
    const at = pagePoint(marking, doing.page, event);
    const away = Math.hypot(at.x - doing.from.x, at.y - doing.from.y) * view().scale;
    if (!doing.dragged && away < dragAfter) return;
    doing.dragged = true;
    tools.show(dragged(event));
  };

  const up = (event: PointerEvent): void => {
    const now = doing;
    if (now.kind === 'idle') {
      const { tool } = tools.state();
      if (tool === 'highlight' || tool === 'underline' || tool === 'strike')
        markSelected(scroller, marking, tool);
      return;
    }
    if (event.pointerId !== now.pointer) return;
    if (now.kind === 'erasing') {
      erase(event);
      doing = { kind: 'idle' };
      return;
    }
    if (now.kind === 'drawing') {
      add(event);
      doing = { kind: 'idle' };
      tools.show(null);
      draw(marking, now.sketch, now.began, event.timeStamp);
      now.ink?.end();
      return;
    }
    const writes = now.dragged ? [...dragged(event)].map(([id, content]) => ({ id, content })) : [];
    doing = { kind: 'idle' };
    tools.show(null);
    const selecting = document.getSelection()?.isCollapsed === false;
    if (writes.length > 0) store.act(writes);
    else if (!now.dragged && now.handle === null && !event.shiftKey && !selecting) {
      tools.select([now.id], tools.state().opened === now.id ? null : now.id);
    }
    focusMark(scroller, now.id);
  };

  const cancel = (event: PointerEvent): void => {
    if (doing.kind === 'idle' || event.pointerId !== doing.pointer) return;
    const now = doing;
    doing = { kind: 'idle' };
    // What was written until the system took the pen away is not lost.
    if (now.kind === 'drawing' && now.ink !== null) {
      draw(marking, now.sketch, now.began, event.timeStamp);
      now.ink.end();
    }
    tools.show(null);
  };

  /** A press that was taken selects no words and moves no focus. */
  const mouseDown = (event: MouseEvent): void => {
    if (blocked) event.preventDefault();
  };

  const stop = new AbortController();
  const options = { signal: stop.signal };
  scroller.addEventListener('pointerdown', down, options);
  scroller.addEventListener('pointermove', move, options);
  scroller.addEventListener('pointerup', up, options);
  scroller.addEventListener('pointercancel', cancel, options);
  scroller.addEventListener('mousedown', mouseDown, options);
  return () => stop.abort();
}

/** The words that are selected become a mark; false: none are. */
export function markSelected(
  scroller: HTMLElement,
  marking: Marking,
  kind: 'highlight' | 'underline' | 'strike',
): boolean {
  const { scale, turn } = marking.view();
  const found = selectedQuads(scroller, scale, turn);
  if (found.length === 0) return false;
  markWords(marking, kind, found);
  document.getSelection()?.removeAllRanges();
  return true;
}

/** The keys go to a mark once it stands on the screen. */
export function focusMark(scroller: HTMLElement, id: string): void {
  const place = scroller.querySelector<HTMLElement>(`[data-mark="${CSS.escape(id)}"]`);
  (place ?? scroller).focus({ preventScroll: true });
}
