// Keeps what is being read where it stands while the pages get another size: by zoom, by the room beside them, by a page above that
// became known. It draws nothing, and goes to no page by itself.
import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { keptTop, type PageSize, type Span } from './layout';

/** What the heights of the rows follow. */
export interface Standing {
  readonly scale: number;
  readonly pane: PageSize;
  readonly sizes: ReadonlyMap<number, PageSize>;
  /** How pages are turned and set side by side: where that changes, the view is taken to its page by who changed it. */
  readonly arranged: string;
}

/** Measures the rows anew when what they follow has changed, in the same picture. `pages` is the element as high as all rows. */
export function useKeptPlace(
  virtual: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLElement | null>,
  pages: RefObject<HTMLElement | null>,
  standing: Standing,
): void {
  const before = useRef<Standing | null>(null);
  const { scale, pane, sizes, arranged } = standing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of `standing` are what it follows
  useLayoutEffect(() => {
    const was = before.current;
    before.current = standing;
    // The first time the rows are just so.
    if (was === null) return;
    const shown = scroller.current;
    const top = shown?.scrollTop ?? 0;
    const grown = was.scale !== scale || was.pane !== pane;
    const old: Span | undefined = virtual.getVirtualItemForOffset(top + (grown ? was.pane.height / 2 : 0));
    virtual.measure();
    const whole = virtual.getTotalSize();
    const now = old === undefined ? undefined : virtual.measurementsCache[old.index];
    if (shown === null || pages.current === null || old === undefined || now === undefined) return;
    if (was.arranged !== arranged || was.pane.height === 0) return;
    const heights = grown ? { before: was.pane.height, after: pane.height } : null;
    // The same that the next drawing gives it: what is not there yet cannot be scrolled to.
    pages.current.style.height = `${whole}px`;
    shown.scrollTop = keptTop(top, old, now, heights);
    virtual.scrollOffset = shown.scrollTop;
  }, [virtual, scale, sizes, arranged, pane]);
}
