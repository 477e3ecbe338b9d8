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

/** Where a stream's data ends by a length that the `endstream` after it proves, or by the next `endstream`. */
function dataEndOf(
  text: string,
  source: ByteSource,
  start: number,
  length: number | undefined,
): number | undefined {
  if (length !== undefined && closesAt(source, start + length)) return start + length;
  const found = text.indexOf('endstream', start);
  return found < 0 ? undefined : found;
}

function readFound(source: ByteSource, offset: number): PdfObject | undefined {
  try {
    return readObjectAt(source, offset);
  } catch (error) {
    if (isFailure(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

function inComment(text: string, at: number): boolean {
  const line = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  return text.slice(line, at).includes('%');
}

function trailersIn(text: string, objects: readonly FoundObject[]): PdfDict[] {
  const trailers: PdfDict[] = [];
  let inside = 0;
  for (const match of text.matchAll(/trailer(?=[\s\0<])/g)) {
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
      dataEnd = dataEndOf(text, source, object.value.dataStart, isCount(length) ? length : undefined);
      end = Math.max(end, dataEnd === undefined ? object.value.dataStart : dataEnd + 9);
    }
    objects.push({ ...one, end, object, dataEnd });
  }
  return { text, objects, trailers: trailersIn(text, objects), doubtful };
}
