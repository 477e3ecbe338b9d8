// Where a picture stands on an A4 page: at its real size where it knows it, never below 200 dots an inch. Pure.
import type { Code } from '../../preload/contract/codes';
import type { Orientation, Picture } from './picture';

/** NĐ 30/2020, Phụ lục I and V: A4; scans at 200 dpi at least. */
export const leastDpi = 200;
const point = 72;
const shortSide = (210 / 25.4) * point;
const longSide = (297 / 25.4) * point;
/** A scanner's page may be a little larger than the paper. */
const tolerance = (3 / 25.4) * point;

export interface Placed {
  /** Points. */
  readonly page: readonly [number, number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Dots an inch on the page, the smaller of both directions. */
  readonly dpi: number;
  readonly warnings: readonly Code[];
}

const turned = (orientation: Orientation): boolean => orientation >= 5;

/** Places a picture in the middle of a page of its own. */
export function placePicture(
  picture: Pick<Picture, 'width' | 'height' | 'orientation' | 'dpi' | 'colour'>,
): Placed {
  const swap = turned(picture.orientation);
  const [across, down] = swap ? [picture.height, picture.width] : [picture.width, picture.height];
  const known = picture.dpi ?? [0, 0];
  const [dpiAcross, dpiDown] = swap ? [known[1], known[0]] : known;
  // Pixels need not be square: a fax has 204 by 98 dots.
  const ratio = dpiAcross > 0 && dpiDown > 0 ? dpiAcross / dpiDown : 1;
  const shape = [across, down * ratio] as const;
  const landscape = shape[0] > shape[1];
  const page = landscape ? ([longSide, shortSide] as const) : ([shortSide, longSide] as const);
  /** Points a pixel of the first direction. */
  const fit = Math.min(page[0] / shape[0], page[1] / shape[1]);
  const sharp = (point / leastDpi) * Math.min(1, 1 / ratio);
  const real = dpiAcross > 0 && Math.min(dpiAcross, dpiDown) >= leastDpi ? point / dpiAcross : undefined;
  const most = Math.min(fit, sharp);
  const scale = real === undefined ? most : Math.min(real, most);
  const width = shape[0] * scale;
  const height = shape[1] * scale;
  const warnings: Code[] = [];
  if (real === undefined && sharp < fit) warnings.push('convert-image-small');
  const tooLarge =
    real !== undefined && (shape[0] * real > page[0] + tolerance || shape[1] * real > page[1] + tolerance);
  if (tooLarge) warnings.push('convert-image-scaled');
  if (!picture.colour) warnings.push('convert-image-grey');
  return {
    page,
    x: (page[0] - width) / 2,
    y: (page[1] - height) / 2,
    width,
    height,
    dpi: Math.round(Math.min(across / (width / point), down / (height / point))),
    warnings,
  };
}

/** The matrix that puts the unit square of a PDF image upright into the place (TIFF 6.0, tag 274). */
export function matrixOf(orientation: Orientation, { x, y, width, height }: Placed): readonly number[] {
  switch (orientation) {
    case 1:
      return [width, 0, 0, height, x, y];
    case 2:
      return [-width, 0, 0, height, x + width, y];
    case 3:
      return [-width, 0, 0, -height, x + width, y + height];
    case 4:
      return [width, 0, 0, -height, x, y + height];
    case 5:
      return [0, -height, -width, 0, x + width, y + height];
    case 6:
      return [0, -height, width, 0, x, y + height];
    case 7:
      return [0, height, width, 0, x, y];
    case 8:
      return [0, height, -width, 0, x + width, y];
  }
}
