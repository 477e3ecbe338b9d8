// What the eraser end of a pen takes away: strokes of ink one by one, lines and shapes whole. Words, notes and stamps stay, whatever
// it is drawn over, and so does what other programs wrote. Pure.
import type { Annotation } from '../../../preload/contract/annotation';
import { contentOf } from './content';
import type { MarkWrite } from './history';
import { isHit, type Point } from './places';

/** The eraser end touches the page: button 5 of a pen that is pressed, bit 32 of those held (Pointer Events, 10.3). */
export function isEraser({
  pointerType,
  button,
  buttons,
}: Pick<PointerEvent, 'pointerType' | 'button' | 'buttons'>): boolean {
  return pointerType === 'pen' && (button === 5 || (buttons & 32) !== 0);
}

/** What is to be written when the eraser is at a point of a page; `reach` in points. Answers go with what they answer. */
export function erasedAt(
  marks: readonly Annotation[],
  page: number,
  point: Point,
  reach: number,
): MarkWrite[] {
  return marks.flatMap((mark): MarkWrite[] => {
    if (mark.page !== page || mark.layer === 'imported' || mark.replyTo !== null) return [];
    const content = contentOf(mark);
    switch (mark.kind) {
      case 'ink': {
        const strokes = content.strokes.filter(
          (stroke) => !isHit({ ...content, strokes: [stroke] }, point, reach),
        );
        if (strokes.length === content.strokes.length) return [];
        return strokes.length === 0
          ? withAnswers(marks, mark.id)
          : [{ id: mark.id, content: { ...content, strokes } }];
      }
      case 'arrow':
      case 'line':
      case 'rectangle':
      case 'ellipse':
        return isHit(content, point, reach) ? withAnswers(marks, mark.id) : [];
      default:
        return [];
    }
  });
}

function withAnswers(marks: readonly Annotation[], id: string): MarkWrite[] {
  const answers = marks.filter(({ replyTo, layer }) => replyTo === id && layer !== 'imported');
  return [{ id, content: null }, ...answers.map((one) => ({ id: one.id, content: null }))];
}

/** The places between two events of a fast pen, no farther apart than `reach`, the last one included. */
export function between(from: Point, to: Point, reach: number): Point[] {
  const steps = Math.max(1, Math.min(500, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / reach)));
  return Array.from({ length: steps }, (_, index) => {
    const share = (index + 1) / steps;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  });
}
