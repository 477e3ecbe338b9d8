// The cells of a workbook, sheet by sheet in its own order, each under its column. It shows what is stored: no number is formatted, no
// formula computed.
import { inFileOrder, localName, type OfficeParts, relatedPart } from './office-parts';
import { mostColumns, sheetLines } from './text-lines';

const workbook = 'xl/workbook.xml';

/** Strings stand apart and are named by their number (ECMA-376, 18.4.9). */
function sharedStrings(parts: OfficeParts): string[] {
  const shared: string[] = [];
  parts.read(relatedPart(parts, workbook, 'sharedStrings') ?? 'xl/sharedStrings.xml', {
    open: (name) => void (localName(name) === 'si' && shared.push('')),
    text(name, text) {
      if (localName(name) === 't' && shared.length > 0) shared[shared.length - 1] += text;
    },
  });
  return shared;
}

/** The column, from 0, of a cell's name ("C5"); undefined where it has none. */
export function columnOf(cell: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(cell ?? '')?.[1];
  if (letters === undefined) return undefined;
  const number = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return number > mostColumns ? undefined : number - 1;
}

/** The words of all sheets, rows by line, an empty line between sheets. */
export function workbookText(parts: OfficeParts): string {
  const shared = sharedStrings(parts);
  const sheets = inFileOrder(parts, {
    of: workbook,
    element: 'sheet',
    type: 'worksheet',
    usual: /^xl\/worksheets\/[^/]+\.xml$/,
  });
  const lines = sheetLines();
  for (const sheet of sheets) {
    if (lines.isFull()) break;
    lines.gap();
    let column = -1;
    let isShared = false;
    parts.read(sheet, {
      open(name, { r: cell, t: type }) {
        const local = localName(name);
        if (local === 'row') {
          lines.row();
          column = -1;
        } else if (local === 'c') {
          column = columnOf(cell) ?? column + 1;
          isShared = type === 's';
        }
      },
      text(name, text) {
        const local = localName(name);
        if (local === 'v') lines.word(column, isShared ? (shared[Number(text)] ?? '') : text);
        else if (local === 't') lines.word(column, text);
      },
      enough: lines.isFull,
    });
  }
  return lines.text();
}
