// From what the clerk selects or presses on a page to a mark in points of that page. It stores nothing.
import { type MouseEvent, type RefObject, useState } from 'react';
import type { NewNote } from './annotation-layer';
import { type Turn, turnedSize, unturnedBox } from './layout';
import { selectedQuads } from './selection';
import type { Tool } from './toolbar';
import type { Mark } from './viewer-props';

export interface Marking {
  readonly tool: Tool;
  readonly newNote: NewNote | null;
  readonly opened: string | null;
  readonly chooseTool: (wanted: Tool) => void;
  readonly open: (id: string | null) => void;
  readonly press: (event: MouseEvent<HTMLElement>) => void;
  readonly endSelection: () => void;
  readonly saveNote: (text: string) => void;
}

/** `scale` is pixels a point; `onMark` null: nothing may be marked. */
export function useMarking(
  scroller: RefObject<HTMLElement | null>,
  scale: number,
  turn: Turn,
  onMark: ((mark: Mark) => void) | null,
): Marking {
  const [tool, setTool] = useState<Tool>('none');
  const [opened, setOpened] = useState<string | null>(null);
  const [newNote, setNewNote] = useState<NewNote | null>(null);

  const markSelection = (): boolean => {
    const element = scroller.current;
    if (element === null || onMark === null) return false;
    const found = selectedQuads(element, scale, turn);
    for (const { page, quads } of found) {
      const [x = 0, y = 0] = quads[0] ?? [];
      onMark({ page, kind: 'highlight', quads: quads.map((quad) => [...quad]), at: { x, y }, text: '' });
    }
    if (found.length > 0) document.getSelection()?.removeAllRanges();
    return found.length > 0;
  };
  const press = (event: MouseEvent<HTMLElement>): void => {
    if (tool !== 'note' || !(event.target instanceof Element)) return;
    if (event.target.closest('.note-place, .highlight') !== null) return;
    const page = event.target.closest<HTMLElement>('[data-page]');
    if (page === null) return;
    const frame = page.getBoundingClientRect();
    const seen = { left: event.clientX - frame.left, top: event.clientY - frame.top, width: 0, height: 0 };
    const at = unturnedBox(seen, frame, turn);
    setOpened(null);
    setNewNote({
      page: Number(page.dataset.page),
      x: Math.round(at.left / scale),
      y: Math.round((turnedSize(frame, turn).height - at.top) / scale),
    });
    setTool('none');
  };
  return {
    tool,
    newNote,
    opened,
    press,
    chooseTool: (wanted) => {
      if (wanted === 'highlight' && markSelection()) return;
      setTool(tool === wanted ? 'none' : wanted);
    },
    open: (id) => {
      setNewNote(null);
      setOpened(id);
    },
    endSelection: () => {
      if (tool === 'highlight') markSelection();
    },
    saveNote: (text) => {
      if (newNote !== null && onMark !== null) {
        onMark({ page: newNote.page, kind: 'note', quads: [], at: { x: newNote.x, y: newNote.y }, text });
      }
      setNewNote(null);
    },
  };
}
