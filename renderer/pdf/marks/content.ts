// What a mark is made of, apart from who made it and when: the part that a window draws, changes, copies and takes back. Pure.
import type { Annotation } from '../../../preload/contract/annotation';

const parts = [
  'page',
  'kind',
  'quads',
  'at',
  'text',
  'strokes',
  'box',
  'colour',
  'layer',
  'picture',
  'replyTo',
] as const;

export type MarkPart = (typeof parts)[number];
export type MarkContent = Pick<Annotation, MarkPart>;

/** The content of a mark as it is kept. */
export function contentOf(mark: MarkContent): MarkContent {
  const { page, kind, quads, at, text, strokes, box, colour, layer, picture, replyTo } = mark;
  return { page, kind, quads, at, text, strokes, box, colour, layer, picture, replyTo };
}

function samePart(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => samePart(value, other[index]));
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => samePart(value, right.get(key)));
}

export function sameContent(one: MarkContent | null, other: MarkContent | null): boolean {
  if (one === null || other === null) return one === other;
  return parts.every((part) => samePart(one[part], other[part]));
}

/** `now` with every part that differs between `from` and `to` brought to `to`, where nobody else changed it since `from`. */
export function brought(now: MarkContent, from: MarkContent, to: MarkContent): MarkContent {
  const changed = parts.filter((part) => !samePart(from[part], to[part]) && samePart(now[part], from[part]));
  return { ...now, ...Object.fromEntries(changed.map((part) => [part, to[part]])) };
}

/** A mark of a kind, with nothing in it yet. */
export function emptyContent(
  given: Pick<MarkContent, 'page' | 'kind' | 'colour' | 'layer' | 'at'>,
): MarkContent {
  return { quads: [], text: '', strokes: [], box: null, picture: null, replyTo: null, ...given };
}
