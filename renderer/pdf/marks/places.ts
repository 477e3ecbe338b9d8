// Where a mark lies, and the same mark moved, resized, or hit by a point; points of the page as shown, origin lower left. Pure.
import { markLook, penWidth } from '../../../preload/contract/mark-look';
import type { PageSize } from '../layout';
import type { MarkContent } from './content';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly left: number;
  readonly lower: number;
  readonly right: number;
  readonly upper: number;
}

/** Corners and sides of a box by the compass, and the two ends of a line. */
export type Handle = 'n' | 'e' | 's' | 'w' | 'ne' | 'se' | 'sw' | 'nw' | 'start' | 'end';

/** No mark is made smaller, in points. */
const least = 8;

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The points of a stroke of ink (x, y, pressure) or of a line (x, y). */
export function pointsOf(content: MarkContent): readonly Point[] {
  const step = content.kind === 'ink' ? 3 : 2;
  return content.strokes.flatMap((stroke) => {
    const points: Point[] = [];
    for (let at = 0; at + 1 < stroke.length; at += step) {
      points.push({ x: stroke[at] ?? 0, y: stroke[at + 1] ?? 0 });
    }
    return points;
  });
}

function around(points: readonly Point[], margin: number): Bounds {
  let [left, lower] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, upper] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    lower = Math.min(lower, y);
    right = Math.max(right, x);
    upper = Math.max(upper, y);
  }
  return { left: left - margin, lower: lower - margin, right: right + margin, upper: upper + margin };
}

export function quadPoints(quad: readonly number[]): readonly Point[] {
  return [0, 2, 4, 6].map((at) => ({ x: quad[at] ?? 0, y: quad[at + 1] ?? 0 }));
}

/** What a mark covers. */
export function boundsOf(content: MarkContent): Bounds {
  const { kind, at, box } = content;
  if (kind === 'note')
    return { left: at.x, lower: at.y, right: at.x + markLook.note, upper: at.y + markLook.note };
  if (box !== null) {
    const [left = 0, lower = 0, right = 0, upper = 0] = box;
    return { left, lower, right, upper };
  }
  const points = content.quads.length > 0 ? content.quads.flatMap(quadPoints) : pointsOf(content);
  if (points.length === 0) return { left: at.x, lower: at.y, right: at.x, upper: at.y };
  return around(points, content.quads.length > 0 ? 0 : markLook.ink);
}

function shifted(values: readonly number[], step: number, dx: number, dy: number): number[] {
  return values.map((value, index) => {
    const place = index % step;
    return place === 0 ? rounded(value + dx) : place === 1 ? rounded(value + dy) : value;
  });
}

function movedFreely(content: MarkContent, dx: number, dy: number): MarkContent {
  const step = content.kind === 'ink' ? 3 : 2;
  return {
    ...content,
    at: { x: rounded(content.at.x + dx), y: rounded(content.at.y + dy) },
    quads: content.quads.map((quad) => shifted(quad, 2, dx, dy)),
    strokes: content.strokes.map((stroke) => shifted(stroke, step, dx, dy)),
    box: content.box === null ? null : shifted(content.box, 2, dx, dy),
  };
}

/** Moved as far as the page allows. Words that are marked stay where the words are. */
export function moved(content: MarkContent, dx: number, dy: number, page: PageSize): MarkContent {
  if (isTextMark(content)) return content;
  const { left, lower, right, upper } = boundsOf(content);
  const x = Math.max(-left, Math.min(page.width - right, dx));
  const y = Math.max(-lower, Math.min(page.height - upper, dy));
  return movedFreely(
    content,
    right - left > page.width ? -left : x,
    upper - lower > page.height ? -lower : y,
  );
}

export function isTextMark({ kind }: Pick<MarkContent, 'kind'>): boolean {
  return kind === 'highlight' || kind === 'underline' || kind === 'strike';
}

/** The same mark on another page, or a little beside itself on its own. */
export function copied(content: MarkContent, page: number, size: PageSize): MarkContent {
  const away = content.page === page ? 14 : 0;
  const copy = { ...content, page, replyTo: null };
  return isTextMark(content) ? movedFreely(copy, away, -away) : moved(copy, away, -away, size);
}

/** What can be taken hold of. */
export function handlesOf(content: MarkContent): readonly Handle[] {
  switch (content.kind) {
    case 'arrow':
    case 'line':
      return ['start', 'end'];
    case 'text':
      return ['e', 'w'];
    case 'ink':
      return ['ne', 'se', 'sw', 'nw'];
    case 'stamp':
      return content.picture === null
        ? ['n', 'e', 's', 'w', 'ne', 'se', 'sw', 'nw']
        : ['ne', 'se', 'sw', 'nw'];
    case 'rectangle':
    case 'ellipse':
      return ['n', 'e', 's', 'w', 'ne', 'se', 'sw', 'nw'];
    default:
      return [];
  }
}

