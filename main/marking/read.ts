// Reads the annotations of a PDF as marks: those written here exactly as they were, those of other programs as the nearest kind. It
// follows no link, runs no action and opens no attached file.
import { createHash } from 'node:crypto';
import { type ExportedMark, exportedMark } from '../../preload/contract/annotation';
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { asInstant, type Instant } from '../../preload/contract/ids';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  openPdf,
  type PdfDict,
  type PdfFile,
  type PdfPage,
  type PdfRef,
  textOf,
} from '../pdf';
import { geometryOf, type PageGeometry, rectOf } from '../signing';
import { type ForeignShape, foreignLimits, foreignShape, numbersOf, wordsOf } from './foreign';
import { privateKey, privateMark } from './private-keys';
import type { StandardShape } from './standard-shape';
import { threadFirsts } from './threads';

/** How many annotations of a file are read, and how large one's private stream may be. */
export const readingLimits = { annotations: 5000, privateBytes: 8 * 1024 * 1024 } as const;

/** One annotation as a mark. */
export interface ReadMark {
  readonly mark: ExportedMark;
  /** What `mark` is called among what was imported from this file: the same whenever the same file is read. */
  readonly importedId: string;
  readonly subtype: string;
  /** Written here, and not changed by another program since: `mark` is what was given. */
  readonly own: boolean;
  /** Undefined for one that is written in its page's list, which no other can answer there. */
  readonly ref: PdfRef | undefined;
  /** `importedId` of the first annotation of the thread in which it answers in the file. */
  readonly answers: string | null;
}

export interface ReadMarks {
  readonly marks: readonly ReadMark[];
  /** Notes of kinds that have no place here, by the standard's name; the page shows them all the same. */
  readonly others: Readonly<Record<string, number>>;
  /** The file has more annotations than are read. */
  readonly cut: boolean;
}

/** No notes: parts of the page, of forms, or of other annotations. */
const noNotes: ReadonlySet<string> = new Set([
  'Link',
  'Widget',
  'Popup',
  'PrinterMark',
  'TrapNet',
  'Watermark',
]);

/** Hidden, or not shown on a screen; an answer may be hidden since it is read in its thread. */
const unseenFlags = 2 | 32;

/** Where an annotation without a number stands: the page from 0, and its place in the page's list. */
export interface ListPlace {
  readonly page: number;
  readonly place: number;
}

