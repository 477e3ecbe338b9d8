// The size in pixels of an element while it is shown. It decides nothing.
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { PageSize } from './layout';

/** Follows the inner size of the element. */
export function usePane(element: RefObject<HTMLElement | null>): PageSize {
  const [pane, setPane] = useState<PageSize>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    const look = (): void => setPane({ width: shown.clientWidth, height: shown.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(shown);
    look();
    return () => observer.disconnect();
  }, [element]);
  return pane;
}
