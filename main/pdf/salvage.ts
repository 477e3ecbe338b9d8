// What can still be read of a damaged file, object by object: where its own cross-reference leads to an object that one counts,
// else the last that can be read, as programs that repair do. It writes nothing and says nothing of whether a page is whole.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import { Encryption } from './encryption';
import type { PdfFile } from './file';
import { decodeStream } from './filters';
import { limits } from './limits';
import { openPdf } from './open';
import { type FoundObject, largestScan, scanFile } from './scan';
import { readHeader } from './sections';
import { SyntaxReader } from './syntax';
import {
  entryOf,
  isArray,
  isCount,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfStream,
  type PdfValue,
} from './values';

/** An object with what is needed to write it again. */
export interface Salvaged {
  /** Strings as they stand: of a file that is encrypted those of a direct object are encrypted. */
  readonly object: PdfObject;
  /** Where the data of a stream ends in the file. */
  readonly dataEnd: number | undefined;
  /** The data of a stream has no end in the file. */
  readonly cut?: boolean;
  /** Where it, or the object stream that holds it, stands: later ones replace earlier ones. */
  readonly place: number;
}

const noId = new Uint8Array(0);

function isType(value: PdfValue | undefined, type: string): value is PdfStream {
  return isStream(value) && isName(entryOf(value.dict, 'Type'), type);
}

