// Reads the text of a PDF page piece by piece. It exists because pdf.js' own getTextContent iterates a stream with
// `for await`, which Chromium below 124 does not know. It interprets nothing.
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { TextContent } from 'pdfjs-dist/types/src/display/api';

/** All of a page's text as pdf.js gives it, also on the oldest runtime. */
export async function readText(page: PDFPageProxy): Promise<TextContent> {
  const whole: TextContent = { items: [], styles: {}, lang: null };
  const reader: ReadableStreamDefaultReader<TextContent> = page.streamTextContent().getReader();
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
