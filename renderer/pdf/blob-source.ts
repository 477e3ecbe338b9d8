// Opens a sealed file for pdf.js by ranges from app://blob; the whole file is never asked for. It draws nothing.
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Sha256 } from '../../preload/contract/ids';
import { FileBytes } from './file-bytes';
import { BlobReadError, NoPassword, type OpenProblem, problemOf } from './open-problem';
import { type Lease, PdfWorkers } from './pdf-workers';
import { type ByteRange, chunkSize } from './ranges';
import { SmallReads } from './small-reads';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

interface ReadingWorker {
  readonly port: Worker;
  readonly reader: InstanceType<Pdfjs['PDFWorker']>;
}

interface Loaded {
  readonly pdfjs: Pdfjs;
  readonly workers: PdfWorkers<ReadingWorker>;
}

let loading: Promise<Loaded> | undefined;

/** pdf.js and the worker it reads in, loaded on first use and kept. */
export function loadPdfjs(): Promise<Loaded> {
  loading ??= (async () => {
    const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const make = (): ReadingWorker => {
      // Made here: pdf.js would wrap one of a custom scheme into a blob: script, which the policy forbids.
      const port = new Worker(new URL('pdf.worker.js', document.baseURI), { type: 'module' });
      return { port, reader: pdfjs.PDFWorker.create({ port }) };
    };
    const end = ({ port, reader }: ReadingWorker): void => {
      reader.destroy();
      port.terminate();
    };
    return { pdfjs, workers: new PdfWorkers(make, end) };
  })();
  return loading;
}

/** Where main serves a blob by its name; a 206 of at most 1 MiB is the only success. */
export function blobAddress(sha256: Sha256): string {
  return `app://blob/${sha256}`;
}

/** The bytes of the ranges one after another, at most 1 MiB in all. */
async function readRanges(
  address: string,
  ranges: readonly ByteRange[],
  signal: AbortSignal,
): Promise<Uint8Array> {
  const wanted = ranges.map(([begin, end]) => `${begin}-${end - 1}`).join();
  // A header that names several is not among those a page may send to another origin unasked.
  const answer =
    ranges.length === 1
      ? await fetch(address, { headers: { Range: `bytes=${wanted}` }, signal })
      : await fetch(`${address}?ranges=${wanted}`, { signal });
  if (answer.status !== 206) throw new BlobReadError(`range answered ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const length = ranges.reduce((sum, [begin, end]) => sum + end - begin, 0);
  if (bytes.length !== length) throw new BlobReadError(`ranges of ${length} bytes gave ${bytes.length}`);
  return bytes;
}

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  close(): void;
}

/** Thrown instead of pdf.js' own exceptions. */
export class PdfOpenError extends Error {
  override readonly name = 'PdfOpenError';
  constructor(
    readonly problem: OpenProblem,
    options: { readonly cause: unknown },
  ) {
    super(problem, options);
  }
}

/** Asks main for the password of an encrypted file; null where none is known. */
export type PasswordOf = (sha256: Sha256) => Promise<string | null>;

/** Opens the PDF named by its content. Scripts, forms of XFA and links out of the document are off. */
export async function openBlob(
  sha256: Sha256,
  size: number,
  signal: AbortSignal,
  passwordOf: PasswordOf,
): Promise<OpenPdf> {
  const { pdfjs, workers } = await loadPdfjs();
  for (;;) {
    const lease = workers.take();
    const { opened, close } = openIn(pdfjs, lease, { sha256, size, signal, passwordOf });
    // What fails after the worker was lost is tried anew anyway.
    opened.catch(() => undefined);
    const pdf = await Promise.race([opened, lease.lost.then(() => null)]);
    if (pdf !== null) return pdf;
    close();
  }
}

interface Opening {
  readonly sha256: Sha256;
  readonly size: number;
  readonly signal: AbortSignal;
  readonly passwordOf: PasswordOf;
}

function openIn(
  pdfjs: Pdfjs,
  lease: Lease<ReadingWorker>,
  { sha256, size, signal, passwordOf }: Opening,
): { readonly opened: Promise<OpenPdf>; readonly close: () => void } {
  const address = blobAddress(sha256);
  const stop = new AbortController();
  let task: PDFDocumentLoadingTask | undefined;
  let failed: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    failed = reject;
  });
  broken.catch(() => undefined);

  const small = new SmallReads((ranges) => readRanges(address, ranges, stop.signal));
  const bytes = new FileBytes(size, (begin, end) => small.read(begin, end));
  const unreadable = (error: unknown): void => {
    if (!stop.signal.aborted) failed(error);
  };

  class BlobTransport extends pdfjs.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      bytes.read(begin, end).then((asked) => this.onDataRange(begin, asked), unreadable);
    }
    override abort(): void {
      stop.abort();
    }
  }
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    stop.abort();
    lease.release(task?.destroy() ?? Promise.resolve());
  };
  // Whoever wanted it does not wait for it any more.
  signal.addEventListener('abort', close, { once: true });
  const base = new URL('pdfjs/', document.baseURI).href;
  const open = async (): Promise<OpenPdf> => {
    try {
      signal.throwIfAborted();
      // Where it cannot be read pdf.js asks for it, and hears why.
      const transport = new BlobTransport(size, await bytes.beginning());
      stop.signal.throwIfAborted();
      task = pdfjs.getDocument({
        range: transport,
        worker: lease.worker.reader,
        disableAutoFetch: true,
        disableStream: true,
        rangeChunkSize: chunkSize,
        enableXfa: false,
        useWorkerFetch: true,
        cMapUrl: `${base}cmaps/`,
        cMapPacked: true,
        standardFontDataUrl: `${base}standard_fonts/`,
        wasmUrl: `${base}wasm/`,
        iccUrl: `${base}iccs/`,
        verbosity: 0,
      });
      let asked = false;
      task.onPassword = (give: (password: string) => void) => {
        // Asked once more means that the one that is known is wrong.
        if (asked) return failed(new NoPassword());
        asked = true;
        passwordOf(sha256).then(
          (password) => (password === null ? failed(new NoPassword()) : give(password)),
          failed,
        );
      };
      const opened = await Promise.race([task.promise, broken]);
      signal.throwIfAborted();
      signal.removeEventListener('abort', close);
      return { document: opened, close };
    } catch (error) {
      close();
      throw new PdfOpenError(problemOf(error), { cause: error });
    }
  };
  return { opened: open(), close };
}
