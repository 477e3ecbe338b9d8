// The numbers beside marks whose words stand on the pages behind the last: where each goes, and what it looks like. It writes no
// object.
import { numberSyntax, type PdfFile, type PdfPage } from '../pdf';
import { type FontUse, geometryOf, type Rect } from '../signing';
import type { Drawing } from './drawing';
import type { EnclosedNote } from './enclosed-notes';
import type { PlacedMark } from './write';

/** Points. */
const look = { text: 8, padding: 3, height: 12, line: 1 } as const;

/** A number in a white box with a black line, as a drawing at its place. */
function numberDrawing(number: number, box: Rect, use: FontUse): Drawing {
  const n = numberSyntax;
  const inner = [look.line / 2, look.line / 2, box.width - look.line, box.height - look.line]
    .map(n)
    .join(' ');
  const content = [
    `1 g 0 G ${n(look.line)} w ${inner} re B`,
    `0 g BT /F1 ${n(look.text)} Tf 1 0 0 1 ${n(look.padding)} ${n(3.3)} Tm ${use.show(`${number}`)} Tj ET`,
  ].join('\n');
  return { box, content, multiply: false, words: true, picture: false };
}

function meet(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** The place for a box beside a mark's upper right corner, on the page, and on none of those that are taken. */
function freePlace(
  wish: Rect,
  page: { readonly width: number; readonly height: number },
  taken: readonly Rect[],
): Rect {
  const on = (x: number, y: number): Rect => ({
    ...wish,
    x: Math.max(0, Math.min(page.width - wish.width, x)),
    y: Math.max(0, Math.min(page.height - wish.height, y)),
  });
  // Downwards, and from the top again in the next column: there is always room on a page.
  for (let column = 0; column * wish.width < page.width; column += 1) {
    for (let y = wish.y; y >= 0; y -= wish.height) {
      const box = on(wish.x - column * wish.width, y);
      if (!taken.some((one) => meet(one, box))) return box;
    }
  }
  return on(wish.x, wish.y);
}

/** A number for each note on its page. */
export function placedNumbers(
  file: PdfFile,
  notes: readonly EnclosedNote[],
  placed: readonly PlacedMark[],
  pages: ReadonlyMap<number, PdfPage>,
  use: FontUse,
): PlacedMark[] {
  const drawn = new Map(placed.map((one) => [one.mark.id, one.drawing.box]));
  const taken = new Map<number, Rect[]>();
  return notes.flatMap(({ number, mark }): PlacedMark[] => {
    const page = pages.get(mark.page);
    if (page === undefined) return [];
    const geometry = geometryOf(file, page);
    const beside = drawn.get(mark.id) ?? { ...mark.at, width: 0, height: 0 };
    const width = use.widthOf(`${number}`, look.text) + 2 * look.padding;
    const onPage = taken.get(mark.page) ?? [];
    const wish = {
      x: beside.x + beside.width + 1,
      y: beside.y + beside.height - look.height,
      width,
      height: look.height,
    };
    const box = freePlace(wish, geometry, onPage);
    taken.set(mark.page, [...onPage, box]);
    return [{ mark, drawing: numberDrawing(number, box, use), page, geometry }];
  });
}
