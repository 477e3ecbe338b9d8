// Between pixels on screen and points of the page as shown (origin at its lower left). Pure.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A quadrilateral of eight numbers: upper left, upper right, lower left, lower right, in points. */
export type Quad = readonly number[];

/** Boxes that stand on the same line and touch become one, so that a highlight has no seams. */
export function mergeLines(boxes: readonly Box[]): Box[] {
  const merged: Box[] = [];
  const sorted = [...boxes]
    .filter((box) => box.width > 0.5 && box.height > 0.5)
    .sort((a, b) => a.top - b.top || a.left - b.left);
  for (const box of sorted) {
    const index = merged.findIndex((other) => sameLine(other, box) && touches(other, box));
    const other = merged[index];
    if (other === undefined) merged.push(box);
    else merged[index] = union(other, box);
  }
  return merged;
}

function sameLine(a: Box, b: Box): boolean {
  const overlap = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return overlap > 0.5 * Math.min(a.height, b.height);
}

function touches(a: Box, b: Box): boolean {
  const gap = Math.max(a.left, b.left) - Math.min(a.left + a.width, b.left + b.width);
  return gap < 0.6 * Math.max(a.height, b.height);
}

function union(a: Box, b: Box): Box {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  return {
    left,
    top,
    width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A box in pixels from the page's upper left becomes a quad in points; `scale` is pixels a point. */
export function quadOf(box: Box, pageHeight: number, scale: number): Quad {
  const left = rounded(box.left / scale);
  const right = rounded((box.left + box.width) / scale);
  const upper = rounded(pageHeight - box.top / scale);
  const lower = rounded(pageHeight - (box.top + box.height) / scale);
  return [left, upper, right, upper, left, lower, right, lower];
}

/** The box in pixels that holds a quad. */
export function boxOf(quad: Quad, pageHeight: number, scale: number): Box {
  const xs = quad.filter((_, index) => index % 2 === 0);
  const ys = quad.filter((_, index) => index % 2 === 1);
  const left = Math.min(...xs);
  const upper = Math.max(...ys);
  return {
    left: left * scale,
    top: (pageHeight - upper) * scale,
    width: (Math.max(...xs) - left) * scale,
    height: (upper - Math.min(...ys)) * scale,
  };
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Keeps a rectangle in points inside a page, its size unchanged where it fits. */
export function keepInside<R extends Rectangle>(
  rectangle: R,
  page: { readonly width: number; readonly height: number },
): R {
  const width = Math.min(rectangle.width, page.width);
  const height = Math.min(rectangle.height, page.height);
  return {
    ...rectangle,
    width,
    height,
    x: rounded(Math.min(Math.max(0, rectangle.x), page.width - width)),
    y: rounded(Math.min(Math.max(0, rectangle.y), page.height - height)),
  };
}
