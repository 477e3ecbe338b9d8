// The size in pixels of an element while it is shown. It decides nothing.
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { PageSize } from './layout';

/** Of an element that is not there yet. */
export const noPane: PageSize = { width: 0, height: 0 };

/** Follows the inner size of the element; `assumed` is what it has until it is there. */
export function usePane(element: RefObject<HTMLElement | null>, assumed: PageSize): PageSize {
  const [pane, setPane] = useState(assumed);
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height } = shown;
      setPane((now) => (now.width === width && now.height === height ? now : { width, height }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(shown);
    look();
    return () => observer.disconnect();
  }, [element]);
  return pane;
}
