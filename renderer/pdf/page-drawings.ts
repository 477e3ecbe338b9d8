// Draws the pages of one open PDF into canvases: what is in sight at once, what lies beside it one after another when nothing in
// sight waits to be seen. It puts nothing on the screen and keeps no canvas.
//
//   asked ─┬─ in sight ─────────────────────────► drawing ─► drawn ─► seen
//          └─ out of sight ─► waiting ─┬─ seen ──►   │
//                               │      └─ all in sight is seen, and nothing else out of sight is drawn ─► drawing
//                               └─ given up ◄────────┘
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { withoutNotes } from './foreign-notes';
import { type LayerChoices, layerOptions } from './layers';
import type { PageColours } from './page-colours';
import { SpareTime } from './spare-time';
import { drawUnseen, notesOf, unseenNotes } from './unseen-notes';

export interface Drawing {
  /** From 1. */
  readonly page: number;
  /** CSS pixels a point. */
  readonly scale: number;
  /** null: the page's own. */
  readonly colours: PageColours | null;
  /** The notes the file came with are left out. */
  readonly withoutNotes: boolean;
  readonly layers: LayerChoices;
}

/** Above this many pixels a canvas is drawn coarser and stretched: memory is worth more than sharpness. */
const largestCanvas = 2 ** 24;

