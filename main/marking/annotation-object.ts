// One mark as the dictionary of a standard annotation (ISO 32000-2, 12.5.6), its appearance included. It adds nothing to a page.
import { deflateSync } from 'node:zlib';
import { type ExportedMark, inkOf } from '../../preload/contract/annotation';
import { markLook } from '../../preload/contract/mark-look';
import { type Increment, numberSyntax, type PdfRef, refSyntax, textSyntax } from '../pdf';
import { matrixOf, type PageGeometry, pdfDate } from '../signing';
import type { Drawing } from './drawing';
import { privateBytes, privateKey } from './private-keys';
import { lineHeads, standardShape, subtypeOf } from './standard-shape';

/** Printed with the page. */
const shownFlags = 4;
/** An answer is read in the list of its thread: it has no slip of its own on the page (hidden, printed, not zoomed, not turned). */
const answerFlags = 2 + 4 + 8 + 16;

/** Numbers of a row may be anything; what a viewer takes is not. */
const list = (numbers: readonly number[]): string =>
  `[${numbers.map((one) => numberSyntax(Math.max(-1e6, Math.min(1e6, one)))).join(' ')}]`;

/** Shared by the drawings of one update. */
export interface SharedObjects {
  /** The font of every word; undefined where no mark has one. */
  readonly font: PdfRef | undefined;
  readonly imageOf: (mark: ExportedMark) => PdfRef | undefined;
  /** What makes this copy unlike every other file; hexadecimal. */
  readonly copy: string | undefined;
}

/** A drawing as a form, upright on a page shown with `rotation` degrees. */
export function putDrawing(
  increment: Increment,
  mark: ExportedMark,
  drawing: Drawing,
  rotation: number,
  { font, imageOf, copy }: SharedObjects,
): PdfRef {
  const { width, height } = drawing.box;
  const image = drawing.picture ? imageOf(mark) : undefined;
  const resources = [
    ...(drawing.words && font !== undefined ? [`/Font << /F1 ${refSyntax(font)} >>`] : []),
    ...(image === undefined ? [] : [`/XObject << /Im1 ${refSyntax(image)} >>`]),
    ...(drawing.multiply ? ['/ExtGState << /G1 << /Type /ExtGState /BM /Multiply >> >>'] : []),
  ];
  const form = increment.allocate();
  increment.putStream(
    form,
    `/Type /XObject /Subtype /Form /BBox [0 0 ${numberSyntax(width)} ${numberSyntax(height)}] ` +
      `/Matrix ${list(matrixOf(rotation, width, height))} ` +
      `/Resources << ${resources.join(' ')} >> /Filter /FlateDecode` +
      (copy === undefined ? '' : ` /${privateKey}Copy <${copy}>`),
    deflateSync(Buffer.from(`${drawing.multiply ? '/G1 gs\n' : ''}${drawing.content}`, 'latin1')),
  );
  return form;
}

/** What the standard's keys say of a kind beside shape and words. */
function kindEntries(mark: ExportedMark): string[] {
  const colour = inkOf[mark.colour].map(numberSyntax).join(' ');
  const border = (width: number): string => `/BS << /Type /Border /W ${numberSyntax(width)} /S /S >>`;
  switch (mark.kind) {
    case 'ink':
      return [border(markLook.ink)];
    case 'arrow':
    case 'line':
      return [border(markLook.shape), `/LE [${lineHeads[mark.kind].map((name) => `/${name}`).join(' ')}]`];
    case 'rectangle':
    case 'ellipse':
      return [border(markLook.shape), `/RD ${list(Array(4).fill(markLook.shape / 2))}`];
    case 'text':
      return [border(0), `/DA (/Helv ${numberSyntax(markLook.text)} Tf ${colour} rg) /Q 0 /IT /FreeText`];
    case 'note':
      return ['/Name /Note /Open false'];
    case 'stamp':
      return ['/Name /VanThuStamp'];
    default:
      return [];
  }
}

/** The references of one annotation's objects. */
export interface AnnotationRefs {
  readonly own: PdfRef;
  readonly page: PdfRef;
  readonly appearance: PdfRef;
  /** The annotation this one answers. */
  readonly answers: PdfRef | undefined;
  /** Where a viewer shows the words; undefined for kinds whose words are drawn. */
  readonly popup: PdfRef | undefined;
}

/** Writes the annotation, its pop-up and what only we read of it. */
export function putAnnotation(
  increment: Increment,
  mark: ExportedMark,
  drawing: Drawing,
  geometry: PageGeometry,
  refs: AnnotationRefs,
): void {
  const onPage = geometry.toPage(drawing.box);
  const rect = [onPage.x, onPage.y, onPage.x + onPage.width, onPage.y + onPage.height].map((one) =>
    Number(numberSyntax(one)),
  );
  const made = increment.allocate();
  increment.putStream(made, '/Filter /FlateDecode', deflateSync(privateBytes(mark, rect)));
  const shape = standardShape(mark, geometry);
  const date = textSyntax(pdfDate(new Date(mark.createdAt)));
  const answer = refs.answers !== undefined;
  const entries = [
    `/Type /Annot /Subtype /${subtypeOf[mark.kind]} /Rect ${list(rect)} /P ${refSyntax(refs.page)}`,
    `/F ${answer ? answerFlags : shownFlags} /NM ${textSyntax(mark.id)} /T ${textSyntax(mark.author)}`,
    `/Contents ${textSyntax(mark.text)} /M ${date} /CreationDate ${date} /C ${list(inkOf[mark.colour])} /CA 1`,
    ...(shape.QuadPoints === undefined ? [] : [`/QuadPoints ${list(shape.QuadPoints)}`]),
    ...(shape.InkList === undefined ? [] : [`/InkList [${shape.InkList.map(list).join(' ')}]`]),
    ...(shape.L === undefined ? [] : [`/L ${list(shape.L)}`]),
    ...kindEntries(mark),
    ...(refs.answers === undefined ? [] : [`/IRT ${refSyntax(refs.answers)} /RT /R`]),
    ...(refs.popup === undefined ? [] : [`/Popup ${refSyntax(refs.popup)}`]),
    `/AP << /N ${refSyntax(refs.appearance)} >> /${privateKey} << /V 1 /Mark ${refSyntax(made)} >>`,
  ];
  increment.put(refs.own, `<< ${entries.join('\n')} >>`);
  if (refs.popup !== undefined) putPopup(increment, drawing, geometry, refs, refs.popup);
}

/** Where a viewer opens the words, beside the mark: points. */
const popupSize = { width: 220, height: 120 };

function putPopup(
  increment: Increment,
  { box }: Drawing,
  geometry: PageGeometry,
  refs: AnnotationRefs,
  popup: PdfRef,
): void {
  const shown = {
    x: Math.max(0, Math.min(box.x + box.width + 4, geometry.width - popupSize.width)),
    y: Math.max(0, Math.min(box.y + box.height - popupSize.height, geometry.height - popupSize.height)),
    ...popupSize,
  };
  const { x, y, width, height } = geometry.toPage(shown);
  increment.put(
    popup,
    `<< /Type /Annot /Subtype /Popup /Rect ${list([x, y, x + width, y + height])} /F 28 ` +
      `/Parent ${refSyntax(refs.own)} /P ${refSyntax(refs.page)} /Open false >>`,
  );
}
