// Marking one file without a window, for the tests: a ledger that takes all at once, and tools. Nothing in the program uses it.
import { asSha256, newDeskId } from '../../../preload/contract/ids';
import { emptyContent, type MarkContent } from './content';
import { MarkStore } from './mark-store';
import { MarkTools } from './mark-tools';
import type { Marking } from './marking';
import type { Sketch } from './sketch';

export const pageSize = { width: 595, height: 842 };

/** A file without marks, open before a clerk. */
export function openMarking(): Marking {
  const store = new MarkStore({
    documentId: newDeskId(),
    fileSha: asSha256('a'.repeat(64)),
    user: 'Nguyễn Thị Hường',
    save: async ({ puts, removed }) =>
      [...puts.map(({ id }) => id), ...removed].map((id) => ({ id, rev: 1 })),
    failed: (error) => {
      throw error;
    },
    now: () => new Date('2026-11-27T02:00:00Z'),
  });
  const view = () => ({ scale: 1, turn: 0, current: 1, sizeOf: () => pageSize }) as const;
  return { store, tools: new MarkTools('notes'), may: true, view, clipboard: { marks: [] } };
}

/** A note with words; an answer where `replyTo` is named. */
export function noteOf(text: string, replyTo: string | null = null): MarkContent {
  const place = { page: 1, kind: 'note', colour: 'yellow', layer: 'notes', at: { x: 100, y: 600 } } as const;
  return { ...emptyContent(place), text, replyTo };
}

/** What a pen drew from one place to another. */
export function sketchOf(kind: Sketch['kind'], x = 100, y = 300): Sketch {
  const face = { words: '', picture: null, size: { width: 0, height: 0 } };
  const points = [
    { x, y, pressure: 0.5 },
    { x: x + 90, y: y + 60, pressure: 0.5 },
  ];
  return { kind, page: 1, colour: 'red', layer: 'notes', face, points };
}
