// Prints a file page by page through the system's own dialog, each sheet marked as a print-out. It keeps no page.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type LayerChoices, layerOptions } from './layers';
import { drawUnseen, notesOf, unseenNotes } from './unseen-notes';

/** Fine enough for a seal's small letters on paper. */
const dotsPerInch = 200;
/** Pages are held as JPEG until the dialog is closed: about 300 KB each. */
const quality = 0.92;

export interface PrintJob {
  /** Stands at the foot of every sheet. */
  readonly mark: string;
  readonly layers: LayerChoices;
  readonly signal: AbortSignal;
  readonly onPage: (page: number) => void;
}

async function picture(pdf: PDFDocumentProxy, number: number, layers: LayerChoices): Promise<Blob> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: dotsPerInch / 72 });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  await page.render({ canvas, viewport, intent: 'print', ...layerOptions(pdf, layers, 'print') }).promise;
  const context = canvas.getContext('2d');
  const unseen = unseenNotes(await notesOf(page, 'paper'), 'paper');
  if (context !== null) drawUnseen(context, viewport, 1, unseen, null);
  page.cleanup();
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error(`page ${number} gave no picture`)) : resolve(blob)),
      'image/jpeg',
      quality,
    ),
  );
}

/** One sheet: the page as large as the paper allows, the mark under it. */
function sheetOf(address: string, mark: string): HTMLElement {
  const sheet = document.createElement('div');
  sheet.className = 'print-sheet';
  const image = document.createElement('img');
  image.src = address;
  image.alt = '';
  const words = document.createElement('p');
  words.className = 'print-mark';
  words.textContent = mark;
  sheet.append(image, words);
  return sheet;
}

/**
 * Draws all pages, opens the system's print dialog and takes the sheets away again. Aborting stops between two pages.
 * Throws what pdf.js throws on a page it cannot draw: a print-out with a page missing is never made.
 */
export async function printPdf(pdf: PDFDocumentProxy, job: PrintJob): Promise<void> {
  const sheets = document.createElement('div');
  sheets.className = 'print-sheets';
  sheets.setAttribute('aria-hidden', 'true');
  const addresses: string[] = [];
  try {
    for (let number = 1; number <= pdf.numPages; number += 1) {
      if (job.signal.aborted) return;
      job.onPage(number);
      const address = URL.createObjectURL(await picture(pdf, number, job.layers));
      addresses.push(address);
      sheets.append(sheetOf(address, job.mark));
    }
    document.body.append(sheets);
    await Promise.all([...sheets.querySelectorAll('img')].map((image) => image.decode()));
    if (job.signal.aborted) return;
    const over = new Promise((resolve) => window.addEventListener('afterprint', resolve, { once: true }));
    window.print();
    await over;
  } finally {
    sheets.remove();
    for (const address of addresses) URL.revokeObjectURL(address);
  }
}
