// The words of a page by line with their places on it, out of the pieces of text that pdf.js gives. Pure; it leaves nothing out.
import type { Box } from '../../pdf/geometry';
import { wordKey } from './word-key';

export interface PageWord {
  readonly text: string;
  readonly key: string;
  /** In points from the upper left of the page as shown; more than one where the word is broken over lines. */
  readonly boxes: readonly Box[];
}

/** A piece of text as pdf.js gives it: `transform` to the page's own space, `width` in points. */
export interface TextPiece {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

/** How wide a text is, in any unit: only shares of it count. */
export type TextWidth = (text: string) => number;

/** Of the height of a line: how far letters rise above their base line and hang below it. */
const rise = 0.82;
const hang = 0.2;

function times(one: readonly number[], other: readonly number[]): number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = one;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = other;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** The box round a share of a piece, whichever way its line runs. */
function boxOfShare(piece: TextPiece, toPage: readonly number[], from: number, to: number): Box {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = times(toPage, piece.transform);
  const long = Math.hypot(a, b) || 1;
  const high = Math.hypot(c, d) || 1;
  const [alongX, alongY] = [a / long, b / long];
  const [upX, upY] = [c / high, d / high];
  const corners = [from, to].flatMap((share) =>
    [rise, -hang].map(
      (height) =>
        [
          x + alongX * piece.width * share + upX * high * height,
          y + alongY * piece.width * share + upY * high * height,
        ] as const,
    ),
  );
  const xs = corners.map(([one]) => one);
  const ys = corners.map(([, one]) => one);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** The words of a line, never none. */
export type Line = readonly PageWord[];

/** Lines in reading order. `toPage` leads from the page's own space to points from its upper left. */
export function linesOfPage(
  pieces: readonly TextPiece[],
  toPage: readonly number[],
  widthOf: TextWidth,
): Line[] {
  const lines: Line[] = [];
  let line: PageWord[] = [];
  let text = '';
  let boxes: Box[] = [];
  const endWord = (): void => {
    const whole = text.normalize('NFC');
    if (whole !== '') line.push({ text: whole, key: wordKey(whole), boxes });
    [text, boxes] = ['', []];
  };
  const endLine = (): void => {
    endWord();
    if (line.length > 0) lines.push(line);
    line = [];
  };
  for (const piece of pieces) {
    const whole = widthOf(piece.str) || 1;
    for (const found of piece.str.matchAll(/\s+|\S+/gu)) {
      if (found[0].trim() === '') {
        endWord();
        continue;
      }
      text += found[0];
      const [from, to] = [found.index, found.index + found[0].length].map(
        (at) => widthOf(piece.str.slice(0, at)) / whole,
      );
      boxes.push(boxOfShare(piece, toPage, from ?? 0, to ?? 1));
    }
    if (piece.hasEOL) endLine();
  }
  endLine();
  return lines;
}
