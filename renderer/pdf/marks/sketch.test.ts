// What a drag, a press or a few arrow keys become.
import { describe, expect, it } from 'vitest';
import { boundsOf } from './places';
import { type DrawnKind, extended, finished, type Sketch, withStroke } from './sketch';

const page = { width: 595, height: 842 };
const face = { words: 'ĐÃ XEM', picture: null, size: { width: 90, height: 26 } };

function sketch(kind: DrawnKind, ...points: readonly (readonly [number, number])[]): Sketch {
  const empty: Sketch = { kind, page: 2, colour: 'red', layer: 'notes', face, points: [] };
  return points.reduce((sum, [x, y]) => extended(sum, { x, y, pressure: 0.5 }), empty);
}

describe('a sketch', () => {
  it('of ink keeps every point with its pressure, but those that tell nothing', () => {
    const drawn = finished(sketch('ink', [10, 10], [10.1, 10.1], [20, 25]), page);
    expect(drawn?.strokes).toEqual([[10, 10, 0.5, 20, 25, 0.5]]);
    expect(finished(sketch('ink', [10, 10]), page)?.strokes).toEqual([[10, 10, 0.5]]);
    expect(finished(sketch('ink'), page)).toBeNull();
  });

  it('that was only pressed gets its usual size and stays on the page', () => {
    for (const kind of ['arrow', 'line', 'rectangle', 'ellipse', 'text', 'stamp', 'note'] as const) {
      const content = finished(sketch(kind, [590, 5]), page);
      if (content === null) throw new Error(kind);
      const { left, lower, right, upper } = boundsOf(content);
      expect([kind, left >= -2, lower >= -2, right <= 597, upper <= 844]).toEqual([
        kind,
        true,
        true,
        true,
        true,
      ]);
      expect(right - left, kind).toBeGreaterThan(10);
    }
  });

  it('dragged in any direction has its corners in order', () => {
    expect(finished(sketch('rectangle', [200, 300], [100, 400]), page)?.box).toEqual([100, 300, 200, 400]);
    expect(finished(sketch('arrow', [200, 300], [100, 400]), page)?.strokes).toEqual([[200, 300, 100, 400]]);
  });

  it('of a stamp says its words around the point that was pressed', () => {
    expect(finished(sketch('stamp', [300, 400]), page)).toMatchObject({
      text: 'ĐÃ XEM',
      box: [255, 387, 345, 413],
    });
  });
});

it('two strokes of one writing are one mark', () => {
  const [one, two] = [
    finished(sketch('ink', [1, 1], [5, 5]), page),
    finished(sketch('ink', [9, 1], [9, 9]), page),
  ];
  if (one === null || two === null) throw new Error('no ink');
  expect(withStroke(one, two).strokes).toHaveLength(2);
});
