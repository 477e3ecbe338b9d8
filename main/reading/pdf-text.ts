// Takes the text out of the first pages of a PDF with pdf.js, for proposals and for finding secrecy marks. It renders
// nothing, runs no script of the file, and what it finds is never more than a hint.
import { createRequire } from 'node:module';
import type { ByteSource } from '../../preload/contract/byte-source';

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
let loaded: Promise<PdfJs> | null = null;

/** pdf.js expects a browser or a newer Node; text needs none of what is missing, but its modules look at it once. */
function preparePlatform(): void {
  const target = globalThis as { DOMMatrix?: unknown; Path2D?: unknown; ImageData?: unknown };
  target.DOMMatrix ??= class {};
  target.Path2D ??= class {};
  target.ImageData ??= class {};
  const load = createRequire(import.meta.url);
  const node = process as { getBuiltinModule?: (name: string) => unknown };
  node.getBuiltinModule ??= (name) => load(`node:${name.replace(/^node:/, '')}`);
}

/** Loaded on first use only: it is larger than everything else in this host. */
function pdfJs(): Promise<PdfJs> {
  loaded ??= (async () => {
    preparePlatform();
    // In one thread: this process is the worker already.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
    return import('pdfjs-dist/legacy/build/pdf.mjs');
  })();
  return loaded;
}

/** Text of pages 1 to `pages`, a line a line, pages parted by a form feed; null when pdf.js cannot read the file. */
export async function readText(source: ByteSource, pages: number): Promise<string | null> {
  const { getDocument, PDFDataRangeTransport } = await pdfJs();
  class SourceTransport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      this.onDataRange(begin, source.read(begin, Math.min(end, source.size) - begin));
    }
  }
  const head = source.read(0, Math.min(source.size, 65_536));
  const task = getDocument({
    range: new SourceTransport(source.size, head),
    disableAutoFetch: true,
    disableStream: true,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    const texts: string[] = [];
    for (let number = 1; number <= Math.min(pages, document.numPages); number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = items
        .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
        .join('');
      texts.push(text.normalize('NFC'));
      page.cleanup();
    }
    return texts.join('\f\n');
  } catch {
    // Our own reader judges the file; text that pdf.js cannot take out is said to be unread.
    return null;
  } finally {
    await task.destroy();
  }
}
