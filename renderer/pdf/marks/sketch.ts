// A mark that is being drawn, by pen, mouse or keys: points in, the mark they make out. Pure; it stores nothing.
//
//   (nothing) ──begin──▶ sketch ──extend──▶ sketch ──finished──▶ content, or null where nothing was drawn
import type { Annotation, MarkColour, MarkKind, MarkLayer } from '../../../preload/contract/annotation';
import { markLines, markLook } from '../../../preload/contract/mark-look';
import type { PageSize } from '../layout';
import { emptyContent, type MarkContent } from './content';
import { moved, type Point, rounded } from './places';

/** What is drawn on the page; words that are there already are marked by selecting them. */
export type DrawnKind = Exclude<MarkKind, 'highlight' | 'underline' | 'strike'>;

export interface PenPoint extends Point {
  /** 0 to 1. */
  readonly pressure: number;
}

/** What a stamp says or shows. */
export interface StampFace {
  readonly words: string;
  readonly picture: Annotation['picture'];
  /** Width and height on the page, in points. */
  readonly size: PageSize;
}

export interface Sketch {
  readonly kind: DrawnKind;
  readonly page: number;
  readonly colour: MarkColour;
  readonly layer: MarkLayer;
  readonly face: StampFace;
  readonly points: readonly PenPoint[];
}

/** Points nearer than this to the one before tell nothing new. */
const nearest = 0.35;
/** A press that moved less is no drag: the mark gets its usual size. */
const least = 5;
const usual = { width: 130, height: 64, line: 100, text: 200 } as const;

export function extended(sketch: Sketch, point: PenPoint): Sketch {
  const last = sketch.points.at(-1);
  if (last !== undefined && Math.hypot(point.x - last.x, point.y - last.y) < nearest) return sketch;
  return { ...sketch, points: [...sketch.points, point] };
}

/** Ink and its pressures as the contract keeps them. */
export function strokeOf(points: readonly PenPoint[]): number[] {
  return points.flatMap(({ x, y, pressure }) => [rounded(x), rounded(y), rounded(pressure)]);
}

function boxBetween(from: Point, to: Point, width: number, height: number): number[] {
  const dragged = Math.hypot(to.x - from.x, to.y - from.y) >= least;
  const end = dragged ? to : { x: from.x + width, y: from.y - height };
  return [
    Math.min(from.x, end.x),
    Math.min(from.y, end.y),
    Math.max(from.x, end.x),
    Math.max(from.y, end.y),
  ].map(rounded);
}

/** The mark that a sketch has become, kept on its page; null: no point yet. */
export function finished(sketch: Sketch, page: PageSize): MarkContent | null {
  const { kind, colour, layer, points, face } = sketch;
  const [from, to] = [points[0], points.at(-1)];
  if (from === undefined || to === undefined) return null;
  const at = { x: rounded(from.x), y: rounded(from.y) };
  const empty = emptyContent({ page: sketch.page, kind, colour, layer, at });
  switch (kind) {
    case 'ink':
      return { ...empty, strokes: [strokeOf(points)] };
    case 'arrow':
    case 'line': {
      const dragged = Math.hypot(to.x - from.x, to.y - from.y) >= least;
      const end = dragged ? to : { x: from.x + usual.line, y: from.y };
      return moved({ ...empty, strokes: [[at.x, at.y, rounded(end.x), rounded(end.y)]] }, 0, 0, page);
    }
    case 'rectangle':
    case 'ellipse':
      return moved({ ...empty, box: boxBetween(from, to, usual.width, usual.height) }, 0, 0, page);
    case 'text': {
      const wide = Math.abs(to.x - from.x) >= 3 * markLook.text ? Math.abs(to.x - from.x) : usual.text;
      const left = Math.min(from.x, wide === usual.text ? from.x : to.x);
      const upper = Math.max(from.y, to.y);
      const { height } = markLines('text', 1, 0);
      return moved({ ...empty, box: [left, upper - height, left + wide, upper].map(rounded) }, 0, 0, page);
    }
    case 'stamp': {
      const { width, height } = face.size;
      const box = [to.x - width / 2, to.y - height / 2, to.x + width / 2, to.y + height / 2].map(rounded);
      return moved({ ...empty, text: face.words, picture: face.picture, box }, 0, 0, page);
    }
    case 'note':
      return moved(empty, 0, 0, page);
  }
}

/** A stroke that begins so soon after the last one, in milliseconds, belongs to the same writing. */
export const sameWriting = 900;

/** Two strokes of one hand as one mark. */
export function withStroke(content: MarkContent, stroke: MarkContent): MarkContent {
  return { ...content, strokes: [...content.strokes, ...stroke.strokes] };
}
