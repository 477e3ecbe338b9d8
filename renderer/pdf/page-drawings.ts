// Draws the pages of one open PDF into canvases: what is in sight at once, what lies beside it one after another when nothing in
// sight waits. It puts nothing on the screen and keeps no canvas.
//
//   asked ─┬─ in sight ─────────────────────────► drawing ─► drawn
//          └─ out of sight ─► waiting ─┬─ seen ──►   │
//                               │      └─ nothing in sight is being drawn, and nothing else out of sight ─► drawing
//                               └─ given up ◄────────┘
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { withoutNotes } from './foreign-notes';
import { type LayerChoices, layerOptions } from './layers';
import type { PageColours } from './page-colours';
import { drawUnseen, type NoteFacts, unseenNotes } from './unseen-notes';

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

/** Damaged annotations cost what is drawn of them, and not the page. */
async function notesOf(page: PDFPageProxy): Promise<readonly NoteFacts[]> {
  try {
    return (await page.getAnnotations()) as readonly NoteFacts[];
  } catch {
    return [];
  }
}

/** Gives the page as a canvas, as sharp as the screen is. Rejects what pdf.js rejects, also when `signal` is aborted. */
async function drawPage(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
  { scale, colours, ...drawing }: Drawing,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const mode = drawing.withoutNotes ? await withoutNotes(pdf, page) : {};
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
  // Asked beside the drawing, which reads the same of the file: the answer is there when the page is.
  const notes = drawing.withoutNotes ? [] : notesOf(page);
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [found] = await Promise.all([notes, task.promise]);
    const unseen = unseenNotes(found);
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
}

/** One for each open file. */
export class PageDrawings {
  readonly #pdf: PDFDocumentProxy;
  readonly #waiting: Waiting[] = [];
  #seen = 0;
  #unseen = 0;
  #ahead: Ahead | null = null;

  constructor(pdf: PDFDocumentProxy) {
    this.#pdf = pdf;
  }

  /** Begins to draw what will be asked for first, before anything is there to ask; what it draws already goes on. */
  ahead(drawing: Drawing): void {
    if (this.#ahead !== null && same(this.#ahead.drawing, drawing)) return;
    this.#ahead?.stop.abort();
    const stop = new AbortController();
    // A file that was closed meanwhile throws at once: whoever asks hears of it.
    const open = async (): Promise<PDFPageProxy> => this.#pdf.getPage(drawing.page);
    const page = open();
    const canvas = this.#run(drawing, { signal: stop.signal, seen: () => true, onPage: () => undefined });
    // Whoever asks for it hears of its failure.
    for (const part of [page, canvas]) part.catch(() => undefined);
    this.#ahead = { drawing, stop, page, canvas };
  }

  /** Nothing of a page out of sight is read from the file before its turn. */
  async draw(drawing: Drawing, asker: Asker): Promise<HTMLCanvasElement> {
    const { signal, seen } = asker;
    const ahead = this.#ahead;
    if (ahead !== null && ahead.drawing.page === drawing.page) {
      this.#ahead = null;
      if (same(ahead.drawing, drawing)) {
        signal.addEventListener('abort', () => ahead.stop.abort(), { once: true });
        asker.onPage(await ahead.page);
        return ahead.canvas;
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
    return this.#run(drawing, asker);
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
    return seen() || (this.#seen === 0 && this.#unseen === 0);
  }

  async #run(drawing: Drawing, asker: Asker): Promise<HTMLCanvasElement> {
    const { signal } = asker;
    const seen = asker.seen();
    if (seen) this.#seen += 1;
    else this.#unseen += 1;
    try {
      const page = await this.#pdf.getPage(drawing.page);
      signal.throwIfAborted();
      asker.onPage(page);
      return await drawPage(this.#pdf, page, drawing, signal);
    } finally {
      if (seen) this.#seen -= 1;
      else this.#unseen -= 1;
      this.look();
    }
  }
}