/** A UUID of version 8 (RFC 9562) from the file's hash and the object's number, or its place where it has none. */
export function importedId(fileSha: string, where: PdfRef | ListPlace): string {
  const place =
    'place' in where ? `page ${where.page} ${where.place}` : `${where.number} ${where.generation}`;
  const digest = createHash('sha256').update(`${fileSha} ${place}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The moment of a PDF date (7.9.4), or undefined for text that is none. */
export function instantOfDate(text: string): Instant | undefined {
  const found = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(?:(\d\d)'?(\d\d)?'?)?)?/.exec(
    text,
  );
  if (found === null) return undefined;
  const part = (index: number, absent: number): number =>
    found[index] === undefined ? absent : Number(found[index]);
  const local = Date.UTC(part(1, 1970), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0));
  const offset = (part(8, 0) * 60 + part(9, 0)) * 60_000 * (found[7] === '-' ? -1 : 1);
  const time = new Date(local - offset);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9998 ? undefined : asInstant(time);
}

function dateOf(file: PdfFile, dict: PdfDict, ...keys: readonly string[]): Instant | undefined {
  for (const key of keys) {
    const value = file.get(dict, key);
    const date = isString(value) ? instantOfDate(textOf(value.bytes)) : undefined;
    if (date !== undefined) return date;
  }
  return undefined;
}

/** What stands in for a date that an annotation lacks: the document's own, else the first moment there is. */
function documentDate(file: PdfFile): Instant {
  const info = file.get(file.trailer, 'Info');
  return (isDict(info) ? dateOf(file, info, 'ModDate', 'CreationDate') : undefined) ?? asInstant(new Date(0));
}

interface Found {
  readonly ref: PdfRef | undefined;
  readonly place: number;
  readonly dict: PdfDict;
  readonly subtype: string;
  readonly page: PdfPage;
}

/** The annotations of a page: objects of their own, and those written in its list. */
function* annotationsOf(file: PdfFile, page: PdfPage): Generator<Found> {
  const list = file.get(page.dict, 'Annots');
  if (!isArray(list)) return;
  for (const [place, item] of list.items.entries()) {
    const ref = isRef(item) ? item : undefined;
    try {
      const dict = file.resolve(item);
      const subtype = isDict(dict) ? file.get(dict, 'Subtype') : null;
      if (isDict(dict) && isName(subtype)) yield { ref, place, dict, subtype: subtype.name, page };
    } catch (error) {
      // One damaged annotation takes none of the others away.
      if (!isFailure(error)) throw error;
    }
  }
}

function shapeKeys(file: PdfFile, dict: PdfDict, subtype: string): StandardShape {
  const limit = foreignLimits.points * 2;
  switch (subtype) {
    case 'Highlight':
    case 'Underline':
    case 'StrikeOut':
      return { QuadPoints: numbersOf(file, entryOf(dict, 'QuadPoints'), foreignLimits.quads * 8) };
    case 'Line':
      return { L: numbersOf(file, entryOf(dict, 'L'), 4) };
    case 'Ink': {
      const lists = file.get(dict, 'InkList');
      const items = isArray(lists) ? lists.items.slice(0, foreignLimits.strokes) : [];
      return { InkList: items.map((item) => numbersOf(file, item, limit)) };
    }
    default:
      return {};
  }
}

function headsOf(file: PdfFile, dict: PdfDict): string[] {
  const ends = file.get(dict, 'LE');
  const names = isArray(ends) ? ends.items.slice(0, 2).map((item) => file.resolve(item)) : [];
  return names.map((name) => (isName(name) ? name.name : ''));
}

/** The mark as it was written here, where it is still that. */
function ownMark(file: PdfFile, found: Found, geometry: PageGeometry): ExportedMark | undefined {
  const { dict, subtype, page } = found;
  const ours = file.get(dict, privateKey);
  const stream = isDict(ours) ? file.get(ours, 'Mark') : null;
  const rect = rectOf(file, entryOf(dict, 'Rect'));
  if (!isStream(stream) || rect === undefined) return undefined;
  const contents = file.get(dict, 'Contents');
  const author = file.get(dict, 'T');
  return privateMark(
    file.decoded(stream, readingLimits.privateBytes),
    {
      rect: [rect.x, rect.y, rect.x + rect.width, rect.y + rect.height],
      subtype,
      colour: numbersOf(file, entryOf(dict, 'C'), 4),
      heads: headsOf(file, dict),
      shape: shapeKeys(file, dict, subtype),
      text: isString(contents) ? textOf(contents.bytes) : '',
      author: isString(author) ? textOf(author.bytes) : '',
      page: page.index + 1,
    },
    geometry,
  );
}

/** Reads every annotation that is a note. `fileSha` is the SHA-256 of the file's bytes. Throws those of reading. */
export function readMarksIn(file: PdfFile, fileSha: string): ReadMarks {
  const marks = new Map<ReadMark, PdfDict>();
  const others: Record<string, number> = {};
  const fallback = documentDate(file);
  let count = 0;
  let cut = false;
  for (const page of file.pages(() => undefined)) {
    const geometry = geometryOf(file, page);
    for (const found of annotationsOf(file, page)) {
      if (noNotes.has(found.subtype)) continue;
      count += 1;
      if (count > readingLimits.annotations) {
        cut = true;
        break;
      }
      try {
        const read = readOne(file, found, geometry, fileSha, fallback);
        if (read === 'unseen') continue;
        if (read === undefined) others[found.subtype] = (others[found.subtype] ?? 0) + 1;
        else marks.set(read, found.dict);
      } catch (error) {
        if (!isFailure(error)) throw error;
        others[found.subtype] = (others[found.subtype] ?? 0) + 1;
      }
    }
    if (cut) break;
  }
  return { marks: withThreads(marks, file), others, cut };
}

function readOne(
  file: PdfFile,
  found: Found,
  geometry: PageGeometry,
  fileSha: string,
  fallback: Instant,
): ReadMark | undefined | 'unseen' {
  const { dict, ref, place, subtype, page } = found;
  const flags = file.get(dict, 'F');
  const answers = isRef(entryOf(dict, 'IRT'));
  if (typeof flags === 'number' && (flags & unseenFlags) !== 0 && !answers) return 'unseen';
  const id = importedId(fileSha, ref ?? { page: page.index, place });
  const own = ownMark(file, found, geometry);
  if (own !== undefined) return { mark: own, importedId: id, subtype, own: true, ref, answers: null };
  const shape: ForeignShape | undefined = foreignShape(file, dict, subtype, geometry);
  if (shape === undefined) return undefined;
  // The contract's bounds are those of every row: what is beyond them is no mark here.
  const parsed = exportedMark.safeParse({
    ...shape,
    id,
    page: page.index + 1,
    layer: 'imported',
    author: wordsOf(file, entryOf(dict, 'T'), foreignLimits.author),
    createdAt: dateOf(file, dict, 'CreationDate', 'M') ?? fallback,
    replyTo: null,
  });
  return parsed.success
    ? { mark: parsed.data, importedId: id, subtype, own: false, ref, answers: null }
    : undefined;
}

/**
 * Answers name the first note of their thread, since lists and cards show a note with all that was said to it. The file names what
 * each answers directly (12.5.6.2); a group's parts answer nothing. In a thread that leads back to itself each stands for itself.
 */
function withThreads(read: ReadonlyMap<ReadMark, PdfDict>, file: PdfFile): ReadMark[] {
  const marks = [...read.keys()];
  const byNumber = new Map(marks.map((one) => [one.ref?.number, one]));
  const firsts = threadFirsts(marks, (one) => {
    const dict = read.get(one);
    const answered = dict === undefined ? undefined : entryOf(dict, 'IRT');
    const how = dict === undefined ? null : file.get(dict, 'RT');
    return isRef(answered) && !isName(how, 'Group') ? byNumber.get(answered.number) : undefined;
  });
  return marks.map((one) => {
    const first = firsts.get(one);
    if (first === undefined || first === one) return one;
    // What was written here knows itself what it answers, also where that is not in this file.
    const mark = one.own ? one.mark : { ...one.mark, replyTo: first.mark.id };
    return { ...one, mark, answers: first.importedId };
  });
}

/** Reads the annotations of a file. Throws those of opening. */
export function readMarks(source: ByteSource, fileSha: string, password?: string): ReadMarks {
  return readMarksIn(openPdf(source, password === undefined ? {} : { password }), fileSha);
}

/**
 * All of them as what was imported from this file: on their own layer, under names that are the same whenever it is read, so that
 * marks of this desk can answer them.
 */
export function asImported(read: ReadMarks): ExportedMark[] {
  return read.marks.map(({ mark, importedId: id, answers }) => ({
    ...mark,
    id,
    layer: 'imported',
    replyTo: answers,
  }));
}

/** What marks may answer in a file: its annotations by every name they have, with the reference of each that has one. */
export function answerable(read: ReadMarks): ReadonlyMap<string, PdfRef | undefined> {
  return new Map(
    read.marks.flatMap(({ mark, importedId: id, ref }) => [
      [mark.id, ref],
      [id, ref],
    ]),
  );
}
