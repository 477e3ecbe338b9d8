// Puts the pieces of a page's text together: lines, and in each line the segments that stand apart from each other as
// columns do. Pure; it knows nothing of what the words mean.
import type { PageSize, TextPiece } from '../reading';
import { decodedText, encodingOf } from './legacy-text';

export type { PageSize, TextPiece };

export interface TextLine {
  readonly page: number;
  readonly y: number;
  readonly height: number;
  readonly pieces: readonly TextPiece[];
}

/** Words of one line that belong together. */
export interface Segment {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly centre: number;
  readonly y: number;
  readonly height: number;
}

/** Groups pieces into lines: same page, base lines closer than half a letter. Top to bottom, left to right. */
export function linesOf(pieces: readonly TextPiece[]): readonly TextLine[] {
  const encoding = encodingOf(pieces.map((piece) => piece.text));
  const sorted = pieces
    .filter((piece) => piece.text.trim() !== '')
    .map((piece) => ({ ...piece, text: decodedText(piece.text, encoding) }))
    .sort((a, b) => a.page - b.page || b.y - a.y || a.x - b.x);
  const lines: { page: number; y: number; height: number; pieces: TextPiece[] }[] = [];
  for (const piece of sorted) {
    const last = lines.at(-1);
    if (last !== undefined && last.page === piece.page && Math.abs(last.y - piece.y) < piece.height * 0.5) {
      last.pieces.push(piece);
      last.height = Math.max(last.height, piece.height);
    } else {
      lines.push({ page: piece.page, y: piece.y, height: piece.height, pieces: [piece] });
    }
  }
  for (const line of lines) line.pieces.sort((a, b) => a.x - b.x);
  return lines;
}

/** A piece whose blanks make columns, cut there: its letters are taken as equally wide. */
function cutAtWideBlanks(piece: TextPiece): TextPiece[] {
  const parts = [...piece.text.matchAll(/\S+(?:\s{1,3}\S+)*/g)];
  const letter = piece.width / Math.max(1, piece.text.length);
  if (parts.length < 2) {
    // Blanks around the words have a width too.
    const [only] = parts;
    if (only === undefined) return [];
    return [{ ...piece, text: only[0], x: piece.x + only.index * letter, width: only[0].length * letter }];
  }
  return parts.map((part) => ({
    ...piece,
    text: part[0],
    x: piece.x + part.index * letter,
    width: part[0].length * letter,
  }));
}

/** The segments of one line: pieces further apart than a letter and a half are parted. */
export function segmentsOf(line: TextLine): Segment[] {
  const segments: { text: string; x: number; right: number; y: number; height: number }[] = [];
  for (const piece of line.pieces.flatMap(cutAtWideBlanks)) {
    const last = segments.at(-1);
    const gap = last === undefined ? Number.POSITIVE_INFINITY : piece.x - last.right;
    if (last === undefined || gap > Math.max(10, line.height * 1.5)) {
      const { text, x, y, width, height } = piece;
      segments.push({ text, x, right: x + width, y, height });
      continue;
    }
    // Letters of one word may come in several pieces.
    const blank = gap > line.height * 0.15 && !last.text.endsWith(' ') ? ' ' : '';
    last.text += blank + piece.text;
    last.right = Math.max(last.right, piece.x + piece.width);
    last.height = Math.max(last.height, piece.height);
  }
  return segments.map(({ text, x, right, y, height }) => ({
    page: line.page,
    text: text.replace(/\s+/g, ' ').trim(),
    x,
    right,
    centre: (x + right) / 2,
    y,
    height,
  }));
}
