// A file that is about to be shown is opened, and its first page begun to be drawn, while the screen for it is still being made. At
// most one at a time; one that nobody comes for is closed again. It puts nothing on the screen.
import type { Sha256 } from '../../preload/contract/ids';
import { type OpenPdf, openBlob, type PasswordOf } from './blob-source';
import type { PageSize } from './layout';
import { type Drawing, PageDrawings } from './page-drawings';

export interface OpenFile extends OpenPdf {
  /** The size of the first page, in points. */
  readonly first: PageSize;
  readonly drawings: PageDrawings;
  /** Nothing more is being read from the file for what is drawn first. */
  readonly read: Promise<void>;
}

/** What of a file will be shown first, or null where that is not known yet. */
export type Plan = (first: PageSize) => Drawing | null;

interface Ahead {
  readonly sha256: Sha256;
  readonly opened: Promise<OpenFile>;
  /** null until it is open. */
  file: OpenFile | null;
  readonly stop: AbortController;
  readonly late: ReturnType<typeof setTimeout>;
}

/** The screen for a file is there long before. */
const patience = 3000;
/** Longer than this nobody looks at the file before and wonders. */
const soon = 200;

/** `open` is `openBlob`, or what a test puts in its place. */
export class OpeningAhead {
  readonly #open: typeof openBlob;
  #ahead: Ahead | null = null;

  constructor(open: typeof openBlob) {
    this.#open = open;
  }

  /**
   * Begins to open what a screen will ask for. Resolves once it is open and what will be seen first is read, so that making the
   * screen holds no reading up; or it cannot be opened, or lets one wait.
   */
  begin(sha256: Sha256, size: number, passwordOf: PasswordOf, plan: Plan): Promise<void> {
    this.#giveUp();
    const stop = new AbortController();
    const opened = this.#openFirst(sha256, size, stop.signal, passwordOf, plan);
    const one: Ahead = { sha256, opened, stop, file: null, late: setTimeout(() => this.#giveUp(), patience) };
    // Whoever comes for it hears of its failure.
    const read = opened.then(
      (file) => {
        one.file = file;
        return file.read;
      },
      () => undefined,
    );
    this.#ahead = one;
    return new Promise((done) => {
      const late = setTimeout(done, soon);
      const settled = (): void => {
        clearTimeout(late);
        done();
      };
      read.then(settled, settled);
    });
  }

  /** What `takeOpen` would give. */
  isOpen(sha256: Sha256): OpenFile | null {
    return this.#ahead?.sha256 === sha256 ? this.#ahead.file : null;
  }

  /** The file that was opened ahead, where it is open: a screen begins with it. Whoever takes it closes it. */
  takeOpen(sha256: Sha256): OpenFile | null {
    const file = this.isOpen(sha256);
    if (file !== null && this.#ahead !== null) {
      clearTimeout(this.#ahead.late);
      this.#ahead = null;
    }
    return file;
  }

  /** The open file, from what was opened ahead where it is the same. Whoever takes it closes it. */
  async take(
    sha256: Sha256,
    size: number,
    signal: AbortSignal,
    passwordOf: PasswordOf,
    plan: Plan,
  ): Promise<OpenFile> {
    const one = this.#ahead;
    if (one === null || one.sha256 !== sha256) return this.#openFirst(sha256, size, signal, passwordOf, plan);
    this.#ahead = null;
    clearTimeout(one.late);
    signal.addEventListener('abort', () => one.stop.abort(), { once: true });
    const file = await one.opened;
    // What was begun ahead goes on where it is what the screen wants.
    if (!signal.aborted) void begin(file, plan);
    return file;
  }

  async #openFirst(
    sha256: Sha256,
    size: number,
    signal: AbortSignal,
    passwordOf: PasswordOf,
    plan: Plan,
  ): Promise<OpenFile> {
    const pdf = await this.#open(sha256, size, signal, passwordOf);
    try {
      const page = await pdf.document.getPage(1);
      const { width, height } = page.getViewport({ scale: 1 });
      const drawings = new PageDrawings(pdf.document);
      const opened = { ...pdf, first: { width, height }, drawings };
      return { ...opened, read: signal.aborted ? Promise.resolve() : begin(opened, plan) };
    } catch (error) {
      pdf.close();
      throw error;
    }
  }

  #giveUp(): void {
    const one = this.#ahead;
    if (one === null) return;
    this.#ahead = null;
    clearTimeout(one.late);
    one.stop.abort();
    one.opened.then(
      (file) => file.close(),
      () => undefined,
    );
  }
}

/** The page is being drawn while the screen for it is made. */
async function begin({ document: pdf, first, drawings }: Omit<OpenFile, 'read'>, plan: Plan): Promise<void> {
  const wanted = plan(first);
  if (wanted !== null && wanted.page <= pdf.numPages) await drawings.ahead(wanted);
}

/** The one of this window. */
export const openingAhead = new OpeningAhead(openBlob);
