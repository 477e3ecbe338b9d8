// The worker in which pdf.js reads files: one for all of them, until one that was closed does not let go of it. A page that takes
// minutes to read cannot be interrupted; whoever comes after it gets a worker of their own. It reads nothing itself.
//
//   current ── a closed file lets go in time ──► current
//      └─ it does not ─► lost: files that are being opened begin again in a new one ─► ended, when its last file is closed

export interface Lease<Worker> {
  readonly worker: Worker;
  /** Resolves when a file before holds the worker for too long; never rejects. */
  readonly lost: Promise<void>;
  /** The file is closed; `gone` settles once the worker has let go of it. */
  readonly release: (gone: Promise<unknown>) => void;
}

interface Held<Worker> {
  readonly worker: Worker;
  /** One for each file that is not closed: tells it that the worker is lost. */
  readonly files: Set<() => void>;
  isLost: boolean;
}

/** Longer than this a worker takes to let go of a file only while it cannot answer. */
const patience = 1500;

/** `make` and `end` are those of real workers, or of a test. */
export class PdfWorkers<Worker> {
  readonly #make: () => Worker;
  readonly #end: (worker: Worker) => void;
  #current: Held<Worker> | null = null;

  constructor(make: () => Worker, end: (worker: Worker) => void) {
    this.#make = make;
    this.#end = end;
  }

  /** The worker for one more file. */
  take(): Lease<Worker> {
    const held = this.#current ?? { worker: this.#make(), files: new Set(), isLost: false };
    this.#current = held;
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    held.files.add(lose);
    const release = (gone: Promise<unknown>): void => {
      if (!held.files.delete(lose)) return;
      const late = setTimeout(() => this.#lose(held), patience);
      const letGo = (): void => clearTimeout(late);
      gone.then(letGo, letGo);
      this.#endIfIdle(held);
    };
    return { worker: held.worker, lost, release };
  }

  #lose(held: Held<Worker>): void {
    if (held.isLost) return;
    held.isLost = true;
    if (this.#current === held) this.#current = null;
    for (const lose of held.files) lose();
    this.#endIfIdle(held);
  }

  #endIfIdle(held: Held<Worker>): void {
    if (held.isLost && held.files.size === 0) this.#end(held.worker);
  }
}
