// Finds words in a PDF's text, marks and case aside, page by page. It draws nothing; the pages show the hits.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { findFolded, foldMarks } from '../i18n/folding';
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

/**
 * The strings of a page's text items joined as they are, since so they stand on the page; an item that ends a line is followed
 * by a blank.
 */
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

/** More are not counted: nobody goes through them one by one. */
export const mostHits = 2000;

/** How far a search has come; the last of a search is never `searching`. `more`: there are hits beyond those given. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly state: 'searching' | 'whole' | 'more';
}

export interface Search {
  readonly query: string;
  /** Nothing is found on layers that are not seen. */
  readonly layers: LayerChoices;
  readonly signal: AbortSignal;
  /** Hears of every page that has hits and of the end, in that order; of nothing once `signal` is aborted. */
  readonly tell: (found: Found) => void;
  /** Lets the window do what waits, between two pages; a test puts its own in place. */
  readonly breath?: () => Promise<void>;
  readonly limit?: number;
}

/** A task of its own, so that keys and pictures come before the next page. */
const ofWindow = (): Promise<void> => new Promise((go) => setTimeout(go, 0));

/** Seeks in reading order. Rejects what pdf.js rejects. */
export async function findInPdf(document: PDFDocumentProxy, search: Search): Promise<void> {
  const { query, layers, signal, breath = ofWindow, limit = mostHits } = search;
  const hits: Hit[] = [];
  const tell = (state: Found['state']): void => {
    if (!signal.aborted) search.tell({ hits: [...hits], state });
  };
  // Without a letter there is nothing to read the file for.
  if (foldMarks(query).trim() === '') return tell('whole');
  const seen = await layersRead(document, layers);
  for (let page = 1; page <= document.numPages; page += 1) {
    if (signal.aborted) return;
    const joined = joinItems(stringsOf(await readText(await document.getPage(page), seen)));
    const here = findFolded(joined.text, query).length;
    const taken = Math.min(here, limit - hits.length);
    for (let index = 0; index < taken; index += 1) hits.push({ page, index });
    if (taken < here) return tell('more');
    if (here > 0) tell('searching');
    await breath();
  }
  tell('whole');
}
