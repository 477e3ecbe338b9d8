// A word with a meaning: never colour alone. It knows no document.
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warning' | 'bad' | 'neutral' | 'plain';

/** A small labelled state. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`chip chip-${tone}`}>{children}</span>;
}
