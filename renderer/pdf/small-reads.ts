// Reads of a few bytes at many places of one file, asked for together: each request costs more than the bytes it brings. It keeps
// nothing and knows nothing of PDF.
import type { ByteRange } from './ranges';

/** Gives the plain bytes of ranges of at most 1 MiB in all, one after another in one piece. */
export type ReadTogether = (ranges: readonly ByteRange[]) => Promise<Uint8Array>;

/** What is longer is worth a request of its own. */
const longest = 1 << 17;
/** Main answers no more ranges at once. */
const mostRanges = 8;

interface Wanted {
  readonly range: ByteRange;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

export class SmallReads {
  readonly #readTogether: ReadTogether;
  #wanted: Wanted[] = [];
  #isAsking = false;

  constructor(readTogether: ReadTogether) {
    this.#readTogether = readTogether;
  }

  /** The bytes of one range, at most 1 MiB. Rejects what reading it alone would. */
  read(begin: number, end: number): Promise<Uint8Array> {
    if (end - begin > longest) return this.#readTogether([[begin, end]]);
    return new Promise((resolve, reject) => {
      this.#wanted.push({ range: [begin, end], resolve, reject });
      if (this.#isAsking) return;
      this.#isAsking = true;
      // What is asked for in the same breath goes along.
      queueMicrotask(() => void this.#ask());
    });
  }

  /** One request at a time; what comes meanwhile goes with the next. */
  async #ask(): Promise<void> {
    while (this.#wanted.length > 0) {
      const some = this.#wanted.slice(0, mostRanges);
      this.#wanted = this.#wanted.slice(mostRanges);
      await this.#answer(some);
    }
    this.#isAsking = false;
  }

  async #answer(some: readonly Wanted[]): Promise<void> {
    const [only] = some;
    try {
      const bytes = await this.#readTogether(some.map(({ range }) => range));
      let at = 0;
      for (const { range, resolve } of some) {
        const length = range[1] - range[0];
        resolve(some.length === 1 ? bytes : bytes.slice(at, at + length));
        at += length;
      }
    } catch (error) {
      if (some.length === 1) return only?.reject(error);
      // A place that is damaged takes no other with it.
      await Promise.all(some.map((one) => this.#answer([one])));
    }
  }
}
