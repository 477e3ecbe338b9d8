// Writes marks into a PDF as part of its pages, in one incremental update: no annotation is left that a program could take off
// again, and their words can still be searched. Words that a page cannot show stand on pages of their own behind the last one,
// under the number that is drawn beside the mark. No earlier byte changes.
import type { ExportedMark } from '../../preload/contract/annotation';
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import {
  entryOf,
  Increment,
  isArray,
  isRef,
  isStream,
  numberSyntax,
  type PdfFile,
  type PdfPage,
  type PdfRef,
  refSyntax,
} from '../pdf';
import { FontUse, onWritable, type TrueTypeFont } from '../signing';
import { putDrawing, type SharedObjects } from './annotation-object';
import { enclosedNotes } from './enclosed-notes';
import { graphicsBalance } from './graphics-balance';
import { placedNumbers } from './note-numbers';
import { linesContent, notesPages, putNotesPages } from './notes-pages';
import { Rewrites } from './page-resources';
import {
  changeIdOf,
  drawMarks,
  type MarkingOrder,
  nothingWritten,
  type PlacedMark,
  pagesFor,
  putShared,
  refuseRestricted,
  type WrittenMarks,
} from './write';

/** Content beyond this is not followed to its end. */
const contentLimit = 64 * 1024 * 1024;

/** The streams of a page's content, in order; what is none draws nothing for any viewer. */
function contentRefs(file: PdfFile, page: PdfPage): PdfRef[] {
  const written = entryOf(page.dict, 'Contents');
  const value = file.resolve(written);
  if (isStream(value)) return isRef(written) ? [written] : [];
  if (!isArray(value)) return [];
  return value.items.filter((item): item is PdfRef => isRef(item) && isStream(file.resolve(item)));
}

function contentOf(file: PdfFile, refs: readonly PdfRef[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const ref of refs) {
    const stream = file.resolve(ref);
    if (!isStream(stream)) continue;
    try {
      parts.push(file.decoded(stream, contentLimit), Buffer.from('\n'));
    } catch (error) {
      // A damaged stream draws up to its damage, or nothing.
      if (!isFailure(error)) throw error;
    }
  }
  return Buffer.concat(parts);
}

/** The operators that draw one form at its place on the page. */
function drawSyntax(name: string, { drawing, geometry }: PlacedMark): string {
  const place = geometry.toPage(drawing.box);
  const sideways = geometry.rotation === 90 || geometry.rotation === 270;
  const form = sideways ? drawing.box.height : drawing.box.width;
  // A page measured in larger units shows the same drawing smaller in its own numbers.
  const scale = form === 0 ? 1 : place.width / form;
  const matrix = [scale, 0, 0, scale, place.x, place.y].map(numberSyntax).join(' ');
  return `q ${matrix} cm /${name} Do Q`;
}

/**
 * The bytes to append that draw marks into the pages; empty where there is none to draw. Throws Failure `pdf-page-missing`,
 * `pdf-changes-restricted` and those of reading.
 */
export function flattenIncrement(source: ByteSource, order: MarkingOrder, font: TrueTypeFont): WrittenMarks {
  return onWritable(source, order.password, (file) => {
    refuseRestricted(file);
    return flatten(file, order, font);
  });
}

/** How many pages of notes a flattened copy with these marks has behind its own; `inFile` as in `MarkingOrder.known`. */
export function notesPageCount(
  marks: readonly ExportedMark[],
  inFile: { has(id: string): boolean },
  font: TrueTypeFont,
): number {
  return notesPages(enclosedNotes(marks, inFile), new FontUse(font)).length;
}

function flatten(file: PdfFile, order: MarkingOrder, font: TrueTypeFont): WrittenMarks {
  const increment = new Increment(file);
  const use = new FontUse(font);
  const pages = pagesFor(file, order.marks);
  // Answers are listed with what they answer: on the page they have no place of their own.
  const roots = order.marks.filter((mark) => mark.replyTo === null);
  const { placed, images } = drawMarks(file, { ...order, marks: roots }, pages, use);
  const notes = enclosedNotes(order.marks, order.known ?? new Map());
  if (placed.length === 0 && notes.length === 0) return nothingWritten;
  const all = [...placed, ...placedNumbers(file, notes, placed, pages, use)];
  const enclosed = notesPages(notes, use).map((lines) => linesContent(lines, use));
  const shared = putShared(increment, use, { placed: all, images }, order.copy);
  const rewrites = new Rewrites(file, increment);
  drawInto(file, increment, rewrites, all, shared);
  if (shared.font !== undefined && enclosed.length > 0) {
    const before = [...file.pages(() => undefined)].length;
    rewrites.addPages(putNotesPages(increment, enclosed, shared.font, rewrites.pageTree()), before);
  }
  rewrites.finish();
  const { bytes } = increment.finish(changeIdOf(file, order, 'flattened'));
  return { increment: bytes, unshown: use.unshown };
}

/** Draws into the content of each page what belongs to it, after what is there. */
function drawInto(
  file: PdfFile,
  increment: Increment,
  rewrites: Rewrites,
  placed: readonly PlacedMark[],
  shared: SharedObjects,
): void {
  const pages = new Map<number, PlacedMark[]>();
  for (const one of placed) pages.set(one.page.ref.number, [...(pages.get(one.page.ref.number) ?? []), one]);
  for (const list of pages.values()) {
    const [first] = list;
    if (first === undefined) continue;
    const { page } = first;
    const forms = list.map((one) => {
      const form = putDrawing(increment, one.mark, one.drawing, one.geometry.rotation, shared);
      return { name: `VanThu${form.number}`, form, one };
    });
    rewrites.addForms(
      page,
      forms.map(({ name, form }) => [name, form]),
    );
    const before = contentRefs(file, page);
    const { missing, open } = graphicsBalance(contentOf(file, before));
    const [keep, draw] = [increment.allocate(), increment.allocate()];
    const drawn = forms.map(({ name, one }) => drawSyntax(name, one)).join('\n');
    increment.putStream(keep, '', Buffer.from('q '.repeat(missing + 1), 'latin1'));
    increment.putStream(draw, '', Buffer.from(`\n${'Q '.repeat(open + 1)}\n${drawn}\n`, 'latin1'));
    rewrites.setPageKey(page, 'Contents', `[${[keep, ...before, draw].map(refSyntax).join(' ')}]`);
  }
}
