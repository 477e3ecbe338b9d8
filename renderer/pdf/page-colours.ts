// The colours pages are drawn in when the clerk's eyes need others than the page's own. It stores the choice and nothing else.
import { useCallback, useState, useSyncExternalStore } from 'react';

/** What pdf.js maps white and black onto. */
export interface PageColours {
  readonly background: string;
  readonly foreground: string;
}

export type ColourChoice = 'own' | 'dark' | 'system';

const storageKey = 'van-thu.page-colours';
const dark: PageColours = { background: '#14161a', foreground: '#f2f3f5' };
/** Windows' own high-contrast pair. */
const system: PageColours = { background: 'Canvas', foreground: 'CanvasText' };

/** null: the page's own colours. */
export function coloursOf(choice: ColourChoice, forced: boolean): PageColours | null {
  if (choice === 'dark') return dark;
  if (choice === 'system' || forced) return system;
  return null;
}

function stored(): ColourChoice {
  const value = localStorage.getItem(storageKey);
  return value === 'dark' || value === 'system' ? value : 'own';
}

let query: MediaQueryList | undefined;
let forcedNow = false;
const followers = new Set<() => void>();

/** Whether the system wants its own colours: asked once and then followed, since asking lays the whole screen out each time. */
function isForced(): boolean {
  if (query === undefined) {
    const asked = window.matchMedia('(forced-colors: active)');
    query = asked;
    forcedNow = asked.matches;
    asked.addEventListener('change', () => {
      forcedNow = asked.matches;
      for (const changed of followers) changed();
    });
  }
  return forcedNow;
}

function followForced(changed: () => void): () => void {
  followers.add(changed);
  return () => followers.delete(changed);
}

/** The colours pages are drawn in now, and the step to the next choice: own, dark, those of the system. */
export function usePageColours(): { readonly colours: PageColours | null; readonly next: () => void } {
  const [choice, setChoice] = useState<ColourChoice>(stored);
  const forced = useSyncExternalStore(followForced, isForced);
  const next = useCallback(
    () =>
      setChoice((now) => {
        const after: ColourChoice = now === 'own' ? 'dark' : now === 'dark' ? 'system' : 'own';
        localStorage.setItem(storageKey, after);
        return after;
      }),
    [],
  );
  return { colours: coloursOf(choice, forced), next };
}
