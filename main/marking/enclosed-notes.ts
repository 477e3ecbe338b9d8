// Notes whose words a flattened page cannot show, as a numbered list in reading order with the answers to each. Pure; it draws
// nothing.
import type { ExportedMark } from '../../preload/contract/annotation';
import { hasPlace } from './drawing';

export interface EnclosedNote {
  /** From 1, in the order of pages and from the top of each. */
  readonly number: number;
  readonly mark: ExportedMark;
  /** It answers a note that lies in the file already. */
  readonly answersForeign: boolean;
  /** Oldest first. */
  readonly answers: readonly ExportedMark[];
}

/** The words of these stand on the page itself; of a picture they do not. */
function showsWords({ kind, picture }: ExportedMark): boolean {
  return kind === 'text' || (kind === 'stamp' && picture === null);
}

/** Where a mark begins: its upper left, points of the page as shown. */
function placeOf({ at, box, quads, strokes }: ExportedMark): { readonly x: number; readonly y: number } {
  const [x1 = at.x, y1 = at.y] = quads[0] ?? [];
  if (quads.length > 0) return { x: x1, y: y1 };
  if (box !== null) return { x: box[0] ?? at.x, y: box[3] ?? at.y };
  const [x = at.x, y = at.y] = strokes[0] ?? [];
  return { x, y };
}

/** The first note of the thread an answer belongs to; undefined where that is none of these. */
function rootOf(mark: ExportedMark, byId: ReadonlyMap<string, ExportedMark>): ExportedMark | undefined {
  let current: ExportedMark | undefined = mark;
  // A thread that leads back to itself has no first note.
  for (let step = 0; step <= byId.size && current !== undefined; step += 1) {
    if (current.replyTo === null) return current;
    current = byId.get(current.replyTo);
  }
  return undefined;
}

const hasWords = ({ text }: ExportedMark): boolean => text.trim() !== '';

/** What is to be listed beside the pages. An answer to a note of another program stands by itself. */
export function enclosedNotes(marks: readonly ExportedMark[]): EnclosedNote[] {
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const threads = new Map<string, { mark: ExportedMark; answersForeign: boolean; answers: ExportedMark[] }>();
  const threadOf = (mark: ExportedMark, answersForeign: boolean) => {
    const thread = threads.get(mark.id) ?? { mark, answersForeign, answers: [] };
    threads.set(mark.id, thread);
    return thread;
  };
  for (const mark of marks) {
    const root = rootOf(mark, byId);
    if (root === undefined) threadOf(mark, true);
    else if (root === mark) threadOf(mark, false);
    else threadOf(root, false).answers.push(mark);
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
