// Which objects a revision reaches from its trailer, and from where. It judges nothing.
// An object that is reached, or a reference that leads nowhere, must not get another meaning after the signature.
import { Failure } from '../../../preload/contract/failure';
import {
  type Entry,
  isName,
  isStream,
  Outline,
  type PdfDict,
  type PdfObject,
  type PdfValue,
  type PdfView,
} from '../../pdf';
import { NumberSet, NumberTable } from './number-table';

/** One reference: the object that holds it (0 is the trailer) and the way inside, such as `AP/N`. */
export interface Place {
  readonly holder: number;
  readonly path: string;
}

export function placeKey(holder: number, path: string): string {
  return `${holder}/${path}`;
}

/** Objects of more than this are not compared: the file then counts as changed in an unknown way. */
const maxObjects = 1_000_000;

const structuralKeys = new Set([
  'Prev',
  'XRefStm',
  'Size',
  'Type',
  'W',
  'Index',
  'Filter',
  'DecodeParms',
  'Length',
  'ID',
]);

/** The trailer's entries that belong to the document, not to the cross-reference. */
export function documentEntries(trailer: PdfDict): [string, PdfValue][] {
  return [...trailer.entries]
    .filter(([key]) => !structuralKeys.has(key))
    .map(([key, entry]) => [key, entry.value]);
}

/** Calls `found` for every reference inside a value, with the way to it. */
export function eachReference(
  value: PdfValue | undefined,
  path: string,
  found: (target: number, path: string) => void,
): void {
  if (value === undefined || value === null || typeof value !== 'object') return;
  switch (value.kind) {
    case 'ref':
      found(value.number, path);
      return;
    case 'array':
      value.items.forEach((item, index) => {
        eachReference(item, `${path}/${index}`, found);
      });
      return;
    case 'dict':
      for (const [key, entry] of value.entries)
        eachReference(entry.value, path === '' ? key : `${path}/${key}`, found);
      return;
    case 'stream':
      eachReference(value.dict, path, found);
      return;
    case 'name':
    case 'string':
    case 'unknown':
      return;
  }
}

/** What objects refer to, remembered across revisions while their place in the file stays. */
export class ReferenceMemory {
  /**
   * The answer to the last question: the numbers that the object refers to stand in `targets` from `from` to `to`, and its
   * bytes end in the file at `end` (0 inside an object stream).
   */
  targets = new Uint32Array(4096);
  from = 0;
  to = 0;
  end = 0;
  readonly #outline = new Outline();
  /** All targets of objects as they were first met. */
  #pool = this.targets;
  #pooled = 0;
  /** Of each object as it was first met: its place plus one (0: not met), its end, its first target and their number. */
  readonly #places = new NumberTable();
  readonly #ends = new NumberTable();
  readonly #starts = new NumberTable();
  readonly #counts = new NumberTable();
  /** Objects that a later revision put at another place, as that revision has them. */
  readonly #moved = new Map<number, Remembered>();

  /** Asks for an object. False when it does not exist or cannot be read. */
  recall(view: PdfView, number: number, entry = view.entry(number)): boolean {
    if (entry === undefined || entry.kind === 'free') return false;
    const place = placeOf(view, entry);
    const first = this.#places.get(number);
    if (first === place + 1) return this.#first(number);
    const moved = this.#moved.get(number);
    if (moved?.place === place) return this.#answer(moved.targets, 0, moved.targets.length, moved.end);
    const outlined = view.outline(number, entry, this.#outline);
    const read = outlined === undefined ? readTargets(view, number) : undefined;
    const end = outlined ?? read?.end;
    if (end === undefined) return false;
    const targets = read?.targets ?? this.#outline.targets.subarray(0, this.#outline.count);
    if (first === 0 && !Number.isNaN(place)) {
      this.#keep(number, place, targets, end);
      return this.#first(number);
    }
    const copy = targets.slice();
    this.#moved.set(number, { place, targets: copy, end });
    return this.#answer(copy, 0, copy.length, end);
  }

  #answer(targets: Uint32Array<ArrayBuffer>, from: number, to: number, end: number): true {
    this.targets = targets;
    this.from = from;
    this.to = to;
    this.end = end;
    return true;
  }

