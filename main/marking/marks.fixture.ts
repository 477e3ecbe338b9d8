// Marks of every kind for the tests, some fixed, some drawn at random. Nothing in the program uses it.
import fc from 'fast-check';
import {
  type ExportedMark,
  exportedMark,
  type MarkKind,
  markColours,
  markKinds,
} from '../../preload/contract/annotation';

export const pictureSha = 'ab'.repeat(32);

/** A mark of a kind at a place where every kind fits; `x` and `y` are its lower left corner, points. */
export function sampleMark(
  kind: MarkKind,
  x: number,
  y: number,
  more: Partial<ExportedMark> = {},
): ExportedMark {
  const index = markKinds.indexOf(kind);
  const quads = [
    [x, y + 14, x + 120, y + 14, x, y, x + 120, y],
    [x, y - 4, x + 60, y - 4, x, y - 18, x + 60, y - 18],
  ];
  const stroke = Array.from({ length: 40 }, (_, at) => [
    x + at * 3,
    y + 10 + 8 * Math.sin(at / 3),
    0.1 + (at % 20) / 22,
  ]).flat();
  const isText = kind === 'highlight' || kind === 'underline' || kind === 'strike';
  const isLine = kind === 'arrow' || kind === 'line';
  return exportedMark.parse({
    id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    page: 1,
    kind,
    quads: isText ? quads : [],
    at: { x, y },
    strokes: kind === 'ink' ? [stroke] : isLine ? [[x, y, x + 120, y + 20]] : [],
    box: ['text', 'stamp', 'rectangle', 'ellipse'].includes(kind) ? [x, y, x + 130, y + 34] : null,
    text: 'Đề nghị Phòng Văn xã xử lý trước ngày 30/11; báo cáo “Ủy ban”.',
    colour: markColours[index % markColours.length],
    author: 'Nguyễn Thị Hường',
    createdAt: '2026-11-27T03:04:05.678Z',
    ...more,
  });
}

/** One of each kind, one above the other. */
export function everyKind(): ExportedMark[] {
  return markKinds.map((kind, index) => sampleMark(kind, 80, 780 - index * 60));
}

const vietnamese = fc.stringMatching(
  /^[ a-zA-Z0-9ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ\n.,:;()\\<>/%-]{0,80}$/,
);
/** JSON knows no zero below zero. */
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((one) => one + 0);
const coordinate = number(-200, 1200);
const point = fc.tuple(coordinate, coordinate);

/** Any mark the contract allows on page 1 whose shape has a place. */
export const anyMark: fc.Arbitrary<ExportedMark> = fc
  .record({
    kind: fc.constantFrom(...markKinds),
    id: fc.uuid(),
    quads: fc.array(fc.array(coordinate, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
    strokes: fc.array(
      fc
        .array(fc.tuple(coordinate, coordinate, number(0, 1)), {
          minLength: 1,
          maxLength: 30,
        })
        .map((points) => points.flat()),
      { minLength: 1, maxLength: 3 },
    ),
    ends: fc.tuple(point, point).map((both) => both.flat()),
    at: point,
    size: fc.tuple(number(5, 300), number(5, 300)),
    text: vietnamese,
    author: vietnamese,
    colour: fc.constantFrom(...markColours),
    layer: fc.constantFrom('notes' as const, 'directions' as const),
    time: fc.integer({ min: 0, max: 4e12 }),
  })
  .map(({ kind, id, quads, strokes, ends, at: [x, y], size: [width, height], time, ...rest }) => {
    const isText = kind === 'highlight' || kind === 'underline' || kind === 'strike';
    const isLine = kind === 'arrow' || kind === 'line';
    return exportedMark.parse({
      ...rest,
      id,
      kind,
      page: 1,
      at: { x, y },
      quads: isText ? quads : [],
      strokes: kind === 'ink' ? strokes : isLine ? [ends] : [],
      box: ['text', 'stamp', 'rectangle', 'ellipse'].includes(kind) ? [x, y, x + width, y + height] : null,
      picture: kind === 'stamp' && time % 2 === 0 ? pictureSha : null,
      createdAt: new Date(time).toISOString(),
    });
  });