/** Gives the page as a canvas, as sharp as the screen is. Rejects what pdf.js rejects, also when `signal` is aborted. */
async function drawPage(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
  { scale, colours, ...drawing }: Drawing,
  signal: AbortSignal,
  onRead: () => void,
): Promise<HTMLCanvasElement> {
  const mode = drawing.withoutNotes ? await withoutNotes(pdf, page) : {};
  signal.throwIfAborted();
  const viewport = page.getViewport({ scale });
  const wanted = window.devicePixelRatio || 1;
  const density = Math.min(wanted, Math.sqrt(largestCanvas / (viewport.width * viewport.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width * density));
  canvas.height = Math.max(1, Math.floor(viewport.height * density));
  canvas.className = 'page-canvas';
  const task = page.render({
    canvas,
    viewport,
    ...mode,
    ...layerOptions(pdf, drawing.layers),
    ...(colours === null ? {} : { pageColors: colours }),
    transform: density === 1 ? [1, 0, 0, 1, 0, 0] : [density, 0, 0, density, 0, 0],
  });
  // The first operators come once all that the page names has been read.
  task.onContinue = (goOn: () => void) => {
    onRead();
    goOn();
  };
  // Asked beside the drawing, which reads the same of the file: the answer is there when the page is.
  const notes = drawing.withoutNotes ? [] : notesOf(page, 'screen');
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [found] = await Promise.all([notes, task.promise]);
    const unseen = unseenNotes(found, 'screen');
    const context = unseen.length === 0 ? null : canvas.getContext('2d');
    if (context !== null) drawUnseen(context, viewport, density, unseen, colours);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  return canvas;
}

function same(one: Drawing, other: Drawing): boolean {
  return (
    one.page === other.page &&
    one.scale === other.scale &&
    one.colours === other.colours &&
    one.withoutNotes === other.withoutNotes &&
    one.layers === other.layers
  );
}

/** Who wants a page drawn. */
export interface Asker {
  readonly signal: AbortSignal;
  /** Whether the page is in sight now; `look` is to be called when the answer may have changed. */
  readonly seen: () => boolean;
  /** Hears of the page before it is drawn. */
  readonly onPage: (page: PDFPageProxy) => void;
  /** Puts the picture on the screen; settles once it is seen. What lies beside waits for it. */
  readonly onDrawn: (canvas: HTMLCanvasElement) => Promise<void>;
}

interface Waiting {
  readonly seen: () => boolean;
  readonly begin: () => void;
}

interface Ahead {
  readonly drawing: Drawing;
  readonly stop: AbortController;
  readonly page: Promise<PDFPageProxy>;
  readonly canvas: Promise<HTMLCanvasElement>;
  readonly read: Promise<void>;
}

/** One for each open file. */
export class PageDrawings {
  /** For what lies under and over the pictures. */
  readonly spare = new SpareTime();
  readonly #pdf: PDFDocumentProxy;
  readonly #waiting: Waiting[] = [];
  #seen = 0;
  #unseen = 0;
  #ahead: Ahead | null = null;

  constructor(pdf: PDFDocumentProxy) {
    this.#pdf = pdf;
  }

  /**
   * Begins to draw what will be asked for first, before anything is there to ask; what it draws already goes on. Resolves when all
   * of the page has been read from the file and only the drawing is left, or when it failed; never rejects.
   */
  ahead(drawing: Drawing): Promise<void> {
    if (this.#ahead !== null && same(this.#ahead.drawing, drawing)) return this.#ahead.read;
    this.#ahead?.stop.abort();
    const stop = new AbortController();
    // A file that was closed meanwhile throws at once: whoever asks hears of it.
    const open = async (): Promise<PDFPageProxy> => this.#pdf.getPage(drawing.page);
    const page = open();
    let onRead: () => void = () => undefined;
    const read = new Promise<void>((resolve) => {
      onRead = resolve;
    });
    const canvas = this.#counted(true, async () =>
      drawPage(this.#pdf, await page, drawing, stop.signal, onRead),
    );
    // Whoever asks for it hears of its failure.
    page.catch(() => undefined);
    canvas.then(onRead, onRead);
    this.#ahead = { drawing, stop, page, canvas, read };
    return read;
  }

  /** Resolves once the picture is seen. Nothing of a page out of sight is read from the file before its turn. */
  async draw(drawing: Drawing, asker: Asker): Promise<void> {
    const { signal, seen } = asker;
    const ahead = this.#ahead;
    if (ahead !== null && ahead.drawing.page === drawing.page) {
      this.#ahead = null;
      if (same(ahead.drawing, drawing)) {
        signal.addEventListener('abort', () => ahead.stop.abort(), { once: true });
        return this.#counted(seen(), async () => {
          asker.onPage(await ahead.page);
          await asker.onDrawn(await ahead.canvas);
        });
      }
      ahead.stop.abort();
    }
    if (!this.#mayBegin(seen)) {
      await new Promise<void>((begin) => {
        const waiting = { seen, begin };
        this.#waiting.push(waiting);
        const giveUp = (): void => {
          const index = this.#waiting.indexOf(waiting);
          if (index >= 0) this.#waiting.splice(index, 1);
          begin();
        };
        signal.addEventListener('abort', giveUp, { once: true });
      });
      signal.throwIfAborted();
    }
    return this.#counted(seen(), async () => {
      const page = await this.#pdf.getPage(drawing.page);
      signal.throwIfAborted();
      asker.onPage(page);
      await asker.onDrawn(await drawPage(this.#pdf, page, drawing, signal, () => undefined));
    });
  }

  /** No page is being drawn. */
  get isIdle(): boolean {
    return this.#seen === 0 && this.#unseen === 0;
  }

  /** Pages came into sight or left it. */
  turned(): void {
    this.look();
    this.spare.turned();
  }

  /** Begins what may begin now. */
  look(): void {
    for (const waiting of [...this.#waiting]) {
      if (!this.#mayBegin(waiting.seen)) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.begin();
      // Out of sight they go one by one, and this one counts only once it runs.
      if (!waiting.seen()) return;
    }
  }

  #mayBegin(seen: () => boolean): boolean {
    return seen() || this.isIdle;
  }

  async #counted<T>(seen: boolean, work: () => Promise<T>): Promise<T> {
    if (seen) this.#seen += 1;
    else this.#unseen += 1;
    try {
      return await work();
    } finally {
      if (seen) this.#seen -= 1;
      else this.#unseen -= 1;
      this.look();
    }
  }
}
