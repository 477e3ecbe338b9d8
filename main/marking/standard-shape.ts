// A mark's shape in the keys of the standard (ISO 32000-2, 12.5.6), in the page's own coordinates, and back. Pure.
import type { ExportedMark, MarkKind } from '../../preload/contract/annotation';
import type { LookPoint } from '../../preload/contract/mark-look';
import type { PageGeometry } from '../signing';
import { lineEnds, quadCorners, strokePoints } from './drawing';

/** The standard's name of each kind. */
export const subtypeOf: Readonly<Record<MarkKind, string>> = {
  highlight: 'Highlight',
  underline: 'Underline',
  strike: 'StrikeOut',
  note: 'Text',
  text: 'FreeText',
  ink: 'Ink',
  arrow: 'Line',
  line: 'Line',
  rectangle: 'Square',
  ellipse: 'Circle',
  stamp: 'Stamp',
};

/** What stands at both ends of a line, by the standard's names. */
export const lineHeads: Readonly<Record<'arrow' | 'line', readonly [string, string]>> = {
  arrow: ['None', 'OpenArrow'],
  line: ['None', 'None'],
};

/** The keys that hold a shape besides /Rect; undefined for kinds that have none. */
export interface StandardShape {
  readonly QuadPoints?: readonly number[];
  readonly InkList?: readonly (readonly number[])[];
  readonly L?: readonly number[];
}

/** A point of the page as shown in the page's own coordinates. */
export function pointToPage(geometry: PageGeometry, { x, y }: LookPoint): LookPoint {
  const moved = geometry.toPage({ x, y, width: 0, height: 0 });
  return { x: moved.x, y: moved.y };
}

/** A point in the page's own coordinates on the page as shown. */
export function pointToShown(geometry: PageGeometry, { x, y }: LookPoint): LookPoint {
  const moved = geometry.toShown({ x, y, width: 0, height: 0 });
  return { x: moved.x, y: moved.y };
}

function flat(geometry: PageGeometry, points: readonly LookPoint[]): number[] {
  return points.flatMap((point) => {
    const { x, y } = pointToPage(geometry, point);
    return [x, y];
  });
}

/** What the standard's keys say of a mark's shape. */
export function standardShape(mark: ExportedMark, geometry: PageGeometry): StandardShape {
  switch (mark.kind) {
    case 'highlight':
    case 'underline':
    case 'strike':
      return { QuadPoints: flat(geometry, mark.quads.flatMap(quadCorners)) };
    case 'ink':
      return { InkList: mark.strokes.map((stroke) => flat(geometry, strokePoints(stroke))) };
    case 'arrow':
    case 'line':
      return { L: flat(geometry, lineEnds(mark) ?? []) };
    default:
      return {};
  }
}

/** Numbers that were written and read again differ by rounding alone. */
const rounding = 0.02;

/** True when two lists are the same but for rounding. */
export function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  return (
    one.length === other.length &&
    one.every((value, index) => Math.abs(value - (other[index] ?? Number.NaN)) <= rounding)
  );
}
