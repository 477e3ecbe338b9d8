// Finds and reads objects by the sections of one revision: at their offsets and inside object streams (7.5.7).
// It keeps a bounded cache and never scans the file.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import type { Encryption } from './encryption';
import type { Entry } from './entries';
import { decodeStream } from './filters';
import { limits } from './limits';
import { readObjectAt } from './object-at';
import { type Outline, SHORT } from './outline';
import { withStrings } from './seal';
import { type Section, sectionEntry } from './sections';
import { damaged, SyntaxReader } from './syntax';
import {
  entryOf,
  isCount,
  isRef,
  isStream,
  type PdfObject,
  type PdfStream,
  type PdfValue,
  type Span,
} from './values';
import { parseAt } from './window';

/**
 * A cache of two generations that forgets the older one whenever the younger holds half of the allowed bytes. Forgetting
 * one entry after the other would walk over the places of all entries forgotten before.
 */
class BoundedCache<V> {
  private young = new Map<string, { value: V; bytes: number }>();
  private old = new Map<string, { value: V; bytes: number }>();
  private bytes = 0;

  constructor(private readonly limit: number) {}

  get(key: string): V | undefined {
    const hit = this.young.get(key);
    if (hit !== undefined) return hit.value;
    const older = this.old.get(key);
    if (older === undefined) return undefined;
    this.old.delete(key);
    this.set(key, older.value, older.bytes);
    return older.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.young.set(key, { value, bytes });
    this.bytes += bytes;
    if (this.bytes * 2 <= this.limit) return;
    this.old = this.young;
    this.young = new Map();
    this.bytes = 0;
  }
}

interface ObjectStream {
  readonly data: Uint8Array;
  readonly numbers: Float64Array;
  /** Where each member begins in `data`. */
  readonly starts: Float64Array;
}

/** What all revisions of one file share: its bytes and what was read of them. Keys are places, not object numbers. */
export class SharedReading {
  readonly objects = new BoundedCache<PdfObject>(limits.objectCache);
  readonly objectStreams = new BoundedCache<ObjectStream>(limits.objectStreamCache);
  private decodedBytes = 0;

  constructor(
    readonly source: ByteSource,
    readonly headerOffset: number,
    /** Undefined for a file that is not encrypted. */
    readonly encryption?: Encryption,
    /** Where the encryption dictionary stands: it alone is not encrypted. */
    private readonly encryptionAt?: number,
  ) {}

  /** Reads an object at its absolute offset, its strings opened. */
  objectAt(offset: number): PdfObject {
    const object = readObjectAt(this.source, offset);
    const { encryption } = this;
    if (encryption === undefined || offset === this.encryptionAt) return object;
    return { ...object, value: withStrings(object.value, (bytes) => encryption.openString(object, bytes)) };
  }

  /** Counts decoded bytes. Throws Failure `pdf-too-many-objects` beyond what any honest file needs. */
  countDecoded(bytes: number): void {
    this.decodedBytes += bytes;
    if (this.decodedBytes > Math.max(limits.decodedTotal, this.source.size * 4)) {
      throw new Failure('pdf-too-many-objects', 'decoded streams');
    }
  }
}

/** Bytes taken for an outline at first and at most. */
const FIRST_LOOK = 1024;
const LAST_LOOK = FIRST_LOOK * 8 ** 4;

/** From this many sections on, one table says which of them names an object. */
const INDEXED_SECTIONS = 8;

/** Objects as one revision sees them. */
export class ObjectReader {
  private readonly reading = new Set<number>();
  /** For each object number the place of its section in `sections`, counted from 1; 0 for none. */
  private index: Uint16Array | undefined;

  constructor(
    private readonly shared: SharedReading,
    /** Newest first. */
    private readonly sections: readonly Section[],
  ) {}

  /** Where an object stands, or undefined when no section names it. Offsets are absolute. */
  entry(number: number): Entry | undefined {
    const entry = this.writtenEntry(number);
    if (entry?.kind !== 'offset' || this.shared.headerOffset === 0) return entry;
    return { ...entry, offset: entry.offset + this.shared.headerOffset };
  }

