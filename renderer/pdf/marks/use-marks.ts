// Binds marking to one reading view: the pen to its pages, the keys to its frame, the tools to its state. It draws nothing.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { markingKey } from './keys';
import type { MarkDesk } from './mark-desk';
import { type MarkTool, MarkTools } from './mark-tools';
import { endTyping, type Marking, type PageView } from './marking';
import { steppedNote } from './note-steps';
import { attachPen, markSelected } from './pen';
import type { StampFace } from './sketch';
import { loadMarkFont, markFontLoaded } from './text-width';

export interface Marks {
  readonly marking: Marking;
  /** Takes a tool up; words that are selected are marked at once by a tool for words. */
  readonly take: (tool: MarkTool, face?: StampFace) => void;
  /** The keys go back to a mark, or to the pages. */
  readonly leave: (mark?: string) => void;
  /** To the note after or before the one that has the keys; its page is brought into sight by `goTo`. */
  readonly step: (by: 1 | -1, goTo: (page: number) => void) => void;
}

export function useMarks(scroller: RefObject<HTMLElement | null>, desk: MarkDesk, view: PageView): Marks {
  const [tools] = useState(() => new MarkTools(desk.layer));
  const now = useRef(view);
  now.current = view;
  const { store, may, clipboard } = desk;
  const marking = useMemo<Marking>(
    () => ({ store, tools, may, clipboard, view: () => now.current }),
    [store, tools, may, clipboard],
  );
  const [, setLoaded] = useState(markFontLoaded);
  // Words measured in another font would break elsewhere than on paper.
  useEffect(() => {
    loadMarkFont().then(
      () => setLoaded(true),
      () => setLoaded(true),
    );
  }, []);
  useEffect(() => {
    const pages = scroller.current;
    if (pages === null) return;
    const stop = attachPen(pages, marking);
    const key = (event: KeyboardEvent): void => {
      if (!markingKey(pages, marking, event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    pages.addEventListener('keydown', key);
    return () => {
      stop();
      pages.removeEventListener('keydown', key);
      endTyping(marking);
    };
  }, [scroller, marking]);
  const leave = useCallback(
    (mark?: string): void => {
      endTyping(marking);
      const place =
        mark === undefined ? null : scroller.current?.querySelector<HTMLElement>(`[data-mark="${mark}"]`);
      (place ?? scroller.current)?.focus({ preventScroll: true });
    },
    [marking, scroller],
  );
  const step = (by: 1 | -1, goTo: (page: number) => void): void => {
    endTyping(marking);
    const { hidden, selected } = tools.state();
    const roots = store.shown().filter(({ replyTo, layer }) => replyTo === null && !hidden.includes(layer));
    const held = document.activeElement?.closest<HTMLElement>('[data-mark]')?.dataset.mark;
    const from = { mark: held ?? selected[0] ?? null, page: now.current.current };
    const next = steppedNote(roots, from, by, now.current.turn);
    if (next === null) {
      tools.say(by === 1 ? 'marks.none-after' : 'marks.none-before');
      return;
    }
    const isThere = scroller.current?.querySelector(`[data-mark="${next.id}"]`) != null;
    if (!isThere) goTo(next.page);
    tools.reach(next.id);
  };
  return {
    marking,
    leave,
    step,
    take: (tool, face) => {
      endTyping(marking);
      const pages = scroller.current;
      const words = tool === 'highlight' || tool === 'underline' || tool === 'strike';
      if (pages !== null && words && markSelected(pages, marking, tool)) return;
      tools.take(tool, face ?? null);
      pages?.focus({ preventScroll: true });
    },
  };
}
