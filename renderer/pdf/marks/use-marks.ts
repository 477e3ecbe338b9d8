// Binds marking to one reading view: the pen to its pages, the keys to its frame, the tools to its state. It draws nothing.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { markingKey } from './keys';
import type { MarkDesk } from './mark-desk';
import { type MarkTool, MarkTools } from './mark-tools';
import { endTyping, type Marking, type PageView } from './marking';
import { attachPen, markSelected } from './pen';
import type { StampFace } from './sketch';
import { loadMarkFont } from './text-width';

export interface Marks {
  readonly marking: Marking;
  /** Takes a tool up; words that are selected are marked at once by a tool for words. */
  readonly take: (tool: MarkTool, face?: StampFace) => void;
  /** The keys go back to the pages. */
  readonly leave: () => void;
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
  const [, setLoaded] = useState(false);
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
  const leave = useCallback((): void => {
    endTyping(marking);
    scroller.current?.focus({ preventScroll: true });
  }, [marking, scroller]);
  return {
    marking,
    leave,
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
