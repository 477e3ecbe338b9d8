// A file that is about to be shown is opened while the screen for it is still being made. At most one at a time; one that nobody
// comes for is closed again. It draws nothing.
import type { Sha256 } from '../../preload/contract/ids';
import { type OpenPdf, openBlob, type PasswordOf } from './blob-source';

interface Ahead {
  readonly sha256: Sha256;
  readonly opened: Promise<OpenPdf>;
  readonly stop: AbortController;
  readonly late: ReturnType<typeof setTimeout>;
}

/** The screen for a file is there long before. */
const patience = 3000;
/** Longer than this nobody looks at the file before and wonders. */
const soon = 150;

/** `open` is `openBlob`, or what a test puts in its place. */
export class OpeningAhead {
  readonly #open: typeof openBlob;
  #ahead: Ahead | null = null;

  constructor(open: typeof openBlob) {
    this.#open = open;
  }

  /** Begins to open what a screen will ask for. Resolves once it is open, or cannot be opened, or lets one wait. */
  begin(sha256: Sha256, size: number, passwordOf: PasswordOf): Promise<void> {
    this.#giveUp();
    const stop = new AbortController();
    const opened = this.#open(sha256, size, stop.signal, passwordOf);
    // Whoever comes for it hears of its failure.
    opened.catch(() => undefined);
    this.#ahead = { sha256, opened, stop, late: setTimeout(() => this.#giveUp(), patience) };
    return new Promise((done) => {
      const late = setTimeout(done, soon);
      const settled = (): void => {
        clearTimeout(late);
        done();
      };
      opened.then(settled, settled);
    });
  }

  /** What `openBlob` gives, from what was opened ahead where it is the same file. Whoever takes it closes it. */
  take(sha256: Sha256, size: number, signal: AbortSignal, passwordOf: PasswordOf): Promise<OpenPdf> {
    const one = this.#ahead;
    if (one === null || one.sha256 !== sha256) return this.#open(sha256, size, signal, passwordOf);
    this.#ahead = null;
    clearTimeout(one.late);
    signal.addEventListener('abort', () => one.stop.abort(), { once: true });
    return one.opened;
  }

  #giveUp(): void {
    const one = this.#ahead;
    if (one === null) return;
    this.#ahead = null;
    clearTimeout(one.late);
    one.stop.abort();
    one.opened.then(
      (pdf) => pdf.close(),
      () => undefined,
    );
  }
}

/** The one of this window. */
export const openingAhead = new OpeningAhead(openBlob);
