// An annotation that another program wrote, as the nearest kind of mark there is here, its words kept. It runs no action, reads no
// appearance, and trusts no number.
import { type ExportedMark, inkOf, type MarkColour, type MarkKind } from '../../preload/contract/annotation';
import type { LookPoint } from '../../preload/contract/mark-look';
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isString,
  type PdfDict,
  type PdfValue,
  type PdfView,
  textOf,
} from '../pdf';
import { type PageGeometry, type Rect, rectOf } from '../signing';
import { pointToShown } from './standard-shape';

/** How much of one annotation is taken. */
export const foreignLimits = {
  text: 20_000,
  author: 600,
  quads: 2000,
  strokes: 2000,
  points: 20_000,
} as const;

/** Kinds of the standard that show here as one of ours; what is missing is counted, and shown by the page itself. */
const kindsOf: ReadonlyMap<string, MarkKind> = new Map([
  ['Highlight', 'highlight'],
  ['Underline', 'underline'],
  ['Squiggly', 'underline'],
  ['StrikeOut', 'strike'],
  ['Text', 'note'],
  ['Caret', 'note'],
  ['FileAttachment', 'note'],
  ['FreeText', 'text'],
  ['Ink', 'ink'],
  ['Polygon', 'ink'],
  ['PolyLine', 'ink'],
  ['Line', 'line'],
  ['Square', 'rectangle'],
  ['Redact', 'rectangle'],
  ['Circle', 'ellipse'],
  ['Stamp', 'stamp'],
]);

/** The shape and the words of a mark; who and when is read elsewhere. */
export type ForeignShape = Pick<
  ExportedMark,
  'kind' | 'quads' | 'at' | 'strokes' | 'box' | 'colour' | 'picture' | 'text'
>;

/** The numbers of an array, as far as they are numbers; at most `limit`. */
export function numbersOf(view: PdfView, value: PdfValue | undefined, limit: number): number[] {
  const array = view.resolve(value);
  if (!isArray(array)) return [];
  const numbers: number[] = [];
  for (const item of array.items.slice(0, limit)) {
    const number = view.resolve(item);
    if (typeof number !== 'number' || Math.abs(number) > 1e6) return [];
    numbers.push(number);
  }
  return numbers;
}

/** Words without what a row cannot hold; a line end of any system is one. */
export function wordsOf(view: PdfView, value: PdfValue | undefined, limit: number): string {
  const text = view.resolve(value);
  if (!isString(text)) return '';
  return textOf(text.bytes.subarray(0, limit * 2 + 3))
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .slice(0, limit);
}

/** Rich words (12.7.4.4) without their mark-up. */
function plainOfRich(text: string): string {
  const lines = text.replace(/<br\s*\/?>|<\/p>/gi, '\n').replace(/<[^>]*>/g, '');
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return lines.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => named[name] ?? '').trim();
}

function contentsOf(view: PdfView, dict: PdfDict, subtype: string): string {
  const contents = wordsOf(view, entryOf(dict, 'Contents'), foreignLimits.text);
  if (contents !== '') return contents;
  const rich = plainOfRich(wordsOf(view, entryOf(dict, 'RC'), foreignLimits.text));
  if (rich !== '') return rich;
  if (subtype === 'Redact') return wordsOf(view, entryOf(dict, 'OverlayText'), foreignLimits.text);
  if (subtype === 'FileAttachment') {
    const file = view.get(dict, 'FS');
    if (isDict(file))
      return wordsOf(view, entryOf(file, 'UF'), 600) || wordsOf(view, entryOf(file, 'F'), 600);
  }
  if (subtype === 'Stamp') {
    const name = view.get(dict, 'Name');
    return isName(name) ? name.name.slice(0, 600) : '';
  }
  return '';
}

/** The ink nearest to the annotation's colour; yellow for a highlight without one, else black. */
function colourOf(view: PdfView, dict: PdfDict, kind: MarkKind): MarkColour {
  const given = numbersOf(view, entryOf(dict, 'C'), 4);
  const [a = 0, b = 0, c = 0, d = 0] = given;
  const rgb =
    given.length === 1
      ? [a, a, a]
      : given.length === 4
        ? [(1 - a) * (1 - d), (1 - b) * (1 - d), (1 - c) * (1 - d)]
        : given.length === 3
          ? [a, b, c]
          : undefined;
  if (rgb === undefined) return kind === 'highlight' || kind === 'note' ? 'yellow' : 'black';
  const distance = (ink: readonly number[]): number =>
    ink.reduce((sum, part, index) => sum + (part - (rgb[index] ?? 0)) ** 2, 0);
  const inks = Object.entries(inkOf) as [MarkColour, readonly number[]][];
  return inks.reduce((best, one) => (distance(one[1]) < distance(best[1]) ? one : best))[0];
}

function pointsOf(geometry: PageGeometry, numbers: readonly number[]): LookPoint[] {
  const points: LookPoint[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2)
    points.push(pointToShown(geometry, { x: numbers[at] ?? 0, y: numbers[at + 1] ?? 0 }));
  return points;
}

