// The words of an office file in the order of its pages, slides or sheets, without their looks. Foreign XML, read once, within limits;
// nothing is computed, no link is followed.
import {
  type Attributes,
  inFileOrder,
  localName,
  type OfficeParts,
  officeParts,
  type PartReader,
} from './office-parts';
import { type Lines, sheetLines, textLines } from './text-lines';
import { workbookText } from './workbook-text';
import type { Zip } from './zip';

export type WordsKind = 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp';

/** Paragraphs, tables and breaks have the same names in WordprocessingML and DrawingML. */
function openXml(lines: Lines): PartReader {
  return {
    open(name, _attributes, parent) {
      const local = localName(name);
      if (local === 'p') lines.line();
      else if (local === 'tr') lines.row();
      else if (local === 'tc') lines.cell();
      else if (local === 'br') lines.lineBreak();
      // Elsewhere it says where tabs stop.
      else if (local === 'tab' && localName(parent) === 'r') lines.tab();
    },
    text(name, text) {
      if (localName(name) === 't') lines.word(text);
    },
    close(name) {
      if (localName(name) === 'tr') lines.row();
    },
    enough: lines.isFull,
  };
}

function documentText(parts: OfficeParts): string {
  const lines = textLines();
  parts.read('word/document.xml', openXml(lines));
  return lines.text();
}

function slidesText(parts: OfficeParts): string {
  const lines = textLines();
  const slides = inFileOrder(parts, {
    of: 'ppt/presentation.xml',
    element: 'sldId',
    type: 'slide',
    usual: /^ppt\/slides\/[^/]+\.xml$/,
  });
  for (const slide of slides) {
    if (lines.isFull()) break;
    lines.gap();
    parts.read(slide, openXml(lines));
  }
  return lines.text();
}

/** A text or slides of OpenDocument; notes of a speaker are no slide. */
function openDocumentText(parts: OfficeParts): string {
  const lines = textLines();
  let notes = 0;
  parts.read('content.xml', {
    open(name) {
      if (name === 'presentation:notes') notes += 1;
      if (notes > 0) return;
      if (name === 'text:p' || name === 'text:h') lines.line();
      else if (name === 'draw:page') lines.gap();
      else if (name === 'table:table-row') lines.row();
      else if (name === 'table:table-cell' || name === 'table:covered-table-cell') lines.cell();
      else if (name === 'text:line-break') lines.lineBreak();
      else if (name === 'text:tab') lines.tab();
      else if (name === 'text:s') lines.word(' ');
    },
    text(name, text) {
      if (notes === 0 && name.startsWith('text:')) lines.word(text);
    },
    close(name) {
      if (name === 'presentation:notes') notes -= 1;
      else if (name === 'table:table-row') lines.row();
    },
    enough: lines.isFull,
  });
  return lines.text();
}

/** Cells without words are written once for many (ODF 1.3, 19.675). */
function openSheetText(parts: OfficeParts): string {
  const lines = sheetLines();
  let [column, next] = [0, 0];
  let isMore = false;
  const cell = (attributes: Attributes): void => {
    column = next;
    next += Math.max(1, Number(attributes['table:number-columns-repeated']) || 1);
    isMore = false;
  };
  parts.read('content.xml', {
    open(name, attributes) {
      if (name === 'table:table') lines.gap();
      else if (name === 'table:table-row') {
        lines.row();
        [column, next] = [0, 0];
      } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') cell(attributes);
      else if (name === 'text:p' ? isMore : ['text:s', 'text:tab', 'text:line-break'].includes(name))
        lines.word(column, ' ');
    },
    text(name, text) {
      if (!name.startsWith('text:')) return;
      lines.word(column, text);
      isMore = true;
    },
    enough: lines.isFull,
  });
  return lines.text();
}

const readers: Readonly<Record<WordsKind, (parts: OfficeParts) => string>> = {
  docx: documentText,
  xlsx: workbookText,
  pptx: slidesText,
  odt: openDocumentText,
  ods: openSheetText,
  odp: openDocumentText,
};

/** `missed`: there is more in it that could not be read. The text is empty where it has no words. */
export function officeText(zip: Zip, kind: WordsKind): { readonly text: string; readonly missed: boolean } {
  const parts = officeParts(zip);
  const text = readers[kind](parts);
  // The first line keeps the tabs before it, which put it under its column.
  return { text: text.replace(/^[\r\n]+/, '').trimEnd(), missed: parts.missed() };
}
