// Reads both files of a comparison through pdf.js: words and sizes of pages, and small grey pictures. It compares nothing.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageSize } from '../../pdf/layout';
import { readText } from '../../pdf/text-content';
import { withoutPageNumbers } from './page-numbers';
import { type Line, linesOfPage, type PageWord, type TextWidth } from './page-words';
import type { GreyPicture } from './pictures';

export interface ReadPage {
  readonly words: readonly PageWord[];
  readonly size: PageSize;
}

/** Shares of widths hardly differ from one text font to another. */
function textWidth(): TextWidth {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.font = '20px serif';
  return (text) => context.measureText(text).width;
}

/** All pages in order; stops when `signal` is aborted. Throws what pdf.js throws. */
export async function readPages(
  pdf: PDFDocumentProxy,
  signal: AbortSignal,
  onPage: () => void,
): Promise<ReadPage[]> {
  const widthOf = textWidth();
  const pages: Line[][] = [];
  const sizes: PageSize[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    const content = await readText(page);
    signal.throwIfAborted();
    const pieces = content.items.flatMap((item) => ('str' in item ? [item] : []));
    const { width, height } = viewport;
    pages.push(linesOfPage(pieces, viewport.transform, widthOf));
    sizes.push({ width, height });
    onPage();
  }
  const words = withoutPageNumbers(pages);
  return sizes.map((size, at) => ({ words: words[at] ?? [], size }));
}

/** Pixels across: enough to see a seal or a signature, quick enough for a hundred pages. */
const across = 600;

/** A page in grey, as wide as every other; `height` in pixels comes from the page it is compared with. */
export async function greyPage(
  pdf: PDFDocumentProxy,
  number: number,
  height: number | null,
  signal: AbortSignal,
): Promise<GreyPicture> {
  const page = await pdf.getPage(number);
  signal.throwIfAborted();
  const viewport = page.getViewport({ scale: across / page.getViewport({ scale: 1 }).width });
  const canvas = document.createElement('canvas');
  canvas.width = across;
  canvas.height = height ?? Math.max(1, Math.min(4 * across, Math.round(viewport.height)));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  const task = page.render({ canvas, canvasContext: context, viewport });
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint8Array(canvas.width * canvas.height);
  for (let at = 0; at < pixels.length; at += 1) {
    const from = at * 4;
    pixels[at] = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
  }
  return { width: canvas.width, height: canvas.height, pixels };
}