/** Four corners in any of the orders that programs use, as ours. */
function quadOf(points: readonly LookPoint[]): number[] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, lower, upper] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const near = (one: number, ...others: number[]): boolean =>
    others.some((other) => Math.abs(one - other) < 0.5);
  const upright = points.every(({ x, y }) => near(x, left, right) && near(y, lower, upper));
  if (upright) return [left, upper, right, upper, left, lower, right, lower];
  // Slanted lines stand in the order every program writes, whatever the standard says.
  return points.flatMap(({ x, y }) => [x, y]);
}

function quadsOf(view: PdfView, dict: PdfDict, rect: Rect, geometry: PageGeometry): number[][] {
  const points = pointsOf(geometry, numbersOf(view, entryOf(dict, 'QuadPoints'), foreignLimits.quads * 8));
  const quads: number[][] = [];
  for (let at = 0; at + 3 < points.length; at += 4) quads.push(quadOf(points.slice(at, at + 4)));
  if (quads.length > 0) return quads;
  const { x, y, width, height } = rect;
  return [[x, y + height, x + width, y + height, x, y, x + width, y]];
}

/** A mouse presses by half. */
const pressure = 0.5;

function strokesOf(view: PdfView, dict: PdfDict, subtype: string, geometry: PageGeometry): number[][] {
  const stroke = (numbers: readonly number[], closed: boolean): number[] => {
    const points = pointsOf(geometry, numbers);
    const [first] = points;
    const all = closed && first !== undefined ? [...points, first] : points;
    return all.flatMap(({ x, y }) => [x, y, pressure]);
  };
  const limit = foreignLimits.points * 2 - 2;
  if (subtype !== 'Ink') {
    const vertices = numbersOf(view, entryOf(dict, 'Vertices'), limit);
    return [stroke(vertices, subtype === 'Polygon')].filter((one) => one.length > 0);
  }
  const lists = view.get(dict, 'InkList');
  if (!isArray(lists)) return [];
  return lists.items
    .slice(0, foreignLimits.strokes)
    .map((item) => stroke(numbersOf(view, item, limit), false))
    .filter((one) => one.length > 0);
}

/** Which ends of a line have a head: an arrow points to the end that has one. */
function lineOf(
  view: PdfView,
  dict: PdfDict,
  geometry: PageGeometry,
): { kind: 'arrow' | 'line'; strokes: number[][] } {
  const [from, to] = pointsOf(geometry, numbersOf(view, entryOf(dict, 'L'), 4));
  if (from === undefined || to === undefined) return { kind: 'line', strokes: [] };
  const ends = view.get(dict, 'LE');
  const [start, end] = isArray(ends) ? ends.items.map((item) => view.resolve(item)) : [];
  const headed = (value: PdfValue | undefined): boolean => isName(value) && value.name !== 'None';
  const [first, last] = headed(start) && !headed(end) ? [to, from] : [from, to];
  return {
    kind: headed(start) || headed(end) ? 'arrow' : 'line',
    strokes: [[first.x, first.y, last.x, last.y]],
  };
}

/** The rectangle without its differences (/RD), on the page as shown: left, lower, right, upper. */
function innerBox(view: PdfView, dict: PdfDict, onPage: Rect, geometry: PageGeometry): number[] {
  const [left = 0, lower = 0, right = 0, upper = 0] = numbersOf(view, entryOf(dict, 'RD'), 4);
  const width = onPage.width - left - right;
  const height = onPage.height - lower - upper;
  const sound = [left, lower, right, upper].every((one) => one >= 0) && width > 0 && height > 0;
  const inner = sound ? { x: onPage.x + left, y: onPage.y + lower, width, height } : onPage;
  const shown = geometry.toShown(inner);
  return [shown.x, shown.y, shown.x + shown.width, shown.y + shown.height];
}

/** The shape of an annotation of a standard kind; undefined for a kind that is none of ours, or one without a place. */
export function foreignShape(
  view: PdfView,
  dict: PdfDict,
  subtype: string,
  geometry: PageGeometry,
): ForeignShape | undefined {
  const found = kindsOf.get(subtype);
  const onPage = rectOf(view, entryOf(dict, 'Rect'));
  if (found === undefined || onPage === undefined) return undefined;
  const rect = geometry.toShown(onPage);
  const base = {
    kind: found,
    quads: [],
    strokes: [],
    box: null,
    picture: null,
    at: { x: rect.x, y: rect.y },
    colour: colourOf(view, dict, found),
    text: contentsOf(view, dict, subtype),
  };
  switch (found) {
    case 'highlight':
    case 'underline':
    case 'strike':
      return { ...base, quads: quadsOf(view, dict, rect, geometry) };
    case 'ink': {
      const strokes = strokesOf(view, dict, subtype, geometry);
      return strokes.length === 0 ? undefined : { ...base, strokes };
    }
    case 'arrow':
    case 'line': {
      const { kind, strokes } = lineOf(view, dict, geometry);
      return strokes.length === 0 ? undefined : { ...base, kind, strokes };
    }
    case 'note':
      return base;
    default:
      return { ...base, box: innerBox(view, dict, onPage, geometry) };
  }
}
