// Writes marks into a PDF as standard annotations, in one incremental update: no earlier byte changes. It reads no clock and
// writes no file.
import { createHash } from 'node:crypto';
import type { ExportedMark } from '../../preload/contract/annotation';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { Increment, type PdfFile, type PdfPage, type PdfRef } from '../pdf';
import {
  FontUse,
  geometryOf,
  onWritable,
  type PageGeometry,
  type PdfImage,
  putImage,
  readPng,
  type TrueTypeFont,
} from '../signing';
import { addToPages } from './annotation-lists';
import { putAnnotation, putDrawing, type SharedObjects } from './annotation-object';
import { type Drawing, drawingOf } from './drawing';

/** What goes onto the pages. */
export interface MarkingOrder {
  readonly marks: readonly ExportedMark[];
  /** PNG files of stamps, by the SHA-256 that marks name. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Annotations of the file that marks may answer: their ids as reading gave them. Needed where a mark answers any. */
  readonly known?: ReadonlyMap<string, PdfRef | undefined>;
  readonly password?: string;
  /** Hexadecimal; written into the drawings, so that no other file is the same byte for byte. */
  readonly copy?: string;
}

/** A mark with its drawing and the page it is for. */
export interface PlacedMark {
  readonly mark: ExportedMark;
  readonly drawing: Drawing;
  readonly page: PdfPage;
  readonly geometry: PageGeometry;
}

/** The pages that marks name, by number from 1. Throws Failure `pdf-page-missing`. */
export function pagesFor(file: PdfFile, marks: readonly ExportedMark[]): ReadonlyMap<number, PdfPage> {
  const wanted = new Set(marks.map((mark) => mark.page));
  const found = new Map<number, PdfPage>();
  // A page that cannot be read carries no mark; those that can are told apart by their own number.
  for (const page of wanted.size === 0 ? [] : file.pages(() => undefined)) {
    if (wanted.has(page.index + 1)) found.set(page.index + 1, page);
    if (found.size === wanted.size) break;
  }
  for (const number of wanted)
    if (!found.has(number)) throw new Failure('pdf-page-missing', `page ${number}`);
  return found;
}

export interface DrawnMarks {
  readonly placed: readonly PlacedMark[];
  readonly images: ReadonlyMap<string, PdfImage>;
}

/** Draws every mark that has a place, with the letters of `use`. */
export function drawMarks(
  file: PdfFile,
  { marks, pictures }: MarkingOrder,
  pages: ReadonlyMap<number, PdfPage>,
  use: FontUse,
): DrawnMarks {
  const images = new Map<string, PdfImage>();
  const imageFor = ({ kind, picture }: ExportedMark): PdfImage | undefined => {
    const bytes = kind === 'stamp' && picture !== null ? pictures.get(picture) : undefined;
    if (bytes === undefined || picture === null) return undefined;
    const image = images.get(picture) ?? readPng(bytes);
    images.set(picture, image);
    return image;
  };
  const placed = marks.flatMap((mark): PlacedMark[] => {
    const page = pages.get(mark.page);
    const drawing = drawingOf(mark, use, imageFor(mark));
    if (page === undefined || drawing === undefined) return [];
    return [{ mark, drawing, page, geometry: geometryOf(file, page) }];
  });
  return { placed, images };
}

/** Writes the pictures that drawings share, and their font where one of them has words. */
export function putShared(
  increment: Increment,
  use: FontUse,
  { placed, images }: DrawnMarks,
  copy: string | undefined,
): SharedObjects {
  const refs = new Map([...images].map(([sha, image]) => [sha, putImage(increment, image)]));
  return {
    font: placed.some(({ drawing }) => drawing.words) ? use.put(increment) : undefined,
    imageOf: ({ picture }) => (picture === null ? undefined : refs.get(picture)),
    copy,
  };
}

/** What tells one update from another in the file's /ID. */
export function changeIdOf(file: PdfFile, order: MarkingOrder, how: string): Uint8Array {
  const digest = createHash('sha256').update(`${how} ${file.source.size} ${JSON.stringify(order.marks)}`);
  return digest.digest().subarray(0, 16);
}

/** What was written, and what of its words cannot be seen. */
export interface WrittenMarks {
  /** The bytes to append. */
  readonly increment: Uint8Array;
  /** Signs of drawn words that the font lacks: each shows as a box, and is still what is searched and copied. */
  readonly unshown: readonly string[];
}

export const nothingWritten: WrittenMarks = { increment: new Uint8Array(), unshown: [] };

/**
 * The bytes to append that write marks as annotations; empty where there is none to write. A mark that names a page the file
 * does not have is refused. Throws Failure `pdf-page-missing`, `pdf-changes-restricted` and those of reading.
 */
export function markIncrement(source: ByteSource, order: MarkingOrder, font: TrueTypeFont): WrittenMarks {
  return onWritable(source, order.password, (file) => {
    refuseRestricted(file);
    return annotate(file, order, font);
  });
}

/** Who opened the file by the user's password alone may not change it where its owner forbids that. */
export function refuseRestricted(file: PdfFile): void {
  if (file.encryption?.restricted === true) throw new Failure('pdf-changes-restricted');
}

function annotate(file: PdfFile, order: MarkingOrder, font: TrueTypeFont): WrittenMarks {
  const increment = new Increment(file);
  const use = new FontUse(font);
  const drawn = drawMarks(file, order, pagesFor(file, order.marks), use);
  const { placed } = drawn;
  if (placed.length === 0) return nothingWritten;
  const shared = putShared(increment, use, drawn, order.copy);
  const own = new Map(placed.map(({ mark }) => [mark.id, increment.allocate()]));
  const added = new Map<number, { page: PdfPage; refs: PdfRef[] }>();
  for (const { mark, drawing, page, geometry } of placed) {
    const ref = own.get(mark.id) ?? increment.allocate();
    const answers =
      mark.replyTo === null ? undefined : (own.get(mark.replyTo) ?? order.known?.get(mark.replyTo));
    const appearance = putDrawing(increment, mark, drawing, geometry.rotation, shared);
    const drawn = mark.kind === 'text' || mark.kind === 'stamp';
    const popup = drawn ? undefined : increment.allocate();
    putAnnotation(increment, mark, drawing, geometry, {
      own: ref,
      page: page.ref,
      appearance,
      answers,
      popup,
    });
    const list = added.get(page.ref.number) ?? { page, refs: [] };
    list.refs.push(ref, ...(popup === undefined ? [] : [popup]));
    added.set(page.ref.number, list);
  }
  addToPages(file, increment, [...added.values()]);
  const { bytes } = increment.finish(changeIdOf(file, order, 'annotations'));
  return { increment: bytes, unshown: use.unshown };
}