function resizedBounds(bounds: Bounds, handle: Handle, dx: number, dy: number, page: PageSize): Bounds {
  const { left, lower, right, upper } = bounds;
  const between = (value: number, from: number, to: number): number => Math.max(from, Math.min(to, value));
  return {
    left: handle.includes('w') ? between(left + dx, 0, right - least) : left,
    right: handle.includes('e') ? between(right + dx, left + least, page.width) : right,
    lower: handle.includes('s') ? between(lower + dy, 0, upper - least) : lower,
    upper: handle.includes('n') ? between(upper + dy, lower + least, page.height) : upper,
  };
}

/** Width and height kept to each other, from the corner that stays. */
function inProportion(bounds: Bounds, to: Bounds, handle: Handle): Bounds {
  const share = (bounds.upper - bounds.lower) / (bounds.right - bounds.left);
  const width = Math.min(to.right - to.left, (to.upper - to.lower) / share);
  const height = width * share;
  return {
    left: handle.includes('w') ? to.right - width : to.left,
    right: handle.includes('w') ? to.right : to.left + width,
    lower: handle.includes('s') ? to.upper - height : to.lower,
    upper: handle.includes('s') ? to.upper : to.lower + height,
  };
}

/** With one handle moved by so much. */
export function resized(
  content: MarkContent,
  handle: Handle,
  dx: number,
  dy: number,
  page: PageSize,
): MarkContent {
  if (handle === 'start' || handle === 'end') {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = content.strokes[0] ?? [];
    const inside = (value: number, most: number): number => rounded(Math.max(0, Math.min(most, value)));
    const ends =
      handle === 'start'
        ? [inside(x1 + dx, page.width), inside(y1 + dy, page.height), x2, y2]
        : [x1, y1, inside(x2 + dx, page.width), inside(y2 + dy, page.height)];
    return { ...content, strokes: [ends], at: { x: ends[0] ?? 0, y: ends[1] ?? 0 } };
  }
  const bounds = boundsOf(content);
  const free = resizedBounds(bounds, handle, dx, dy, page);
  const to = content.picture === null ? free : inProportion(bounds, free, handle);
  if (content.kind === 'ink') return scaled(content, bounds, to);
  const box = [to.left, to.lower, to.right, to.upper].map(rounded);
  return { ...content, box, at: { x: box[0] ?? 0, y: box[1] ?? 0 } };
}

function scaled(content: MarkContent, from: Bounds, to: Bounds): MarkContent {
  const wide = (to.right - to.left) / Math.max(0.01, from.right - from.left);
  const high = (to.upper - to.lower) / Math.max(0.01, from.upper - from.lower);
  const strokes = content.strokes.map((stroke) =>
    stroke.map((value, index) => {
      const place = index % 3;
      if (place === 0) return rounded(to.left + (value - from.left) * wide);
      return place === 1 ? rounded(to.lower + (value - from.lower) * high) : value;
    }),
  );
  const [x = to.left, y = to.lower] = strokes[0] ?? [];
  return { ...content, strokes, at: { x, y } };
}

function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const near = Math.max(0, Math.min(1, share));
  return Math.hypot(point.x - from.x - near * dx, point.y - from.y - near * dy);
}

function inside({ x, y }: Point, bounds: Bounds, reach: number): boolean {
  return (
    x >= bounds.left - reach &&
    x <= bounds.right + reach &&
    y >= bounds.lower - reach &&
    y <= bounds.upper + reach
  );
}

function onStrokes(point: Point, content: MarkContent, reach: number): boolean {
  const step = content.kind === 'ink' ? 3 : 2;
  return content.strokes.some((stroke) => {
    for (let at = 0; at + 1 < stroke.length; at += step) {
      const from = { x: stroke[at] ?? 0, y: stroke[at + 1] ?? 0 };
      const last = at + step + 1 >= stroke.length;
      const to = last ? from : { x: stroke[at + step] ?? 0, y: stroke[at + step + 1] ?? 0 };
      const wide = content.kind === 'ink' ? penWidth(stroke[at + 2] ?? 0.5) : markLook.shape;
      if (distance(point, from, to) <= wide / 2 + reach) return true;
    }
    return false;
  });
}

/** Whether a point lies on what a mark draws, or within `reach` of it. */
export function isHit(content: MarkContent, point: Point, reach: number): boolean {
  const bounds = boundsOf(content);
  if (!inside(point, bounds, reach + markLook.arrowHead)) return false;
  switch (content.kind) {
    case 'highlight':
    case 'underline':
    case 'strike':
      return content.quads.some((quad) => inside(point, around(quadPoints(quad), 0), 1));
    case 'ink':
    case 'arrow':
    case 'line':
      return onStrokes(point, content, reach);
    case 'rectangle': {
      const inner = {
        left: bounds.left + reach,
        right: bounds.right - reach,
        lower: bounds.lower + reach,
        upper: bounds.upper - reach,
      };
      return inside(point, bounds, reach) && !inside(point, inner, 0);
    }
    case 'ellipse': {
      const [rx, ry] = [(bounds.right - bounds.left) / 2, (bounds.upper - bounds.lower) / 2];
      const across = Math.hypot((point.x - bounds.left - rx) / rx, (point.y - bounds.lower - ry) / ry);
      return Math.abs(across - 1) * Math.min(rx, ry) <= reach + markLook.shape;
    }
    default:
      return inside(point, bounds, 1);
  }
}
