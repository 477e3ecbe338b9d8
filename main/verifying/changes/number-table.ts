// Tables and sets of object numbers in typed arrays, made piece by piece where numbers are used: 300 000 objects are a few
// megabytes, and one object of a huge number costs one piece. They know nothing of objects.

const PIECE_BITS = 12;
const PIECE = 1 << PIECE_BITS;

/** A number for each object number; 0 where none was set. Object numbers are whole and not negative. */
export class NumberTable {
  readonly #pieces: (Float64Array | undefined)[] = [];

  get(number: number): number {
    return this.#pieces[number >>> PIECE_BITS]?.[number & (PIECE - 1)] ?? 0;
  }

  set(number: number, value: number): void {
    const index = number >>> PIECE_BITS;
    let piece = this.#pieces[index];
    if (piece === undefined) {
      piece = new Float64Array(PIECE);
      this.#pieces[index] = piece;
    }
    piece[number & (PIECE - 1)] = value;
  }
}

/** A set of object numbers, in ascending order when walked. */
export class NumberSet {
  readonly #pieces: (Uint8Array | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    return this.#pieces[number >>> PIECE_BITS]?.[number & (PIECE - 1)] === 1;
  }

  add(number: number): void {
    const index = number >>> PIECE_BITS;
    let piece = this.#pieces[index];
    if (piece === undefined) {
      piece = new Uint8Array(PIECE);
      this.#pieces[index] = piece;
    }
    if (piece[number & (PIECE - 1)] === 1) return;
    piece[number & (PIECE - 1)] = 1;
    this.#size += 1;
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [index, piece] of this.#pieces.entries()) {
      if (piece === undefined) continue;
      for (let place = 0; place < PIECE; place += 1) {
        if (piece[place] === 1) yield index * PIECE + place;
      }
    }
  }
}