  private writtenEntry(number: number): Entry | undefined {
    if (this.sections.length >= INDEXED_SECTIONS) {
      const place = this.sectionIndex()[number] ?? 0;
      const section = place === 0 ? undefined : this.sections[place - 1];
      return section === undefined ? undefined : sectionEntry(section, number);
    }
    for (const section of this.sections) {
      const entry = sectionEntry(section, number);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  private sectionIndex(): Uint16Array {
    if (this.index !== undefined) return this.index;
    const largest = this.sections.reduce(
      (most, one) => Math.max(most, one.entries.largest(), one.hidden?.largest() ?? -1),
      0,
    );
    const index = new Uint16Array(largest + 1);
    this.sections.forEach((section, place) => {
      for (const set of [section.entries, section.hidden]) {
        for (const number of set?.numbers() ?? []) if (index[number] === 0) index[number] = place + 1;
      }
    });
    this.index = index;
    return index;
  }

  /**
   * The object of a number, or undefined where it is free or absent (7.3.10: it then reads as null).
   * With `generation`, another generation counts as absent. Throws Failure `pdf-object-damaged` and those of streams.
   */
  object(number: number, generation?: number): PdfObject | undefined {
    const entry = this.entry(number);
    if (entry === undefined || entry.kind === 'free') return undefined;
    if (entry.kind === 'compressed') {
      return generation === undefined || generation === 0
        ? this.compressed(number, entry.container, entry.index)
        : undefined;
    }
    if (generation !== undefined && generation !== entry.generation) return undefined;
    const key = `${entry.offset}`;
    const known = this.shared.objects.get(key);
    const object = known ?? this.shared.objectAt(entry.offset);
    if (object.number !== number || object.generation !== entry.generation) {
      throw damaged(`object ${number} is not at ${entry.offset}`);
    }
    if (known === undefined) this.shared.objects.set(key, object, object.raw.length * 4 + 500);
    return object;
  }

  /**
   * Fills `outline` with what an object refers to and returns where it ends in the file, 0 inside an object stream;
   * undefined where only reading the object can tell.
   */
  outline(number: number, entry: Exclude<Entry, { kind: 'free' }>, outline: Outline): number | undefined {
    const { shared } = this;
    if (shared.encryption !== undefined) return undefined;
    if (entry.kind === 'compressed') {
      const place = this.entry(entry.container);
      const holder = place?.kind === 'offset' ? shared.objectStreams.get(`${place.offset}`) : undefined;
      const start = holder?.starts[entry.index];
      if (holder === undefined || start === undefined || holder.numbers[entry.index] !== number)
        return undefined;
      return outline.member(holder.data, start) < 0 ? undefined : 0;
    }
    const available = shared.source.size - entry.offset;
    for (let take = FIRST_LOOK; available > 0 && take <= LAST_LOOK; take *= 8) {
      const length = Math.min(take, available);
      const bytes = shared.source.read(entry.offset, length);
      const end = outline.object(bytes, number, entry.generation, length === available);
      if (end !== SHORT) return end < 0 ? undefined : entry.offset + end;
    }
    return undefined;
  }

  /** The absolute span of a stream's raw data. Throws Failure `pdf-stream-damaged` when its length is not true. */
  dataSpan(stream: PdfStream): Span {
    const written = entryOf(stream.dict, 'Length');
    const length =
      typeof written === 'object' && written !== null && written.kind === 'ref'
        ? this.object(written.number, written.generation)?.value
        : written;
    const start = stream.dataStart;
    if (!isCount(length) || start + length > this.shared.source.size) {
      throw new Failure('pdf-stream-damaged', `length of the stream at ${start}`);
    }
    const end = start + length;
    const closed = parseAt(this.shared.source, end, (reader) => {
      reader.skipWhite();
      return reader.tryKeyword('endstream');
    });
    if (!closed) throw new Failure('pdf-stream-damaged', `no endstream after the stream at ${start}`);
    return { start, end };
  }

  /** The absolute span of an object from its number to `endobj` (where that is missing: to its value's end), or undefined inside a stream. */
  extent(object: PdfObject): Span | undefined {
    if (object.base === undefined) return undefined;
    const base = object.base;
    const after = isStream(object.value) ? this.dataSpan(object.value).end : base + object.raw.length;
    const end = parseAt(this.shared.source, Math.min(after, this.shared.source.size - 1), (reader) => {
      const from = reader.position;
      reader.skipWhite();
      if (reader.tryKeyword('endstream')) reader.skipWhite();
      return reader.tryKeyword('endobj') ? reader.position : from;
    });
    return { start: base, end: after + end };
  }

  /** The decoded data of a stream, at most `limit` bytes. */
  decoded(stream: PdfStream, limit: number = limits.decodedBytes): Uint8Array {
    const raw = this.stored(stream);
    const decoded = decodeStream(raw, stream.dict, limit, (value) => this.followed(value));
    this.shared.countDecoded(raw.length + decoded.length);
    return decoded;
  }

  /** The data of a stream as its filters left it: decrypted, not decoded. */
  stored(stream: PdfStream): Uint8Array {
    const span = this.dataSpan(stream);
    const raw = this.shared.source.read(span.start, span.end - span.start);
    const { encryption } = this.shared;
    if (encryption === undefined) return raw;
    return encryption.openStream(stream, stream.dict, raw, (value) => this.followed(value));
  }

  private followed(value: PdfValue | undefined): PdfValue {
    if (!isRef(value)) return value ?? null;
    return this.object(value.number, value.generation)?.value ?? null;
  }

  private compressed(number: number, container: number, index: number): PdfObject {
    const place = this.entry(container);
    if (place?.kind !== 'offset') throw damaged(`object stream ${container} is not at an offset`);
    const key = `${place.offset}:${index}`;
    const known = this.shared.objects.get(key);
    if (known !== undefined && known.number === number) return known;
    const holder = this.objectStream(container, place.offset);
    const start = holder.starts[index];
    if (holder.numbers[index] !== number || start === undefined) {
      throw damaged(`object ${number} is not in object stream ${container} at ${index}`);
    }
    // Members may stand in any order: the value itself says where it ends.
    const reader = new SyntaxReader(holder.data.subarray(start), 0, true);
    const value = reader.readValue();
    const raw = holder.data.slice(start, start + reader.position);
    const object: PdfObject = {
      number,
      generation: 0,
      value,
      raw,
      base: undefined,
      container,
    };
    this.shared.objects.set(key, object, raw.length * 4 + 500);
    return object;
  }

  /** The numbers of an object stream's members in order. Throws Failure `pdf-object-damaged` and those of streams. */
  membersOf(container: number, offset: number): readonly number[] {
    return [...this.objectStream(container, offset).numbers];
  }

  private objectStream(number: number, offset: number): ObjectStream {
    const key = `${offset}`;
    const known = this.shared.objectStreams.get(key);
    if (known !== undefined) return known;
    // The length of an object stream may not itself lie in that stream.
    if (this.reading.has(number)) throw damaged(`object stream ${number} needs itself`);
    this.reading.add(number);
    try {
      const object = this.object(number);
      if (object === undefined || !isStream(object.value)) throw damaged(`no object stream ${number}`);
      const dict = object.value.dict;
      const count = entryOf(dict, 'N');
      const first = entryOf(dict, 'First');
      // Its /Type is not asked for: the table that names it says what it is, as for every other reader.
      if (!isCount(count) || !isCount(first)) {
        throw damaged(`object stream ${number} without its counts`);
      }
      const data = this.decoded(object.value);
      if (first > data.length || count > limits.objectNumber || count * 3 > first + 3) {
        throw damaged(`counts of object stream ${number}`);
      }
      const holder = readMembers(data, count, first);
      this.shared.objectStreams.set(key, holder, data.length + count * 16);
      return holder;
    } finally {
      this.reading.delete(number);
    }
  }
}

function readMembers(data: Uint8Array, count: number, first: number): ObjectStream {
  const numbers = new Float64Array(count);
  const starts = new Float64Array(count);
  const reader = new SyntaxReader(data.subarray(0, first), 0, true);
  for (let index = 0; index < count; index += 1) {
    reader.skipWhite();
    const number = reader.tryCount();
    reader.skipWhite();
    const start = number < 0 ? -1 : reader.tryCount();
    if (start < 0 || first + start > data.length) throw damaged('member of an object stream');
    numbers[index] = number;
    starts[index] = first + start;
  }
  return { data, numbers, starts };
}
