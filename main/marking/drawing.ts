// What each mark looks like, as content of a PDF appearance: the same look as in the window. Pure; it writes no object.
import { type ExportedMark, inkOf } from '../../preload/contract/annotation';
import { assertNever } from '../../preload/contract/failure';
import {
  arrowWings,
  type LookPoint,
  markLines,
  markLook,
  penWidth,
  wrapMarkText,
} from '../../preload/contract/mark-look';
import { numberSyntax } from '../pdf';
import type { FontUse, Rect } from '../signing';

/** A mark drawn: where it lies on the page as shown, and the operators inside it, from its own lower left corner. */
export interface Drawing {
  readonly box: Rect;
  readonly content: string;
  /** Laid over the page by multiplication, as a pen does: words under it stay black. */
  readonly multiply: boolean;
  /** It names the font /F1. */
  readonly words: boolean;
  /** It names the image /Im1. */
  readonly picture: boolean;
}

const plain = { multiply: false, words: false, picture: false };

/** A page is never larger than this many points; what lies beyond is not drawn there. */
const farthest = 20_000;

/** A coordinate as PDF syntax, whatever a row may hold. */
function n(value: number): string {
  return numberSyntax(Math.max(-farthest, Math.min(farthest, value)));
}

function paint(mark: ExportedMark, operator: 'RG' | 'rg'): string {
  return `${inkOf[mark.colour].map(n).join(' ')} ${operator}`;
}

function boxAround(points: readonly LookPoint[], margin: number): Rect | undefined {
  const [first] = points;
  if (first === undefined) return undefined;
  let { x: left, y: lower } = first;
  let [right, upper] = [left, lower];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    lower = Math.min(lower, y);
    right = Math.max(right, x);
    upper = Math.max(upper, y);
  }
  return {
    x: left - margin,
    y: lower - margin,
    width: right - left + 2 * margin,
    height: upper - lower + 2 * margin,
  };
}

/** The corners of a line that a text mark covers: upper left, upper right, lower left, lower right. */
export function quadCorners(quad: readonly number[]): readonly [LookPoint, LookPoint, LookPoint, LookPoint] {
  const at = (index: number): LookPoint => ({ x: quad[index] ?? 0, y: quad[index + 1] ?? 0 });
  return [at(0), at(2), at(4), at(6)];
}

/** The points of an ink stroke without its pressures. */
export function strokePoints(stroke: readonly number[]): LookPoint[] {
  const points: LookPoint[] = [];
  for (let at = 0; at + 2 < stroke.length; at += 3)
    points.push({ x: stroke[at] ?? 0, y: stroke[at + 1] ?? 0 });
  return points;
}

/** The two ends of an arrow or a line, or undefined for one without. */
export function lineEnds(mark: ExportedMark): readonly [LookPoint, LookPoint] | undefined {
  const [x1, y1, x2, y2] = mark.strokes[0] ?? [];
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined;
  return [
    { x: x1, y: y1 },
    { x: x2, y: y2 },
  ];
}

/** The box of a shape, a text or a stamp. */
export function markBox(mark: ExportedMark): Rect {
  const [left = mark.at.x, lower = mark.at.y, right = mark.at.x, upper = mark.at.y] = mark.box ?? [];
  return {
    x: Math.min(left, right),
    y: Math.min(lower, upper),
    width: Math.max(1, Math.abs(right - left)),
    height: Math.max(1, Math.abs(upper - lower)),
  };
}

