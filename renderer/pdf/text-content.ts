// Reads the text of a PDF page piece by piece. It exists because pdf.js' own getTextContent iterates a stream with
// `for await`, which Chromium below 124 does not know. It interprets nothing.
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextContent } from 'pdfjs-dist/types/src/display/api';

/** Whether a layer, as the worker names it beside marked content, is seen. */
export type LayerSeen = (layer: unknown) => boolean;

type Item = TextContent['items'][number];

/**
 * All of a page's text as pdf.js gives it, also on the oldest runtime; with `seen` without the words of layers that are not.
 */
export async function readText(page: PDFPageProxy, seen: LayerSeen | null = null): Promise<TextContent> {
  const whole = await readWhole(page, seen !== null);
  return seen === null ? whole : { ...whole, items: itemsSeen(whole.items, seen) };
}

/** The strings outside of marked content of a layer that is not seen; what marks the content is left out. */
export function itemsSeen(items: readonly Item[], seen: LayerSeen): Item[] {
  // For each marked content that is open, whether what is in it is seen.
  const open: boolean[] = [];
  return items.filter((item) => {
    if ('str' in item) return open.at(-1) ?? true;
    if (item.type === 'endMarkedContent') open.pop();
    else open.push((open.at(-1) ?? true) && (!('layer' in item) || seen(item.layer)));
    return false;
  });
}

async function readWhole(page: PDFPageProxy, includeMarkedContent: boolean): Promise<TextContent> {
  const whole: TextContent = { items: [], styles: {}, lang: null };
  const stream = page.streamTextContent({ includeMarkedContent });
  const reader: ReadableStreamDefaultReader<TextContent> = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    whole.lang ??= part.value.lang;
    Object.assign(whole.styles, part.value.styles);
    whole.items.push(...part.value.items);
  }
  return whole;
}

/** One string of the page, in reading order. */
export interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
}

/** The strings alone, without marked content. */
export function stringsOf(content: TextContent): TextItem[] {
  return content.items.flatMap((item) => ('str' in item ? [{ str: item.str, hasEOL: item.hasEOL }] : []));
}
