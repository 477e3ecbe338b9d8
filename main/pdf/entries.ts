// The entries of one cross-reference section, in typed arrays so that a million entries are a few megabytes.
// It parses nothing.
import { Failure } from '../../preload/contract/failure';
import { limits } from './limits';

/** Where an object is: free, at an offset of the file, or inside an object stream. */
export type Entry =
  | { readonly kind: 'free'; readonly generation: number }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly container: number; readonly index: number };

const FREE = 0;
const OFFSET = 1;
const COMPRESSED = 2;

/** A run of entries for the object numbers `first` to `first + count - 1`. */
export class EntryRun {
  private readonly types: Uint8Array;
  private readonly places: Float64Array;
  private readonly generations: Uint32Array;

  constructor(
    readonly first: number,
    public count: number,
  ) {
    if (first < 0 || first + count > limits.objectNumber + 1) {
      throw new Failure('pdf-too-many-objects', `entries ${first} to ${first + count - 1}`);
    }
    this.types = new Uint8Array(count);
    this.places = new Float64Array(count);
    this.generations = new Uint32Array(count);
  }

  /** Sets one entry as it stands in the file: type 0, 1 or 2 and its two fields; other types read as free (7.5.8.3). */
  set(index: number, type: number, place: number, generation: number): void {
    this.types[index] = type === OFFSET || type === COMPRESSED ? type : FREE;
    this.places[index] = place;
    this.generations[index] = generation;
  }

  get(number: number): Entry | undefined {
    const index = number - this.first;
    if (index < 0 || index >= this.count) return undefined;
    const place = this.places[index] ?? 0;
    const generation = this.generations[index] ?? 0;
    switch (this.types[index]) {
      case OFFSET:
        return place === 0 ? { kind: 'free', generation } : { kind: 'offset', offset: place, generation };
      case COMPRESSED:
        return { kind: 'compressed', container: place, index: generation };
      default:
        return { kind: 'free', generation };
    }
  }
}

/** All runs of one section. Where two runs hold the same number the first in the file counts, as other readers do. */
export class EntrySet {
  private readonly sorted: readonly EntryRun[];
  private readonly overlapping: boolean;

  constructor(readonly runs: readonly EntryRun[]) {
    this.sorted = [...runs].sort((a, b) => a.first - b.first);
    this.overlapping = this.sorted.some((run, index) => {
      const before = this.sorted[index - 1];
      return before !== undefined && before.first + before.count > run.first;
    });
    if (this.overlapping && runs.length > limits.overlappingRuns) {
      throw new Failure('pdf-xref-damaged', 'subsections overlap');
    }
  }

  get(number: number): Entry | undefined {
    if (this.overlapping) {
      for (const run of this.runs) {
        const entry = run.get(number);
        if (entry !== undefined) return entry;
      }
      return undefined;
    }
    let low = 0;
    let high = this.sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const run = this.sorted[middle];
      if (run === undefined) return undefined;
      if (number < run.first) high = middle - 1;
      else if (number >= run.first + run.count) low = middle + 1;
      else return run.get(number);
    }
    return undefined;
  }

  /** The largest object number that has an entry, or -1. */
  largest(): number {
    return this.runs.reduce((most, run) => Math.max(most, run.first + run.count - 1), -1);
  }

  /** How many entries there are, those for one number twice counted twice. */
  size(): number {
    return this.runs.reduce((sum, run) => sum + run.count, 0);
  }

  /** Every object number that has an entry, in file order. */
  *numbers(): Generator<number> {
    for (const run of this.runs) {
      for (let index = 0; index < run.count; index += 1) yield run.first + index;
    }
  }
}
