// Which objects a revision reaches from its trailer, and from where. It judges nothing.
// An object that is reached, or a reference that leads nowhere, must not get another meaning after the signature.
import { Failure } from '../../../preload/contract/failure';
import {
  type Entry,
  isName,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfValue,
  type PdfView,
} from '../../pdf';

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
      return;
  }
}

/** What objects refer to, remembered across revisions while their place in the file stays. */
export class ReferenceMemory {
  readonly #known = new Map<number, Remembered>();

  /** Undefined when the object does not exist or cannot be read. */
  targets(view: PdfView, number: number): readonly number[] | undefined {
    return this.recall(view, number)?.targets;
  }

  recall(view: PdfView, number: number): Remembered | undefined {
    const entry = view.entry(number);
    if (entry === undefined || entry.kind === 'free') return undefined;
    const place = placeOf(view, entry);
    const known = this.#known.get(number);
    if (known?.place === place) return known;
    const object = readObject(view, number);
    if (object === undefined) return undefined;
    const targets: number[] = [];
    eachReference(object.value, '', (target) => targets.push(target));
    const remembered = { place, targets, end: endOf(view, object) };
    this.#known.set(number, remembered);
    return remembered;
  }
}

/** One number for a place in the file: members of an object stream lie at its offset and their index, below zero. */
function placeOf(view: PdfView, entry: Exclude<Entry, { kind: 'free' }>): number {
  if (entry.kind === 'offset') return entry.offset;
  const container = view.entry(entry.container);
  return container?.kind === 'offset' ? -(container.offset * 2 ** 20 + entry.index) - 1 : Number.NaN;
}

interface Remembered {
  readonly place: number;
  readonly targets: readonly number[];
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
  readonly reached = new Set<number>();
  /** Numbers that are referred to but hold nothing readable. */
  readonly missing = new Set<number>();
  /** Objects, or object streams with reached members, whose bytes run past the end of their revision. */
  readonly overrunning = new Set<number>();
  /** Object streams that hold something that is reached. */
  readonly containers = new Map<number, number[]>();
  readonly #counts = new Map<number, number>();

  /** Throws Failure `changes-unreadable` when there are too many objects. */
  constructor(
    readonly view: PdfView,
    readonly memory: ReferenceMemory,
  ) {
    const open: number[] = [];
    const meet = (target: number) => {
      const count = this.#counts.get(target);
      this.#counts.set(target, (count ?? 0) + 1);
      if (count === undefined) open.push(target);
    };
    for (const [, value] of documentEntries(view.trailer)) eachReference(value, '', meet);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entry = view.entry(next);
      if (entry?.kind === 'compressed') {
        const members = this.containers.get(entry.container) ?? [];
        if (members.length === 0) this.#checkEnd(entry.container);
        members.push(next);
        this.containers.set(entry.container, members);
      }
      const targets = memory.targets(view, next);
      if (targets === undefined) {
        this.missing.add(next);
        continue;
      }
      this.reached.add(next);
      this.#checkEnd(next);
      if (this.reached.size > maxObjects)
        throw new Failure('changes-unreadable', 'too many objects to compare');
      targets.forEach(meet);
    }
  }

  #checkEnd(number: number): void {
    const end = this.memory.recall(this.view, number)?.end ?? 0;
    if (end > this.view.revision.end) this.overrunning.add(number);
  }

  /** How many references lead to an object. */
  count(number: number): number {
    return this.#counts.get(number) ?? 0;
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
    for (const holder of this.reached) {
      if (this.memory.targets(this.view, holder)?.some((target) => numbers.has(target)) !== true) continue;
      eachReference(readValue(this.view, holder), '', note(holder));
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
