// The bytes of one sealed file as pdf.js asks for them, with its beginning and its end read before it asks. It knows nothing of PDF.
import { type ByteRange, firstAsked, splitRange } from './ranges';

/** Gives the plain bytes of a range of at most 1 MiB. */
export type ReadPart = (begin: number, end: number) => Promise<Uint8Array>;

interface Part {
  readonly range: ByteRange;
  readonly bytes: Promise<Uint8Array>;
}

export class FileBytes {
  readonly #readPart: ReadPart;
  readonly #first: Part;
  /** The beginning and the end, in order, apart or beside each other. */
  readonly #parts: readonly Part[];

  /** Begins to read. */
  constructor(size: number, readPart: ReadPart) {
    this.#readPart = readPart;
    const { head, tail } = firstAsked(size);
    const now = (range: ByteRange): Part => ({ range, bytes: handled(readPart(...range)) });
    this.#first = now(head);
    this.#parts = [this.#first, ...(tail === null ? [] : [now(tail)])];
  }

  /** The beginning, for the taker to keep; null where it cannot be read, of which whoever asks for it hears. */
  async beginning(): Promise<Uint8Array | null> {
    const bytes = await this.#first.bytes.catch(() => null);
    return bytes?.slice() ?? null;
  }

  /** Those bytes, whatever was read of them already; for the taker to keep. Rejects what `readPart` rejects. */
  async read(begin: number, end: number): Promise<Uint8Array> {
    const pieces = this.#piecesOf(begin, end);
    const whole = new Uint8Array(end - begin);
    const fill = async ([from, to, known]: readonly [number, number, Part | null]): Promise<void> => {
      // What could not be read before may be read now that it is wanted.
      const before = await known?.bytes.catch(() => null);
      const bytes =
        known === null || before == null
          ? await this.#readPart(from, to)
          : before.subarray(from - known.range[0], to - known.range[0]);
      whole.set(bytes, from - begin);
    };
    await Promise.all(pieces.map(fill));
    return whole;
  }

  #piecesOf(begin: number, end: number): (readonly [number, number, Part | null])[] {
    const pieces: (readonly [number, number, Part | null])[] = [];
    let at = begin;
    const unknownUntil = (to: number): void => {
      for (const [from, until] of splitRange(at, to)) pieces.push([from, until, null]);
      at = Math.max(at, to);
    };
    for (const part of this.#parts) {
      const [from, to] = [Math.max(begin, part.range[0]), Math.min(end, part.range[1])];
      if (from >= to) continue;
      unknownUntil(from);
      pieces.push([from, to, part]);
      at = to;
    }
    unknownUntil(end);
    return pieces;
  }
}

/** Whoever reads it hears of its failure. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
