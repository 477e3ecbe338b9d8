// The reading view on the whole screen, one page at a time. Esc and the system leave it; it only follows.
import { type RefObject, useCallback, useEffect, useState } from 'react';

export interface Presenting {
  readonly on: boolean;
  readonly toggle: () => void;
}

/** Of the element itself: when it is gone the screen is given back. */
export function usePresenting(element: RefObject<HTMLElement | null>): Presenting {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const look = (): void =>
      setOn(document.fullscreenElement === element.current && element.current !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);
  const toggle = useCallback(() => {
    const change =
      document.fullscreenElement === null ? element.current?.requestFullscreen() : document.exitFullscreen();
    // A system that gives no whole screen leaves the view as it is.
    change?.then(
      () => element.current?.querySelector<HTMLElement>('.viewer-scroll')?.focus(),
      () => setOn(false),
    );
  }, [element]);
  return { on, toggle };
}
