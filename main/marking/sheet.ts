// The sheet "Phiếu giải quyết văn bản đến" (NĐ 30/2020, phụ lục IV, VII): what came in, and the opinions of the agency's leader, of the
// unit's leader and of who handles it. It lays out words as they are given and decides none of them.

import type { HandlingSheet, SheetOpinion } from '../../preload/contract/handling-sheet';
import { wrapMarkText } from '../../preload/contract/mark-look';
import { FontUse, POINTS_PER_MM } from '../signing';
import { a4, newSheetFile, type PageRule, type PageText, type SheetFonts } from './new-file';

/** NĐ 30, phụ lục I, I.3: margins of a page, millimetres. */
const margins = { top: 20, bottom: 20, left: 30, right: 15 } as const;
const left = margins.left * POINTS_PER_MM;
const right = a4.width - margins.right * POINTS_PER_MM;
const top = a4.height - margins.top * POINTS_PER_MM;
const bottom = margins.bottom * POINTS_PER_MM;
const textSize = 13;
/** Between two facts beside each other. */
const gap = 8;
const leading = 1.35;
/** Lines to be written on by hand where nobody has said anything. */
const emptyLines = 5;

interface Pen {
  readonly pages: { texts: PageText[]; rules: PageRule[] }[];
  y: number;
}

export const sheetTitle = 'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN';

/** Words of the form (phụ lục IV, VII). */
const headings = {
  leader: 'Ý kiến của lãnh đạo cơ quan, tổ chức:',
  unit: 'Ý kiến của lãnh đạo đơn vị:',
  handler: 'Ý kiến đề xuất của người giải quyết:',
} as const;

/** The sheet as a file; the same words give the same bytes. `missing`: the fonts lack one of its letters. */
export function sheetPdf(
  sheet: HandlingSheet,
  fonts: SheetFonts,
): { readonly bytes: Uint8Array; readonly missing: boolean } {
  const measures = { regular: new FontUse(fonts.regular), bold: new FontUse(fonts.bold) };
  const pen: Pen = { pages: [{ texts: [], rules: [] }], y: top };
  const page = () => {
    const last = pen.pages.at(-1);
    if (last !== undefined) return last;
    const made = { texts: [], rules: [] };
    pen.pages.push(made);
    return made;
  };
  const widthOf = (text: string, size: number, bold: boolean): number =>
    measures[bold ? 'bold' : 'regular'].widthOf(text, size);
  const linesOf = (text: string, size: number, bold: boolean, width: number): string[] =>
    wrapMarkText(text.normalize('NFC').trim(), width, (one) => widthOf(one, size, bold));
  /** Goes down by a height, onto a new page where this one is full. */
  const down = (height: number): void => {
    if (pen.y - height < bottom) {
      pen.pages.push({ texts: [], rules: [] });
      pen.y = top;
    }
    pen.y -= height;
  };
  const put = (text: string, x: number, size: number = textSize, bold = false): void => {
    if (text !== '') page().texts.push({ x, y: pen.y, size, bold, text });
  };
  const paragraph = (text: string, size: number = textSize, bold = false): void => {
    for (const line of linesOf(text, size, bold, right - left)) {
      down(size * leading);
      put(line, left, size, bold);
    }
  };
  const centred = (text: string, from: number, to: number, size: number, bold: boolean): void => {
    for (const line of linesOf(text, size, bold, to - from)) {
      down(size * leading);
      put(line, from + (to - from - widthOf(line, size, bold)) / 2, size, bold);
    }
  };

  head(sheet, pen, centred, page);
  down(26);
  centred(sheetTitle, left, right, 14, true);
  down(8);
  const fact = (label: string, value: string): string => `${label} ${value === '' ? '…'.repeat(12) : value}`;
  const half = (right - left) / 2;
  /** Beside each other, or one under the other where the left one would reach the right one or that one the edge. */
  const pair = (one: string, other: string): void => {
    const wide = (text: string): number => widthOf(text, textSize, false);
    if (wide(one) > half - gap || wide(other) > half) {
      paragraph(one);
      paragraph(other);
      return;
    }
    down(textSize * leading + 2);
    put(one, left);
    put(other, left + half);
  };
  pair(fact('Số đến:', sheet.number), fact('Ngày đến:', sheet.arrivalDate));
  pen.y -= 2;
  paragraph(fact('Tên loại:', sheet.type));
  pair(fact('Số, ký hiệu:', sheet.notation), fact('Ngày văn bản:', sheet.documentDate));
  pen.y -= 2;
  paragraph(fact('Tác giả:', sheet.author));
  paragraph(fact('Trích yếu nội dung:', sheet.subject));

  const opinion = ({ text, by, day }: SheetOpinion): void => {
    paragraph(text);
    const said = [by, day].filter((part) => part !== '').join(', ');
    for (const line of said === '' ? [] : linesOf(said, textSize, true, right - left)) {
      down(textSize * leading);
      put(line, right - widthOf(line, textSize, true), textSize, true);
    }
    pen.y -= 4;
  };
  const block = (heading: string, opinions: readonly SheetOpinion[]): void => {
    down(14);
    paragraph(heading, textSize, true);
    for (const one of opinions) opinion(one);
    if (opinions.length > 0) return;
    for (let line = 0; line < emptyLines; line += 1) {
      down(textSize * 1.6);
      page().rules.push({ from: left, to: right, y: pen.y, dotted: true });
    }
  };
  block(headings.leader, sheet.leader);
  block(headings.unit, sheet.unit);
  block(headings.handler, sheet.handler);
  return newSheetFile(pen.pages, sheetTitle, fonts);
}

type Centred = (text: string, from: number, to: number, size: number, bold: boolean) => void;

/** Ô số 1 and 2 of a document: the national heading, and who it is of. */
function head(sheet: HandlingSheet, pen: Pen, centred: Centred, page: () => { rules: PageRule[] }): void {
  const middle = left + (right - left) * 0.42;
  const start = pen.y;
  const upper = (text: string): string => text.toLocaleUpperCase('vi');
  if (sheet.parent !== '') centred(upper(sheet.parent), left, middle - 6, 12, false);
  centred(upper(sheet.agency), left, middle - 6, 12, true);
  const third = (middle - 6 - left) / 3;
  page().rules.push({ from: left + third, to: left + 2 * third, y: pen.y - 6, dotted: false });
  const end = pen.y;
  pen.y = start;
  centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', middle, right + 6, 12, true);
  centred('Độc lập - Tự do - Hạnh phúc', middle, right + 6, 13, true);
  const centre = (middle + right + 6) / 2;
  page().rules.push({ from: centre - 84, to: centre + 84, y: pen.y - 6, dotted: false });
  pen.y = Math.min(end, pen.y);
}
