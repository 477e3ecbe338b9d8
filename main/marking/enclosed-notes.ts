// Notes whose words a flattened page cannot show, as a numbered list in reading order with the answers to each. Pure; it draws
// nothing.
import type { ExportedMark } from '../../preload/contract/annotation';
import { hasPlace } from './drawing';
import { threadFirsts } from './threads';

export type Answering = 'nothing' | 'in-file' | 'not-here';

export interface EnclosedNote {
  /** From 1, in the order of pages and from the top of each. */
  readonly number: number;
  readonly mark: ExportedMark;
  /** What the note itself answers: nothing, one that lies in the file already, or one that is not in this copy. */
  readonly answering: Answering;
  /** Oldest first. */
  readonly answers: readonly ExportedMark[];
}

/** The words of these stand on the page itself; those of a picture are what it shows. Answers are not drawn on any page. */
function showsWords({ kind, replyTo }: ExportedMark): boolean {
  return replyTo === null && (kind === 'text' || kind === 'stamp');
}

/** Where a mark begins: its upper left, points of the page as shown. */
function placeOf({ at, box, quads, strokes }: ExportedMark): { readonly x: number; readonly y: number } {
  const [x1 = at.x, y1 = at.y] = quads[0] ?? [];
  if (quads.length > 0) return { x: x1, y: y1 };
  if (box !== null) return { x: box[0] ?? at.x, y: box[3] ?? at.y };
  const [x = at.x, y = at.y] = strokes[0] ?? [];
  return { x, y };
}

const hasWords = ({ text }: ExportedMark): boolean => text.trim() !== '';

/**
 * What is to be listed beside the pages. `inFile` has the ids of what the file holds itself: an answer to one of those, or to a note
 * that is left out of this copy, stands by itself.
 */
export function enclosedNotes(
  marks: readonly ExportedMark[],
  inFile: { has(id: string): boolean },
): EnclosedNote[] {
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const firsts = threadFirsts(marks, ({ replyTo }) => (replyTo === null ? undefined : byId.get(replyTo)));
  const answeringOf = ({ replyTo }: ExportedMark): Answering => {
    // In a thread that leads back to itself each stands for itself.
    if (replyTo === null || byId.has(replyTo)) return 'nothing';
    return inFile.has(replyTo) ? 'in-file' : 'not-here';
  };
  const threads = new Map<string, { mark: ExportedMark; answering: Answering; answers: ExportedMark[] }>();
  const threadOf = (mark: ExportedMark) => {
    const thread = threads.get(mark.id) ?? { mark, answering: answeringOf(mark), answers: [] };
    threads.set(mark.id, thread);
    return thread;
  };
  for (const mark of marks) {
    const first = firsts.get(mark);
    if (first === undefined || first === mark) threadOf(mark);
    else threadOf(first).answers.push(mark);
  }
  return [...threads.values()]
    .map((thread) => ({
      ...thread,
      answers: thread.answers.filter(hasWords).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    }))
    .filter(
      ({ mark, answers }) => hasPlace(mark) && (answers.length > 0 || (hasWords(mark) && !showsWords(mark))),
    )
    .sort((a, b) => {
      const [one, other] = [placeOf(a.mark), placeOf(b.mark)];
      return a.mark.page - b.mark.page || other.y - one.y || one.x - other.x;
    })
    .map((thread, index) => ({ number: index + 1, ...thread }));
}