/** The same corners against the clock: areas of one path that lie over each other then add up instead of leaving a hole. */
function sameWay(corners: readonly LookPoint[]): readonly LookPoint[] {
  const twice = corners.reduce((sum, { x, y }, index) => {
    const next = corners[(index + 1) % corners.length] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0);
  return twice < 0 ? [...corners].reverse() : corners;
}

function textMark(mark: ExportedMark, kind: 'highlight' | 'underline' | 'strike'): Drawing | undefined {
  const lines = mark.quads.map(quadCorners);
  const box = boxAround(lines.flat(), markLook.textLine);
  if (box === undefined) return undefined;
  const local = ({ x, y }: LookPoint): string => `${n(x - box.x)} ${n(y - box.y)}`;
  const content = lines.map(([upperLeft, upperRight, lowerLeft, lowerRight]) => {
    if (kind === 'highlight') {
      const [first, ...others] = sameWay([upperLeft, upperRight, lowerRight, lowerLeft]);
      return first === undefined
        ? ''
        : `${local(first)} m ${others.map((one) => `${local(one)} l`).join(' ')} h`;
    }
    const share = markLook.textLineAt[kind];
    const between = (low: LookPoint, high: LookPoint): LookPoint => ({
      x: low.x + (high.x - low.x) * share,
      y: low.y + (high.y - low.y) * share,
    });
    return `${local(between(lowerLeft, upperLeft))} m ${local(between(lowerRight, upperRight))} l S`;
  });
  const how = kind === 'highlight' ? paint(mark, 'rg') : `${paint(mark, 'RG')} ${n(markLook.textLine)} w`;
  // One area of all its lines: where two of them meet, what is laid over by multiplication would be darker if each were filled.
  const fill = kind === 'highlight' ? ['f'] : [];
  return { ...plain, box, content: [how, ...content, ...fill].join('\n'), multiply: kind === 'highlight' };
}

/** Every piece as wide as the pen was pressed there; round, so that pieces join without a seam. */
function inkMark(mark: ExportedMark): Drawing | undefined {
  const box = boxAround(mark.strokes.flatMap(strokePoints), penWidth(1) / 2);
  if (box === undefined) return undefined;
  const content = [`${paint(mark, 'RG')} 1 J 1 j`];
  for (const stroke of mark.strokes) {
    let width: number | undefined;
    for (let at = 0; at + 2 < stroke.length; at += 3) {
      const point = `${n((stroke[at] ?? 0) - box.x)} ${n((stroke[at + 1] ?? 0) - box.y)}`;
      const pressed = penWidth(stroke[at + 2] ?? 0.5);
      if (width === undefined) {
        // A dot is a stroke of no length.
        content.push(`${n(pressed)} w ${point} m${stroke.length < 6 ? ` ${point} l` : ''}`);
        width = pressed;
        continue;
      }
      content.push(`${point} l`);
      if (n(pressed) === n(width) || at + 5 >= stroke.length) continue;
      content.push(`S ${n(pressed)} w ${point} m`);
      width = pressed;
    }
    if (width !== undefined) content.push('S');
  }
  return { ...plain, box, content: content.join('\n') };
}

function lineMark(mark: ExportedMark): Drawing | undefined {
  const ends = lineEnds(mark);
  if (ends === undefined) return undefined;
  const [from, to] = ends;
  const wings = mark.kind === 'arrow' ? arrowWings(from, to) : [];
  const box = boxAround([from, to, ...wings], markLook.shape);
  if (box === undefined) return undefined;
  const local = ({ x, y }: LookPoint): string => `${n(x - box.x)} ${n(y - box.y)}`;
  const content = [
    `${paint(mark, 'RG')} ${n(markLook.shape)} w 1 J 1 j`,
    `${local(from)} m ${local(to)} l S`,
    ...wings.map((wing) => `${local(wing)} m ${local(to)} l S`),
  ];
  return { ...plain, box, content: content.join('\n') };
}

/** How far a quarter circle's control points stand off (a Bézier of four pieces is a circle within 0.03 %). */
const roundness = 0.5523;

function shapeMark(mark: ExportedMark, kind: 'rectangle' | 'ellipse'): Drawing {
  const inner = markBox(mark);
  const half = markLook.shape / 2;
  const box = {
    x: inner.x - half,
    y: inner.y - half,
    width: inner.width + 2 * half,
    height: inner.height + 2 * half,
  };
  const how = `${paint(mark, 'RG')} ${n(markLook.shape)} w`;
  if (kind === 'rectangle') {
    return {
      ...plain,
      box,
      content: `${how}\n${n(half)} ${n(half)} ${n(inner.width)} ${n(inner.height)} re S`,
    };
  }
  const [rx, ry] = [inner.width / 2, inner.height / 2];
  const at = (dx: number, dy: number): string => `${n(half + rx + dx * rx)} ${n(half + ry + dy * ry)}`;
  const k = roundness;
  const content = [
    `${at(1, 0)} m`,
    `${at(1, k)} ${at(k, 1)} ${at(0, 1)} c`,
    `${at(-k, 1)} ${at(-1, k)} ${at(-1, 0)} c`,
    `${at(-1, -k)} ${at(-k, -1)} ${at(0, -1)} c`,
    `${at(k, -1)} ${at(1, -k)} ${at(1, 0)} c h S`,
  ];
  return { ...plain, box, content: [how, ...content].join('\n') };
}

/** Words without characters that are none: no font has them. What shows nothing (a joiner, a choice of form) is not to show as a box. */
export function withoutControls(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

function wordsMark(mark: ExportedMark, kind: 'text' | 'stamp', use: FontUse): Drawing {
  const given = markBox(mark);
  const size = kind === 'stamp' ? markLook.stampText : markLook.text;
  const lines = wrapMarkText(withoutControls(mark.text), given.width - 2 * markLook.padding, (text) =>
    use.widthOf(text, size),
  );
  const { height, baselines } = markLines(kind, lines.length, given.height);
  // A text longer than its box reaches lower: no word is ever cut off.
  const box = { x: given.x, y: given.y + given.height - height, width: given.width, height };
  const content = [paint(mark, 'rg')];
  if (kind === 'stamp') {
    const half = markLook.shape / 2;
    const frame = [half, half, box.width - markLook.shape, box.height - markLook.shape].map(n).join(' ');
    content.push(`${paint(mark, 'RG')} ${n(markLook.shape)} w ${frame} re S`);
  }
  content.push('BT');
  lines.forEach((line, index) => {
    if (line === '') return;
    const x = kind === 'stamp' ? (box.width - use.widthOf(line, size)) / 2 : markLook.padding;
    const y = height - (baselines[index] ?? 0);
    content.push(`/F1 ${n(size)} Tf 1 0 0 1 ${n(x)} ${n(y)} Tm ${use.show(line)} Tj`);
  });
  content.push('ET');
  return { ...plain, box, content: content.join('\n'), words: lines.some((line) => line !== '') };
}

/** A picture keeps its proportions, in the middle of its box. */
function pictureMark(mark: ExportedMark, picture: PictureSize): Drawing {
  const box = markBox(mark);
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const content = `q ${n(width)} 0 0 ${n(height)} ${n((box.width - width) / 2)} ${n((box.height - height) / 2)} cm /Im1 Do Q`;
  return { ...plain, box, content, picture: true };
}

/** A slip of paper with three lines of writing; its words are in the annotation itself. */
function noteMark(mark: ExportedMark): Drawing {
  const side = markLook.note;
  const content = [
    '1 0.95 0.72 rg 0.73 0.54 0 RG 1 w',
    `0.5 0.5 ${side - 1} ${side - 1} re B`,
    ...[5, 9, 13].map((y) => `4 ${y} m ${side - 4} ${y} l S`),
  ];
  return {
    ...plain,
    box: { x: mark.at.x, y: mark.at.y, width: side, height: side },
    content: content.join('\n'),
  };
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How a mark is drawn; undefined for one that has no place (a highlight of no line, an ink of no stroke). Words are set with
 * `use`, whose subset must be written after the last drawing. A stamp without `picture` shows its words.
 */
export function drawingOf(
  mark: ExportedMark,
  use: FontUse,
  picture: PictureSize | undefined,
): Drawing | undefined {
  const { kind } = mark;
  switch (kind) {
    case 'highlight':
    case 'underline':
    case 'strike':
      return textMark(mark, kind);
    case 'ink':
      return inkMark(mark);
    case 'arrow':
    case 'line':
      return lineMark(mark);
    case 'rectangle':
    case 'ellipse':
      return shapeMark(mark, kind);
    case 'stamp':
      return picture === undefined ? wordsMark(mark, kind, use) : pictureMark(mark, picture);
    case 'text':
      return wordsMark(mark, kind, use);
    case 'note':
      return noteMark(mark);
    default:
      return assertNever(kind);
  }
}

/** False for a mark that shows nothing: a highlight of no line, an ink of no stroke. */
export function hasPlace(mark: ExportedMark): boolean {
  switch (mark.kind) {
    case 'highlight':
    case 'underline':
    case 'strike':
      return mark.quads.length > 0;
    case 'ink':
      return mark.strokes.some((stroke) => stroke.length >= 3);
    case 'arrow':
    case 'line':
      return lineEnds(mark) !== undefined;
    default:
      return true;
  }
}
