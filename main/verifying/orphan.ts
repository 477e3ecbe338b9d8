// Looks for signature dictionaries that no field refers to any more: a file that was signed must not read as unsigned, or
// as signed by fewer, because somebody damaged the way to a signature. It looks only; it verifies nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { isDict, type PdfFile, type PdfObject } from '../pdf';
import type { SignatureSite } from './signature-dictionary';

const chunk = 1 << 20;
const key = '/ByteRange';
/** Keys looked at; a file that repeats the key without end is no honest one. */
const maxHits = 1000;

/** How many signature dictionaries stand in the file as objects of their own beside those of `sites`. */
export function countOrphans(file: PdfFile, source: ByteSource, sites: readonly SignatureSite[]): number {
  const known = sites.flatMap(({ holder }) =>
    holder?.base === undefined ? [] : [spanOf(holder, holder.base)],
  );
  const hits = findKey(source).filter((hit) => !known.some(([start, end]) => hit >= start && hit < end));
  if (hits.length === 0) return 0;
  const places = new Places(file);
  const found = new Set<number>();
  for (const hit of hits) {
    const object = places.objectAround(hit);
    if (object?.base !== undefined && isSignature(object, object.base, hit)) found.add(object.base);
  }
  return found.size;
}

function spanOf(object: PdfObject, base: number): [number, number] {
  return [base, base + object.raw.length];
}

/** The key must be one of the object's own, not text in a string or a file inside a stream. */
function isSignature(object: PdfObject, base: number, hit: number): boolean {
  const { value } = object;
  if (!isDict(value)) return false;
  const entry = value.entries.get('ByteRange');
  return entry !== undefined && base + entry.keyStart === hit && value.entries.has('Contents');
}

function findKey(source: ByteSource): number[] {
  const hits: number[] = [];
  for (let from = 0; from < source.size; from += chunk) {
    const bytes = source.read(from, Math.min(chunk + key.length - 1, source.size - from));
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = buffer.indexOf(key); at >= 0; at = buffer.indexOf(key, at + 1)) {
      hits.push(from + at);
      if (hits.length >= maxHits) return hits;
    }
  }
  return hits;
}

/** Where every object of every revision stands, sorted. */
class Places {
  readonly #offsets: Float64Array;
  readonly #origin = new Map<number, { readonly number: number; readonly revision: number }>();

  constructor(readonly file: PdfFile) {
    for (const revision of file.revisions) {
      for (const section of revision.sections) {
        for (const set of [section.entries, section.hidden]) {
          for (const number of set?.numbers() ?? []) {
            const entry = set?.get(number);
            if (entry?.kind !== 'offset') continue;
            const origin = { number, revision: revision.index };
            this.#origin.set(entry.offset + file.headerOffset, origin);
          }
        }
      }
    }
    this.#offsets = Float64Array.from(this.#origin.keys()).sort();
  }

  /** The object that begins last before `position`. */
  objectAround(position: number): PdfObject | undefined {
    let low = 0;
    let high = this.#offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    const origin = this.#origin.get(this.#offsets[low - 1] ?? -1);
    if (origin === undefined) return undefined;
    try {
      return this.file.asOf(origin.revision).object(origin.number);
    } catch (error) {
      if (isFailure(error)) return undefined;
      throw error;
    }
  }
}