  #first(number: number): true {
    const start = this.#starts.get(number);
    return this.#answer(this.#pool, start, start + this.#counts.get(number), this.#ends.get(number));
  }

  #keep(number: number, place: number, targets: Uint32Array, end: number): void {
    if (this.#pooled + targets.length > this.#pool.length) {
      const larger = new Uint32Array((this.#pooled + targets.length) * 2);
      larger.set(this.#pool.subarray(0, this.#pooled));
      this.#pool = larger;
    }
    this.#places.set(number, place + 1);
    this.#ends.set(number, end);
    this.#starts.set(number, this.#pooled);
    this.#counts.set(number, targets.length);
    this.#pool.set(targets, this.#pooled);
    this.#pooled += targets.length;
  }
}

/** The same by reading the object, for those that are not written plainly. */
function readTargets(view: PdfView, number: number): Omit<Remembered, 'place'> | undefined {
  const object = readObject(view, number);
  if (object === undefined) return undefined;
  const targets: number[] = [];
  eachReference(object.value, '', (target) => targets.push(target));
  return { targets: Uint32Array.from(targets), end: endOf(view, object) };
}

/** One number for a place in the file: members of an object stream lie at its offset and their index, below zero. */
function placeOf(view: PdfView, entry: Exclude<Entry, { kind: 'free' }>): number {
  if (entry.kind === 'offset') return entry.offset;
  const container = view.entry(entry.container);
  return container?.kind === 'offset' ? -(container.offset * 2 ** 20 + entry.index) - 1 : Number.NaN;
}

interface Remembered {
  readonly place: number;
  readonly targets: Uint32Array<ArrayBuffer>;
  /** Where the object's bytes end in the file; 0 inside an object stream. */
  readonly end: number;
}

function endOf(view: PdfView, object: PdfObject): number {
  const { value } = object;
  if (isStream(value)) {
    const length = view.get(value.dict, 'Length');
    return typeof length === 'number' ? value.dataStart + length : Number.POSITIVE_INFINITY;
  }
  return object.base === undefined ? 0 : object.base + object.raw.length;
}

function readObject(view: PdfView, number: number): PdfObject | undefined {
  try {
    return view.object(number);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The value of an object; undefined when it is absent or damaged. */
export function readValue(view: PdfView, number: number): PdfValue | undefined {
  return readObject(view, number)?.value;
}

export class Graph {
  /** Objects that are reached and exist. */
  readonly reached = new NumberSet();
  /** Numbers that are referred to but hold nothing readable. */
  readonly missing = new NumberSet();
  /** Objects, or object streams with reached members, whose bytes run past the end of their revision. */
  readonly overrunning = new Set<number>();
  /** Object streams that hold something that is reached. */
  readonly containers = new Map<number, number[]>();
  readonly #references = new NumberTable();
  /** Objects that refer to one of `watched`. */
  readonly #holders = new Set<number>();

  /**
   * `watched` are numbers whose places will be asked for. Throws Failure `changes-unreadable` when there are too many objects.
   */
  constructor(
    readonly view: PdfView,
    readonly memory: ReferenceMemory,
    readonly watched: ReadonlySet<number> = new Set(),
  ) {
    const open: number[] = [];
    const meet = (target: number) => {
      const count = this.#references.get(target);
      this.#references.set(target, count + 1);
      if (count === 0) open.push(target);
    };
    for (const [, value] of documentEntries(view.trailer)) eachReference(value, '', meet);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entry = view.entry(next);
      if (entry?.kind === 'compressed') {
        const members = this.containers.get(entry.container) ?? [];
        if (members.length === 0 && memory.recall(view, entry.container)) this.#checkEnd(entry.container);
        members.push(next);
        this.containers.set(entry.container, members);
      }
      if (!memory.recall(view, next, entry)) {
        this.missing.add(next);
        continue;
      }
      this.reached.add(next);
      this.#checkEnd(next);
      if (this.reached.size > maxObjects)
        throw new Failure('changes-unreadable', 'too many objects to compare');
      const { targets, to } = memory;
      for (let index = memory.from; index < to; index += 1) {
        const target = targets[index] ?? 0;
        meet(target);
        if (watched.has(target)) this.#holders.add(next);
      }
    }
  }

  /** Looks at the object that memory was asked for last. */
  #checkEnd(number: number): void {
    if (this.memory.end > this.view.revision.end) this.overrunning.add(number);
  }

  /** How many references lead to an object. */
  count(number: number): number {
    return this.#references.get(number);
  }

  /** Every place that refers to one of `numbers`. */
  places(numbers: ReadonlySet<number>): Map<number, Place[]> {
    const map = new Map<number, Place[]>();
    const note = (holder: number) => (target: number, path: string) => {
      if (!numbers.has(target)) return;
      const list = map.get(target) ?? [];
      list.push({ holder, path });
      map.set(target, list);
    };
    for (const [key, value] of documentEntries(this.view.trailer)) eachReference(value, key, note(0));
    const known = [...numbers].every((number) => this.watched.has(number));
    for (const holder of known ? [...this.#holders].sort((a, b) => a - b) : this.reached) {
      if (!this.memory.recall(this.view, holder)) continue;
      const { targets, to } = this.memory;
      let index = this.memory.from;
      while (index < to && !numbers.has(targets[index] ?? 0)) index += 1;
      if (index < to) eachReference(readValue(this.view, holder), '', note(holder));
    }
    return map;
  }
}

/** True for a page's dictionary. */
export function isPage(value: PdfValue | undefined): value is PdfDict {
  return (
    typeof value === 'object' &&
    value !== null &&
    value.kind === 'dict' &&
    isName(value.entries.get('Type')?.value, 'Page')
  );
}
