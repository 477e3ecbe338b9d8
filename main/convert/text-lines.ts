// Words put down as lines, and cells put under each other by tabs, as a plain text shows them. Pure.
import { mostLetters } from '../../preload/contract/preview';

/** Columns of a sheet (ECMA-376, 18.3.1.4). */
export const mostColumns = 16_384;

/** A text that grows until it has more letters than are shown. */
export interface Lines {
  readonly text: () => string;
  readonly isFull: () => boolean;
  readonly word: (word: string) => void;
  /** A paragraph begins; the first of a cell stands in the cell's line. */
  readonly line: () => void;
  /** A break inside of a paragraph. */
  readonly lineBreak: () => void;
  readonly tab: () => void;
  readonly row: () => void;
  readonly cell: () => void;
  /** An empty line stands before whatever comes: a sheet, a slide. */
  readonly gap: () => void;
}

/** Lines of a running text with tables in it. Nothing ends with two line breaks but by `gap`. */
export function textLines(): Lines {
  let text = '';
  let isFirstCell = true;
  let isFresh = true;
  const lineBreak = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += '\n';
    isFresh = true;
  };
  return {
    text: () => text,
    isFull: () => text.length > mostLetters,
    word(word) {
      if (text.length > mostLetters) return;
      text += word;
      isFresh = false;
    },
    line() {
      if (!isFresh) lineBreak();
    },
    lineBreak,
    tab() {
      if (!isFresh && !text.endsWith('\t')) text += '\t';
    },
    row() {
      lineBreak();
      isFirstCell = true;
    },
    cell() {
      if (!isFirstCell) text += '\t';
      isFirstCell = false;
      isFresh = true;
    },
    gap() {
      lineBreak();
      if (text !== '' && !text.endsWith('\n\n')) text += '\n';
    },
  };
}

/** A sheet: what stands in one column stands under each other, however many cells before it are left out. */
export interface SheetLines {
  readonly text: () => string;
  readonly isFull: () => boolean;
  readonly row: () => void;
  /** More of the cell in this column, from 0. */
  readonly word: (column: number, word: string) => void;
  readonly gap: () => void;
}

/** Lines of sheets; rows without a word are left out. */
export function sheetLines(): SheetLines {
  let text = '';
  let pen = 0;
  const row = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += '\n';
    pen = 0;
  };
  return {
    text: () => text,
    isFull: () => text.length > mostLetters,
    row,
    word(column, word) {
      if (text.length > mostLetters || word === '') return;
      const place = Math.min(column, mostColumns - 1);
      if (place > pen) text += '\t'.repeat(place - pen);
      // Cells out of their order are not put under a column, and do not run into one another.
      else if (place < pen) text += ' ';
      pen = Math.max(pen, place);
      // A line or a tab inside of a cell would put the rest under another column.
      text += word.replace(/[\r\n\t]+/g, ' ');
    },
    gap() {
      row();
      if (text !== '' && !text.endsWith('\n\n')) text += '\n';
    },
  };
}
