// The files that lie inside a PDF, read out of it: those of the whole file, and those that a page carries as an attachment note.
// It shows, opens and saves nothing.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface EnclosedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The page it stands on; null for one of the whole file. */
  readonly page: number | null;
}

/** What is known so far. `partly`: something could not be read, so there may be more. */
export interface Enclosed {
  readonly files: readonly EnclosedFile[];
  readonly state: 'reading' | 'whole' | 'partly';
}

interface RawEnclosed {
  readonly filename?: unknown;
  readonly content?: unknown;
}

interface RawAnnotation {
  readonly subtype?: unknown;
  readonly file?: RawEnclosed | null;
}

/** The last part of a name that may be a whole foreign path, without what no file system takes. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '').trim();
  return plain === '' || /^\.+$/.test(plain) ? 'tep-kem' : plain.slice(0, 200);
}

function fileOf(raw: RawEnclosed, key: string, page: number | null): EnclosedFile | null {
  const { filename, content } = raw;
  if (!(content instanceof Uint8Array)) return null;
  return { name: plainName(String(filename ?? key)), bytes: new Uint8Array(content), page };
}

function same(one: EnclosedFile, other: EnclosedFile): boolean {
  return (
    one.name === other.name &&
    one.bytes.length === other.bytes.length &&
    one.bytes.every((byte, index) => byte === other.bytes[index])
  );
}

async function ofWholeFile(pdf: PDFDocumentProxy): Promise<EnclosedFile[]> {
  const raw = (await pdf.getAttachments()) as Readonly<Record<string, RawEnclosed>> | null;
  return Object.entries(raw ?? {}).flatMap(([key, one]) => fileOf(one, key, null) ?? []);
}

async function ofPage(pdf: PDFDocumentProxy, number: number): Promise<EnclosedFile[]> {
  const page = await pdf.getPage(number);
  // Also those that are not shown: they are in the file all the same.
  const notes = (await page.getAnnotations({ intent: 'any' })) as readonly RawAnnotation[];
  return notes.flatMap(({ subtype, file }) =>
    subtype === 'FileAttachment' && file ? (fileOf(file, '', number) ?? []) : [],
  );
}

export interface EnclosedReading {
  readonly signal: AbortSignal;
  /** Hears of what is found as it is found, and of the end; of nothing once `signal` is aborted. */
  readonly tell: (enclosed: Enclosed) => void;
  /** Hears of what could not be read: the rest is read nevertheless. */
  readonly onProblem: (error: unknown) => void;
}

/** Reads page by page, in order. A file that is listed already is not listed again for a note that carries it too. */
export async function readEnclosed(pdf: PDFDocumentProxy, reading: EnclosedReading): Promise<void> {
  const { signal, onProblem } = reading;
  const files: EnclosedFile[] = [];
  let failed = false;
  const tell = (state: Enclosed['state']): void => {
    if (!signal.aborted) reading.tell({ files: [...files], state });
  };
  const take = async (read: () => Promise<EnclosedFile[]>): Promise<void> => {
    try {
      const before = files.length;
      for (const file of await read()) {
        // Two files of the whole file are two; a note is often a second way to one of them.
        if (file.page === null || !files.some((known) => same(known, file))) files.push(file);
      }
      if (files.length > before) tell('reading');
    } catch (error) {
      if (signal.aborted) return;
      // One word of it is enough, however many pages are as broken.
      if (!failed) onProblem(error);
      failed = true;
    }
  };
  await take(() => ofWholeFile(pdf));
  for (let number = 1; number <= pdf.numPages && !signal.aborted; number += 1) {
    await take(() => ofPage(pdf, number));
  }
  tell(failed ? 'partly' : 'whole');
}