/** The file by its own cross-reference, where that can be followed at all. */
function byItsTables(source: ByteSource, password: string | undefined): PdfFile | undefined {
  try {
    return openPdf(source, password === undefined ? {} : { password });
  } catch (error) {
    if (isFailure(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A damaged file, read for what is left of it. */
export class Salvage {
  readonly objects = new Map<number, Salvaged>();
  readonly encryption: Encryption | undefined;
  readonly encryptValue: PdfValue;
  readonly trailers: readonly PdfDict[];
  readonly version: string;
  /** Objects and members that stand in the file and could not be read. */
  unreadable = 0;

  /**
   * Throws Failure `pdf-repair-too-large`, and for an encrypted file those of its password: what is left of it is of no use
   * without.
   */
  constructor(
    readonly source: ByteSource,
    password: string | undefined,
  ) {
    if (source.size > largestScan) throw new Failure('pdf-repair-too-large', `${source.size} bytes`);
    const scan = scanFile(source);
    this.version = versionOf(source);
    const streams = scan.objects.flatMap(({ object }) =>
      object !== undefined && isType(object.value, 'XRef') ? [object.value.dict] : [],
    );
    this.trailers = [...streams, ...scan.trailers].reverse();
    this.addFound(scan.objects, source.size);
    this.encryptValue = this.fromTrailers('Encrypt') ?? null;
    this.encryption = this.unlocked(password);
    this.addMembers();
    const file = byItsTables(source, password);
    if (file !== undefined) this.preferTables(file, scan.objects);
  }

  /** The first of the trailers, newest first, that names a key. */
  fromTrailers(key: string): PdfValue | undefined {
    for (const trailer of this.trailers) {
      const value = entryOf(trailer, key);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }

  get(number: number): PdfObject | undefined {
    return this.objects.get(number)?.object;
  }

  readonly resolve = (value: PdfValue | undefined): PdfValue => {
    let current: PdfValue = value ?? null;
    for (let step = 0; step < limits.referenceChain && isRef(current); step += 1) {
      current = this.get(current.number)?.value ?? null;
    }
    return isRef(current) ? null : current;
  };

  dictOf(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.resolve(value);
    if (isStream(found)) return found.dict;
    return isDict(found) ? found : undefined;
  }

  /** The data of a stream as it stands in the file, encrypted where the file is. */
  dataOf(one: Salvaged): Uint8Array {
    const { value } = one.object;
    if (!isStream(value)) return noId;
    const end = Math.min(one.dataEnd ?? this.source.size, this.source.size);
    return end <= value.dataStart ? noId : this.source.read(value.dataStart, end - value.dataStart);
  }

  private addFound(found: readonly FoundObject[], size: number): void {
    found.forEach((one, index) => {
      const { number, offset, object } = one;
      if (number === 0 || number > limits.objectNumber) return;
      if (object === undefined) {
        this.unreadable += 1;
        return;
      }
      // Without an end its data goes on to the next object: what was cut off is seen when it is decoded.
      const dataEnd = isStream(object.value) ? (one.dataEnd ?? found[index + 1]?.offset ?? size) : undefined;
      const cut = isStream(object.value) && one.dataEnd === undefined;
      this.objects.set(number, { object, dataEnd: this.trimmed(object, one, dataEnd), cut, place: offset });
    });
  }

  /** The line end before `endstream` is no data, where the length did not say so. */
  private trimmed(object: PdfObject, one: FoundObject, dataEnd: number | undefined): number | undefined {
    if (dataEnd === undefined || !isStream(object.value)) return dataEnd;
    const length = entryOf(object.value.dict, 'Length');
    const stated = isRef(length) ? this.resolve(length) : length;
    if (stated === dataEnd - object.value.dataStart || one.dataEnd === undefined) return dataEnd;
    const start = object.value.dataStart;
    const tail = this.source.read(Math.max(start, dataEnd - 2), Math.min(2, dataEnd - start));
    if (tail.at(-1) === 10) return dataEnd - (tail.at(-2) === 13 ? 2 : 1);
    return tail.at(-1) === 13 ? dataEnd - 1 : dataEnd;
  }

  private unlocked(password: string | undefined): Encryption | undefined {
    if (this.encryptValue === null) return undefined;
    const dict = this.dictOf(this.encryptValue);
    if (dict === undefined) throw new Failure('pdf-encryption-damaged', 'no dictionary');
    const id = this.resolve(this.fromTrailers('ID'));
    const first = isArray(id) ? this.resolve(id.items[0]) : null;
    return Encryption.unlock(dict, isString(first) ? first.bytes : noId, password, this.resolve);
  }

  /** The decoded data of a stream. Throws the Failures of filters. */
  decoded(one: Salvaged): Uint8Array {
    const { value } = one.object;
    if (!isStream(value)) return noId;
    return decodeStream(this.stored(one), value.dict, limits.decodedBytes, this.resolve);
  }

  /** The data of a stream before its filters are undone, decrypted. */
  stored(one: Salvaged): Uint8Array {
    const { value } = one.object;
    const data = this.dataOf(one);
    if (!isStream(value) || this.encryption === undefined) return data;
    return this.encryption.openStream(value, value.dict, data, this.resolve);
  }

  private addMembers(): void {
    const containers = [...this.objects.values()].filter(({ object }) => isType(object.value, 'ObjStm'));
    for (const container of containers.sort((a, b) => a.place - b.place)) {
      for (const object of this.membersOf(container)) {
        const before = this.objects.get(object.number);
        if (before !== undefined && before.place > container.place) continue;
        this.objects.set(object.number, { object, dataEnd: undefined, place: container.place });
      }
    }
  }

  /** The members of an object stream that can be read. */
  private *membersOf(container: Salvaged): Generator<PdfObject> {
    const { value, number: holder } = container.object;
    if (!isStream(value)) return;
    const [count, first] = [
      this.resolve(entryOf(value.dict, 'N')),
      this.resolve(entryOf(value.dict, 'First')),
    ];
    let data: Uint8Array;
    try {
      data = this.decoded(container);
    } catch (error) {
      if (!isFailure(error)) throw error;
      this.unreadable += 1;
      return;
    }
    if (!isCount(count) || !isCount(first) || first > data.length || count > limits.objectNumber) return;
    const heads = new SyntaxReader(data.subarray(0, first), 0, true);
    for (let index = 0; index < count; index += 1) {
      heads.skipWhite();
      const number = heads.tryCount();
      heads.skipWhite();
      const start = number < 0 ? -1 : heads.tryCount();
      if (start < 0 || number > limits.objectNumber) return;
      const object = memberAt(data, first + start, number, holder);
      if (object === undefined) this.unreadable += 1;
      else yield object;
    }
  }

  /** What every reader shows: an object at the place where the file's own cross-reference says it is. */
  private preferTables(file: PdfFile, found: readonly FoundObject[]): void {
    const places = new Map(found.map((one) => [one.offset, one]));
    for (const number of [...this.objects.keys()]) {
      const entry = file.entry(number);
      if (entry?.kind === 'free') this.objects.delete(number);
      if (entry?.kind === 'offset') {
        const one = places.get(entry.offset);
        if (one?.object === undefined || one.number !== number) continue;
        const dataEnd = this.trimmed(one.object, one, one.dataEnd);
        this.objects.set(number, { object: one.object, dataEnd, place: one.offset });
      }
      if (entry?.kind === 'compressed') this.preferMember(file, number);
    }
  }

  private preferMember(file: PdfFile, number: number): void {
    try {
      const object = file.object(number);
      if (object !== undefined) this.objects.set(number, { object, dataEnd: undefined, place: 0 });
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }
}

function memberAt(data: Uint8Array, start: number, number: number, container: number): PdfObject | undefined {
  if (start >= data.length) return undefined;
  try {
    const reader = new SyntaxReader(data.subarray(start), 0, true);
    const value = reader.readValue();
    const raw = data.slice(start, start + reader.position);
    return { number, generation: 0, value, raw, base: undefined, container };
  } catch (error) {
    if (isFailure(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

function versionOf(source: ByteSource): string {
  try {
    const { version } = readHeader(source);
    return /^[12]\.\d$/.test(version) ? version : '1.7';
  } catch (error) {
    if (!isFailure(error)) throw error;
    return '1.7';
  }
}
