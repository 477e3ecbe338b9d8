// When what lies under a page's picture may be made: its words, its links. For a page in sight in the next moment that nobody needs,
// for one beside it once nothing was turned for a while, so that no turn of pages waits for it. It makes nothing itself.
//
//   asked ─┬─ in sight ──────────────► next spare moment ─► goes
//          └─ beside ─► waiting ─┬─ comes into sight ─────► ▲
//                                ├─ nothing turned a while ─► one after another
//                                └─ given up

interface Waiting {
  readonly seen: () => boolean;
  readonly go: () => void;
}

/** The machine, or what a test puts in its place. */
export interface Moments {
  /** Calls when there is nothing else to do, or soon. */
  readonly idle: (go: () => void) => void;
  /** Calls after so many milliseconds; gives back what takes that back. */
  readonly after: (milliseconds: number, go: () => void) => () => void;
}

/** Whoever turns pages faster does not read them yet. */
const rest = 400;

const ofWindow: Moments = {
  idle: (go) => requestIdleCallback(go, { timeout: 200 }),
  after: (milliseconds, go) => {
    const late = setTimeout(go, milliseconds);
    return () => clearTimeout(late);
  },
};

/** One for each open file. */
export class SpareTime {
  readonly #moments: Moments;
  readonly #waiting: Waiting[] = [];
  #stop: (() => void) | null = null;

  constructor(moments: Moments = ofWindow) {
    this.#moments = moments;
  }

  /** Resolves when the work may be done; `seen` tells whether its page is in sight now. Rejects when `signal` is aborted. */
  async wait(seen: () => boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!seen()) {
      await new Promise<void>((go) => {
        const waiting = { seen, go };
        this.#waiting.push(waiting);
        signal.addEventListener('abort', () => this.#take(waiting), { once: true });
        this.#rest();
      });
    }
    signal.throwIfAborted();
    await new Promise<void>((go) => this.#moments.idle(go));
    signal.throwIfAborted();
  }

  /** To be called when a page came into sight or left it. */
  turned(): void {
    for (const waiting of this.#waiting.filter(({ seen }) => seen())) this.#take(waiting);
    this.#rest();
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = null;
    if (this.#waiting.length === 0) return;
    this.#stop = this.#moments.after(rest, () => {
      const [first] = this.#waiting;
      if (first !== undefined) this.#take(first);
      this.#rest();
    });
  }

  #take(waiting: Waiting): void {
    const index = this.#waiting.indexOf(waiting);
    if (index >= 0) this.#waiting.splice(index, 1);
    waiting.go();
  }
}
