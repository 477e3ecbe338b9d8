// Notes of a PDF that bring no picture of their own (ISO 32000-1, 12.5.6.4: the program shows one): slips, carets and enclosed files,
// drawn over what pdf.js drew, since it leaves them out. Their words are not shown here.
import type { PageViewport, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageColours } from './page-colours';

/** The part of pdf.js' facts of an annotation that says whether and where it is to be shown. */
export interface NoteFacts {
  readonly subtype?: unknown;
  readonly rect?: unknown;
  readonly hasAppearance?: unknown;
  readonly annotationFlags?: unknown;
  readonly color?: unknown;
  readonly inReplyTo?: unknown;
}

export interface UnseenNote {
  readonly kind: 'slip' | 'caret' | 'enclosed';
  /** Left, lower, right, upper, in points of the page as it lies in the file. */
  readonly rect: readonly [number, number, number, number];
  /** The author's, as CSS knows it; null: none. */
  readonly colour: string | null;
}

const kinds: ReadonlyMap<unknown, UnseenNote['kind']> = new Map([
  ['Text', 'slip'],
  ['Caret', 'caret'],
  ['FileAttachment', 'enclosed'],
]);

/** Flags (12.5.3). */
const flags = { hidden: 2, print: 4, noView: 32 };

/** A screen shows what is not hidden from it; paper what is meant for it. */
function isMeantFor(given: unknown, where: 'screen' | 'paper'): boolean {
  const set = typeof given === 'number' ? given : 0;
  if ((set & flags.hidden) !== 0) return false;
  return where === 'screen' ? (set & flags.noView) === 0 : (set & flags.print) !== 0;
}

/** The facts of a page's annotations. Damaged ones cost what is drawn of them, and not the page. */
export async function notesOf(page: PDFPageProxy, where: 'screen' | 'paper'): Promise<readonly NoteFacts[]> {
  try {
    return (await page.getAnnotations({
      intent: where === 'screen' ? 'display' : 'print',
    })) as readonly NoteFacts[];
  } catch {
    return [];
  }
}

function colourOf(given: unknown): string | null {
  if (!(given instanceof Uint8ClampedArray) || given.length !== 3) return null;
  return `rgb(${given[0]} ${given[1]} ${given[2]})`;
}

/** Those that pdf.js draws nothing for. An answer is read in its thread and stands on no page. */
export function unseenNotes(found: readonly NoteFacts[], where: 'screen' | 'paper'): UnseenNote[] {
  return found.flatMap(({ subtype, rect, hasAppearance, annotationFlags, color, inReplyTo }) => {
    const kind = kinds.get(subtype);
    if (kind === undefined || hasAppearance === true || typeof inReplyTo === 'string') return [];
    if (!isMeantFor(annotationFlags, where)) return [];
    if (!Array.isArray(rect) || rect.length !== 4 || !rect.every((one) => Number.isFinite(one))) return [];
    const [left, lower, right, upper] = rect.map(Number) as [number, number, number, number];
    return [{ kind, rect: [left, lower, right, upper], colour: colourOf(color) }];
  });
}

/** A sheet with a folded corner, in a square of 20; a caret; a clip. */
const paths: Readonly<Record<UnseenNote['kind'], string>> = {
  slip: 'M3 1.5H13L17 5.5V18.5H3Z M13 1.5V5.5H17 M6 9H14 M6 12H14 M6 15H11',
  caret: 'M2 18Q8 15 10 4Q12 15 18 18Z',
  enclosed: 'M6 7V14.5A4 4 0 0 0 14 14.5V5A3 3 0 0 0 8 5V13.5A1.5 1.5 0 0 0 11 13.5V7',
};
const square = 20;
/** Points; a rectangle may be a dot, or larger than any sign should be. */
const sides = { least: 14, most: 24 };

/** Draws them upright, however the page is turned. `density`: pixels of the canvas for each of the viewport. */
export function drawUnseen(
  context: CanvasRenderingContext2D,
  viewport: PageViewport,
  density: number,
  notes: readonly UnseenNote[],
  colours: PageColours | null,
): void {
  for (const { kind, rect, colour } of notes) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle([...rect]) as number[];
    const wanted = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
    const side = Math.min(sides.most * viewport.scale, Math.max(sides.least * viewport.scale, wanted));
    context.save();
    context.setTransform(density, 0, 0, density, 0, 0);
    context.translate(Math.min(x1, x2), Math.min(y1, y2));
    context.scale(side / square, side / square);
    context.lineWidth = 1.4;
    context.lineJoin = 'round';
    context.strokeStyle = colours?.foreground ?? 'rgb(60 50 0)';
    context.fillStyle = colours?.background ?? colour ?? 'rgb(255 226 110)';
    const path = new Path2D(paths[kind]);
    if (kind !== 'enclosed') context.fill(path);
    context.stroke(path);
    context.restore();
  }
}
