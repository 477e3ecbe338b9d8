// Looks for signature dictionaries that no field refers to any more: a file that was signed must not read as unsigned, or
// as signed by fewer, because somebody damaged the way to a signature. It looks only; it verifies nothing.
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { isDict, type PdfFile, type PdfObject } from '../pdf';
import type { SignatureSite } from './signature-dictionary';

const key = '/ByteRange';
/** Short and with a seldom first letter: what the runtime finds fastest. The rest of the key is then compared. */
const core = 'ByteRa';
/** Keys looked at; a file that repeats the key without end is no honest one. */
const maxHits = 1000;

/** Looks for the key of signature dictionaries in the whole file, through pieces that others read anyhow where it can. */
export class KeySearch {
  readonly #hits: number[] = [];
  /** Everything before this was looked at, and these are the last bytes of it, in which a key may begin. */
  #seen = 0;
  #last = Buffer.alloc(0);

  constructor(readonly source: ByteSource) {}

  /** A piece of the file. Only the one that follows on what was seen counts. */
  see(piece: Uint8Array, offset: number): void {
    if (offset !== this.#seen || piece.length === 0) return;
    const before = this.#last;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    const seam = Buffer.concat([before, bytes.subarray(0, key.length - 1)]);
    this.#search(seam, offset - before.length);
    this.#search(bytes, offset);
    const all = bytes.length < key.length ? Buffer.concat([before, bytes]) : bytes;
    this.#last = Buffer.from(all.subarray(Math.max(0, all.length - (key.length - 1))));
    this.#seen = offset + piece.length;
  }

  #search(bytes: Buffer, offset: number): void {
    for (let at = bytes.indexOf(core); at >= 0 && this.#hits.length < maxHits; ) {
      const start = at - 1;
      if (start >= 0 && bytes.toString('latin1', start, start + key.length) === key) {
        this.#hits.push(offset + start);
      }
      at = bytes.indexOf(core, at + core.length);
    }
  }

  /** Looks through what nobody has shown yet, and returns where the key stands, in order. */
  finish(): readonly number[] {
    eachPiece(this.source, this.#seen, this.source.size - this.#seen, (piece, offset) => {
      if (this.#hits.length < maxHits) this.see(piece, offset);
    });
    return this.#hits;
  }
}

/** How many signature dictionaries stand at `places` as objects of their own beside those of `sites`. */
export function orphansOf(file: PdfFile, places: readonly number[], sites: readonly SignatureSite[]): number {
  const known = sites.flatMap(({ holder }) =>
    holder?.base === undefined ? [] : [spanOf(holder, holder.base)],
  );
  const hits = places.filter((hit) => !known.some(([start, end]) => hit >= start && hit < end));
  if (hits.length === 0) return 0;
  const objects = new Places(file);
  const found = new Set<number>();
  for (const hit of hits) {
    const object = objects.objectAround(hit);
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
