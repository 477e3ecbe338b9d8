// Rectangles on a page as it is shown (crop box and rotation applied) and in the page's own coordinates. It reads no text.
import { Failure } from '../../preload/contract/failure';
import { isArray, type PdfPage, type PdfValue, type PdfView } from '../pdf';

/** Points (1/72 inch), origin in the lower left corner, x to the right, y up. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const POINTS_PER_MM = 72 / 25.4;

export interface PageGeometry {
  /** Size of the page as shown, points. */
  readonly width: number;
  readonly height: number;
  /** 0, 90, 180 or 270: clockwise turn when shown. */
  readonly rotation: number;
  readonly toPage: (shown: Rect) => Rect;
  readonly toShown: (onPage: Rect) => Rect;
}

/** US letter, what viewers take for a page without any box (7.7.3.3 requires one). */
const fallbackBox: Rect = { x: 0, y: 0, width: 612, height: 792 };

/** A rectangle of four numbers in any corner order, or undefined. */
export function rectOf(view: PdfView, value: PdfValue | undefined): Rect | undefined {
  const array = view.resolve(value);
  if (!isArray(array) || array.items.length < 4) return undefined;
  const [a, b, c, d] = array.items.map((item) => view.resolve(item));
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') {
    return undefined;
  }
  return { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) };
}

function intersection(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** The geometry of a page (14.11.2: what is shown is the crop box inside the media box). */
export function geometryOf(view: PdfView, page: PdfPage): PageGeometry {
  const media = rectOf(view, page.inherited.MediaBox);
  const sound = media !== undefined && media.width > 0 && media.height > 0 ? media : fallbackBox;
  const crop = rectOf(view, page.inherited.CropBox);
  const box = (crop === undefined ? undefined : intersection(crop, sound)) ?? sound;
  const written = page.inherited.Rotate;
  // 14.11.3: a page may be measured in larger units; what is shown, and our points, are of 1/72 inch.
  const unit = view.get(page.dict, 'UserUnit');
  const scale = typeof unit === 'number' && unit > 0 && unit <= 1000 ? unit : 1;
  const turn = typeof written === 'number' && written % 90 === 0 ? ((written % 360) + 360) % 360 : 0;
  const sideways = turn === 90 || turn === 270;
  return {
    width: (sideways ? box.height : box.width) * scale,
    height: (sideways ? box.width : box.height) * scale,
    rotation: turn,
    toPage: (shown) => turned(scaled(shown, 1 / scale), turn, box, false),
    toShown: (onPage) => scaled(turned(onPage, turn, box, true), scale),
  };
}

function scaled(rect: Rect, by: number): Rect {
  if (by === 1) return rect;
  return { x: rect.x * by, y: rect.y * by, width: rect.width * by, height: rect.height * by };
}

function turned(rect: Rect, turn: number, box: Rect, toShown: boolean): Rect {
  if (toShown) {
    const u = rect.x - box.x;
    const v = rect.y - box.y;
    switch (turn) {
      case 90:
        return { x: v, y: box.width - u - rect.width, width: rect.height, height: rect.width };
      case 180:
        return {
          x: box.width - u - rect.width,
          y: box.height - v - rect.height,
          width: rect.width,
          height: rect.height,
        };
      case 270:
        return { x: box.height - v - rect.height, y: u, width: rect.height, height: rect.width };
      default:
        return { x: u, y: v, width: rect.width, height: rect.height };
    }
  }
  const { x: sx, y: sy, width, height } = rect;
  switch (turn) {
    case 90:
      return { x: box.x + box.width - sy - height, y: box.y + sx, width: height, height: width };
    case 180:
      return { x: box.x + box.width - sx - width, y: box.y + box.height - sy - height, width, height };
    case 270:
      return { x: box.x + sy, y: box.y + box.height - sx - width, width: height, height: width };
    default:
      return { x: box.x + sx, y: box.y + sy, width, height };
  }
}

/** True when a rectangle lies on the page as shown, within half a point. */
export function isOnPage(rect: Rect, geometry: PageGeometry): boolean {
  return (
    rect.x >= -0.5 &&
    rect.y >= -0.5 &&
    rect.x + rect.width <= geometry.width + 0.5 &&
    rect.y + rect.height <= geometry.height + 0.5
  );
}

/** Refuses what is no rectangle at all. Throws Failure `signing-place-outside`. */
export function checkRect(rect: Rect): void {
  const numbers = [rect.x, rect.y, rect.width, rect.height];
  const sound = numbers.every((one) => Math.abs(one) < 1e6) && rect.width > 0 && rect.height > 0;
  if (!sound) throw new Failure('signing-place-outside', numbers.join(','));
}

/** A rectangle moved, and only if the page is smaller made smaller in proportion, so that it lies on the page. */
export function fittedInside(rect: Rect, geometry: PageGeometry): Rect {
  const scale = Math.min(1, geometry.width / rect.width, geometry.height / rect.height);
  const width = rect.width * scale;
  const height = rect.height * scale;
  return {
    x: Math.max(0, Math.min(rect.x, geometry.width - width)),
    y: Math.max(0, Math.min(rect.y, geometry.height - height)),
    width,
    height,
  };
}
