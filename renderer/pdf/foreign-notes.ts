// Leaves the notes a file came with out of a page's picture, for who has hidden their layer. Fields, links and what signatures
// show stay; the file is not changed.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { loadPdfjs } from './blob-source';

/** Subtypes that are notes of a person (ISO 32000-1, 12.5.6.2); all others belong to the page. */
const notes: ReadonlySet<string> = new Set([
  ...['Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Text', 'Caret', 'FileAttachment', 'FreeText'],
  ...['Ink', 'Polygon', 'PolyLine', 'Line', 'Square', 'Circle', 'Redact', 'Stamp', 'Popup'],
]);

/** What a drawing is to be given so that it shows no note. */
export async function withoutNotes(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
): Promise<{ readonly annotationMode: number }> {
  const { pdfjs } = await loadPdfjs();
  const found = (await page.getAnnotations()) as readonly {
    readonly id: string;
    readonly subtype: string;
  }[];
  for (const { id, subtype } of found) {
    // Only a drawing of this mode looks at what is kept here: all others show the notes as they are.
    if (notes.has(subtype)) pdf.annotationStorage.setValue(id, { noView: true });
  }
  return { annotationMode: pdfjs.AnnotationMode.ENABLE_STORAGE };
}
