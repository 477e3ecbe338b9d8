// Finds the objects and trailers of a file by looking through all its bytes, without any cross-reference. It decides nothing:
// what it could not tell apart it says, and who asks refuses.
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { readObjectAt } from './object-at';
import { SyntaxReader } from './syntax';
import { entryOf, isCount, isDict, isRef, isStream, type PdfDict, type PdfObject } from './values';
import { parseAt } from './window';

/** Beyond this the whole file is not looked through. */
export const largestScan = 32 * 1024 * 1024;

/** Any digits: an object whose number or generation no reader takes must be seen, not overlooked. */
const objectPattern =
  /(?<![0-9A-Za-z.+-])(\d{1,12})[ \t\r\n\f\0]{1,8}(\d{1,12})[ \t\r\n\f\0]{1,8}obj(?![0-9A-Za-z])/g;

/** Data of streams may have no line end for long; an object after it that is on the same line is rare. */
const LONGEST_LINE = 65536;
/** More trailers than saves any file has: the others are no help. */
const MOST_TRAILERS = 4096;

export interface FoundObject {
  readonly number: number;
  readonly generation: number;
  readonly offset: number;
  /** Just after its value, or after the `endstream` that closes its data. */
  readonly end: number;
  /** Undefined where its syntax cannot be read. */
  readonly object: PdfObject | undefined;
  /** Of a stream: where its data ends, by its length or else by `endstream`; undefined where neither says. */
  readonly dataEnd: number | undefined;
}

export interface Scan {
  /** The whole file, one char a byte. */
  readonly text: string;
  /** In file order. */
  readonly objects: readonly FoundObject[];
  /** Dictionaries after the keyword `trailer`, in file order. */
  readonly trailers: readonly PdfDict[];
  /** Something reads as an object inside another object or in a comment: two readers may see two documents. */
  readonly doubtful: string | undefined;
}

function closesAt(source: ByteSource, at: number): boolean {
  if (at >= source.size) return false;
  return parseAt(source, at, (reader) => {
    reader.skipWhite();
    return reader.tryKeyword('endstream');
  });
}

/** Where the keyword `endstream` stands, each place looked for once although every stream asks. */
class StreamEnds {
  private readonly places: number[] = [];
  private next = 0;

  constructor(text: string) {
    for (const match of text.matchAll(/endstream/g)) this.places.push(match.index);
  }

  /** The first place from `start` on; who asks goes through the file from front to back. */
  after(start: number): number | undefined {
    while ((this.places[this.next] ?? start) < start) this.next += 1;
    return this.places[this.next];
  }
}

/** Where a stream's data ends by a length that the `endstream` after it proves, or by the next `endstream`. */
function dataEndOf(
  ends: StreamEnds,
  source: ByteSource,
  start: number,
  length: number | undefined,
): number | undefined {
  const next = ends.after(start);
  return length !== undefined && closesAt(source, start + length) ? start + length : next;
}

function readFound(source: ByteSource, offset: number): PdfObject | undefined {
  try {
    return readObjectAt(source, offset);
  } catch (error) {
    if (isFailure(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** True where a comment may go on at `at`; a line too long to look through may hold one. */
function inComment(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0; before -= 1) {
    const char = text.charCodeAt(before);
    if (char === 10 || char === 13) return false;
    if (char === 37 || at - before > LONGEST_LINE) return true;
  }
  return false;
}

function trailersIn(text: string, objects: readonly FoundObject[]): PdfDict[] {
  const trailers: PdfDict[] = [];
  let inside = 0;
  for (const match of text.matchAll(/trailer(?=[\s\0<])/g)) {
    if (trailers.length >= MOST_TRAILERS) break;
    while ((objects[inside]?.end ?? Number.POSITIVE_INFINITY) <= match.index) inside += 1;
    if ((objects[inside]?.offset ?? Number.POSITIVE_INFINITY) < match.index) continue;
    const bytes = Buffer.from(text.slice(match.index + 7, match.index + 7 + 65536), 'latin1');
    try {
      const value = new SyntaxReader(bytes, 0, true).readValue();
      if (isDict(value)) trailers.push(value);
    } catch (error) {
      if (!isFailure(error)) throw error;
    }
  }
  return trailers;
}

/** Looks through a whole file of at most `largestScan` bytes. */
export function scanFile(source: ByteSource): Scan {
  const text = Buffer.from(source.read(0, source.size)).toString('latin1');
  const found = [...text.matchAll(objectPattern)].map((match) => ({
    number: Number(match[1]),
    generation: Number(match[2]),
    offset: match.index,
  }));
  const places = new Map(found.map((one) => [one.number, one.offset]));
  const objects: FoundObject[] = [];
  const ends = new StreamEnds(text);
  let doubtful: string | undefined;
  let end = 0;
  for (const one of found) {
    if (one.offset < end) doubtful ??= `object ${one.number} inside another at ${one.offset}`;
    if (inComment(text, one.offset)) doubtful ??= `object ${one.number} in a comment at ${one.offset}`;
    const object = readFound(source, one.offset);
    let dataEnd: number | undefined;
    end = Math.max(end, one.offset + (object?.raw.length ?? 0));
    if (object !== undefined && isStream(object.value)) {
      const written = entryOf(object.value.dict, 'Length');
      const at = isRef(written) ? places.get(written.number) : undefined;
      const length = at === undefined ? written : readFound(source, at)?.value;
      dataEnd = dataEndOf(ends, source, object.value.dataStart, isCount(length) ? length : undefined);
      end = Math.max(end, dataEnd === undefined ? object.value.dataStart : dataEnd + 9);
    }
    objects.push({ ...one, end, object, dataEnd });
  }
  return { text, objects, trailers: trailersIn(text, objects), doubtful };
}
