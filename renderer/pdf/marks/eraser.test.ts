import { describe, expect, it } from 'vitest';
import type { Annotation, MarkKind } from '../../../preload/contract/annotation';
import { between, erasedAt, isEraser } from './eraser';

const mark = (id: string, kind: MarkKind, more: Partial<Annotation> = {}) =>
  ({
    ...{ id, kind, page: 1, layer: 'notes', replyTo: null, quads: [], text: '', at: { x: 0, y: 0 } },
    ...{ strokes: [], box: null, colour: 'blue', picture: null },
    ...more,
  }) as unknown as Annotation;

const low = [10, 10, 0.5, 60, 10, 0.5];
const high = [10, 50, 0.5, 60, 50, 0.5];
const ink = mark('ink', 'ink', { strokes: [low, high] });

describe('the eraser end of a pen', () => {
  it('takes one stroke of a writing, and the writing with its last one and what was answered to it', () => {
    expect(erasedAt([ink], 1, { x: 30, y: 11 }, 3)).toMatchObject([
      { id: 'ink', content: { strokes: [high] } },
    ]);
    const last = { ...ink, strokes: [low] };
    const answer = mark('answer', 'note', { replyTo: 'ink' });
    expect(erasedAt([last, answer], 1, { x: 30, y: 11 }, 3)).toEqual([
      { id: 'ink', content: null },
      { id: 'answer', content: null },
    ]);
  });

  it('takes lines and shapes at their lines, and nothing from inside them or another page', () => {
    const box = mark('box', 'rectangle', { box: [100, 100, 200, 200] });
    const line = mark('line', 'line', { strokes: [[10, 150, 90, 150]] });
    expect(erasedAt([box, line], 1, { x: 100, y: 150 }, 3)).toEqual([{ id: 'box', content: null }]);
    expect(erasedAt([box, line], 1, { x: 150, y: 150 }, 3)).toEqual([]);
    expect(erasedAt([box, line], 1, { x: 50, y: 151 }, 3)).toEqual([{ id: 'line', content: null }]);
    expect(erasedAt([box, line, ink], 2, { x: 100, y: 150 }, 3)).toEqual([]);
  });

  it('leaves words, notes, stamps and what other programs wrote', () => {
    const quads = [[0, 20, 100, 20, 0, 0, 100, 0]];
    const kept = [
      mark('a', 'highlight', { quads }),
      mark('b', 'note', { at: { x: 25, y: 5 } }),
      mark('c', 'text', { box: [0, 0, 100, 20], text: 'x' }),
      mark('d', 'stamp', { box: [0, 0, 100, 20] }),
      mark('e', 'ink', { strokes: [low], layer: 'imported' }),
    ];
    expect(erasedAt(kept, 1, { x: 30, y: 10 }, 3)).toEqual([]);
  });

  it('is told from the tip and from other devices', () => {
    expect(isEraser({ pointerType: 'pen', button: 5, buttons: 32 })).toBe(true);
    expect(isEraser({ pointerType: 'pen', button: -1, buttons: 32 })).toBe(true);
    expect(isEraser({ pointerType: 'pen', button: 0, buttons: 1 })).toBe(false);
    expect(isEraser({ pointerType: 'mouse', button: 5, buttons: 32 })).toBe(false);
  });

  it('misses nothing between two events of a fast pen', () => {
    const steps = between({ x: 0, y: 0 }, { x: 30, y: 40 }, 5);
    expect(steps).toHaveLength(10);
    expect(steps.at(-1)).toEqual({ x: 30, y: 40 });
    expect(between({ x: 1, y: 1 }, { x: 1, y: 1 }, 5)).toEqual([{ x: 1, y: 1 }]);
  });
});
