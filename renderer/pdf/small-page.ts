// Draws a page small into a canvas, for lists and for the column beside the pages. It keeps nothing.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type LayerChoices, layerOptions } from './layers';
import type { PageColours } from './page-colours';

export interface SmallPage {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels at most: a page far longer than wide is shown from its top. */
  readonly tallest: number;
  readonly signal: AbortSignal;
  readonly colours?: PageColours | null;
  /** Of the file, where they are not as saved. */
  readonly layers?: { readonly of: PDFDocumentProxy; readonly choices: LayerChoices };
}

/** As sharp as the screen is. Rejects what pdf.js rejects, also when `signal` is aborted meanwhile. */
export async function drawSmall(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  wish: SmallPage,
): Promise<void> {
  const { width, tallest, signal, colours = null, layers } = wish;
  const density = window.devicePixelRatio || 1;
  const viewport = page.getViewport({ scale: (width * density) / page.getViewport({ scale: 1 }).width });
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.min(Math.round(viewport.height), Math.round(tallest * density)));
  const task = page.render({
    ...{ canvas, viewport },
    ...(colours === null ? {} : { pageColors: colours }),
    ...(layers === undefined ? {} : layerOptions(layers.of, layers.choices)),
  });
  signal.addEventListener('abort', () => task.cancel(), { once: true });
  await task.promise;
}
