// Finds words in a PDF's text, marks and case aside, page by page. It draws nothing; the pages show the hits.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { findFolded } from '../i18n/folding';
import { type LayerChoices, layersRead } from './layers';
import { readText, stringsOf } from './text-content';

export interface Hit {
  readonly page: number;
  /** Which one on its page, from 0. */
  readonly index: number;
}

/** Where a piece of a page's text begins in the joined text. */
export interface JoinedText {
  readonly text: string;
  readonly starts: readonly number[];
}

/** The strings of a page's text items joined as they are, since so they stand on the page; an item that ends a line is followed by a blank. */
export function joinItems(items: readonly { readonly str: string; readonly hasEOL?: boolean }[]): JoinedText {
  const starts: number[] = [];
  let text = '';
  for (const item of items) {
    starts.push(text.length);
    text += item.str;
    if (item.hasEOL === true && !text.endsWith(' ')) text += ' ';
  }
  return { text, starts };
}

export interface Part {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** The parts of items that [start, end) of the joined text covers. */
export function partsOf(joined: JoinedText, start: number, end: number): Part[] {
  const parts: Part[] = [];
  joined.starts.forEach((begin, item) => {
    const finish = joined.starts[item + 1] ?? joined.text.length;
    const from = Math.max(start, begin);
    const to = Math.min(end, finish);
    if (from < to) parts.push({ item, from: from - begin, to: to - begin });
  });
  return parts;
}

/** All hits in reading order, none on layers that are not seen; gives up when `signal` is aborted. At most `limit`. */
export async function findInPdf(
  document: PDFDocumentProxy,
  query: string,
  layers: LayerChoices,
  signal: AbortSignal,
  limit = 2000,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  const seen = await layersRead(document, layers);
  for (let page = 1; page <= document.numPages; page += 1) {
    if (signal.aborted) return hits;
    const joined = joinItems(stringsOf(await readText(await document.getPage(page), seen)));
    for (let index = 0; index < findFolded(joined.text, query).length; index += 1) {
      if (hits.length >= limit) return hits;
      hits.push({ page, index });
    }
  }
  return hits;
}
