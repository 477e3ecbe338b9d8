// Takes the text out of the first pages of a PDF with pdf.js, for proposals and for finding secrecy marks. It renders
// nothing, runs no script of the file, and what it finds is never more than a hint.
import { createRequire } from 'node:module';
import type { ByteSource } from '../../preload/contract/byte-source';
import type { PageSize, TextPiece } from './protocol-parts';

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
type PdfItem = Awaited<ReturnType<import('pdfjs-dist').PDFPageProxy['getTextContent']>>['items'][number];
let loaded: Promise<PdfJs> | null = null;

/** pdf.js expects a browser or a newer Node; text needs none of what is missing, but its modules look at it once. */
function preparePlatform(): void {
  const target = globalThis as {
    DOMMatrix?: unknown;
    Path2D?: unknown;
    ImageData?: unknown;
    navigator?: unknown;
  };
  // pdf.js fills this in by itself on plain Node, yet takes a utility process of Electron for a browser.
  target.navigator ??= { language: 'vi', platform: '', userAgent: '' };
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

export interface ReadText {
  /** A line a line, pages parted by a form feed. */
  readonly text: string;
  readonly pieces: readonly TextPiece[];
  /** Of the pages that were read. */
  readonly sizes: readonly PageSize[];
}

const mostWhole = 1 << 20;
const mostPieces = 40_000;
/** Of one page: a table of thousands of cells must not use up the room of the pages behind it. */
const mostPiecesOfPage = 4000;

/** Signatures stand on the last pages. */
export const lastPages = 2;

/** The first `first` pages and the last `last`. */
function pagesToRead(all: number, first: number, last: number): number[] {
  const numbers = new Set<number>();
  for (let number = 1; number <= Math.min(all, first); number += 1) numbers.add(number);
  for (let number = Math.max(1, all - last + 1); number <= all; number += 1) numbers.add(number);
  return [...numbers].sort((a, b) => a - b);
}

/** Milliseconds that this process has worked. */
function workDone(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type Streamed = { readonly items: readonly PdfItem[] };
type PdfPage = { streamTextContent(): ReadableStream<Streamed> };

/** The items of a page, and whether all of them came before `end` (of `workDone`). */
async function itemsOf(page: PdfPage, end: number): Promise<{ items: PdfItem[]; whole: boolean }> {
  const items: PdfItem[] = [];
  const reader = page.streamTextContent().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { items, whole: true };
    items.push(...value.items);
    // Asking the system is dear, and most callers set no end.
    if (end !== Number.POSITIVE_INFINITY && workDone() > end) {
      await reader.cancel(new Error('enough'));
      return { items, whole: false };
    }
  }
}

/** Which way text runs on the page as shown: to the right and up, in viewport units. */
function directionOf(view: readonly number[], text: readonly number[]): readonly [number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = view;
  const [x = 0, y = 0] = text;
  return [a * x + c * y, b * x + d * y];
}

/** A copy: pdf.js keeps what it is given and takes the buffer from everybody else, yet a source in memory gives views. */
function toKeep(source: ByteSource, begin: number, end: number): Uint8Array {
  return Uint8Array.from(source.read(begin, Math.min(end, source.size) - begin));
}

/**
 * Text with its places; null when pdf.js cannot read the file. `work`: milliseconds of this process's work after which what
 * was read by then is what there is.
 */
export async function readText(
  source: ByteSource,
  pages: number,
  password: string | null = null,
  work: number | null = null,
  last = lastPages,
): Promise<ReadText | null> {
  const { getDocument, PDFDataRangeTransport } = await pdfJs();
  class SourceTransport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      this.onDataRange(begin, toKeep(source, begin, end));
    }
  }
  const task = getDocument({
    // What is small goes over whole, as a copy since pdf.js keeps it: each range is several messages.
    ...(source.size <= mostWhole
      ? { data: toKeep(source, 0, source.size) }
      : { range: new SourceTransport(source.size, toKeep(source, 0, 65_536)) }),
    ...(password === null ? {} : { password }),
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
    const pieces: TextPiece[] = [];
    const sizes: PageSize[] = [];
    const end = work === null ? Number.POSITIVE_INFINITY : workDone() + work;
    for (const number of pagesToRead(document.numPages, pages, last)) {
      const page = await document.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      sizes.push({ page: number, width: viewport.width, height: viewport.height });
      const { items, whole } = await itemsOf(page, end);
      let onPage = 0;
      for (const item of items) {
        if (!('str' in item) || item.str.trim() === '' || onPage >= mostPiecesOfPage) continue;
        if (pieces.length >= mostPieces) break;
        const [x = 0, y = 0] = viewport.convertToViewportPoint(item.transform[4], item.transform[5]);
        const [ahead = 0, up = 0] = directionOf(viewport.transform, item.transform);
        // Text that does not run upright from left to right as shown (a watermark) names no place.
        if (ahead <= 0 || Math.abs(up) > ahead * 0.1) continue;
        // A page may be measured in units larger than a point (14.11.3, UserUnit).
        const unit = Math.hypot(viewport.transform[0] ?? 1, viewport.transform[1] ?? 0);
        const height = Math.hypot(item.transform[2], item.transform[3]) * unit;
        const shown = { x, y: viewport.height - y, width: item.width * unit, height };
        onPage += 1;
        pieces.push({ page: number, text: item.str.normalize('NFC').slice(0, 1000), ...shown });
      }
      const text = items
        .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
        .join('');
      if (number <= pages) texts.push(text.normalize('NFC'));
      page.cleanup();
      if (!whole) break;
    }
    return { text: texts.join('\f\n'), pieces, sizes };
  } catch {
    // Our own reader judges the file; text that pdf.js cannot take out is said to be unread.
    return null;
  } finally {
    await task.destroy();
  }
}
