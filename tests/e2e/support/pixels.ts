// Where a colour, or a change, shows on a page of a PDF as poppler draws it. It knows no desk.
import { execFileSync } from 'node:child_process';

/** Millimetres from the upper left corner of the page. */
export interface ShownBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** 10 pixels a millimetre. */
const dotsPerInch = 254;

interface Drawn {
  readonly width: number;
  readonly pixels: Buffer;
}

function drawn(pdf: string, page: number): Drawn {
  const args = ['-r', String(dotsPerInch), '-cropbox', '-f', String(page), '-l', String(page), pdf];
  const image = execFileSync('pdftoppm', args, { maxBuffer: 1 << 28 });
  const head = /^P6\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
  if (head === null) throw new Error('pdftoppm gave no picture');
  return { width: Number(head[1]), pixels: image.subarray(head[0].length) };
}

/** The box around all pixels that are meant, `at` being the place of a pixel's red byte; null where there is none. */
function boxAround({ width, pixels }: Drawn, isMeant: (at: number) => boolean): ShownBox | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    if (!isMeant(at)) continue;
    const x = (at / 3) % width;
    const y = Math.floor(at / 3 / width);
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right < 0 ? null : { left: left / 10, top: top / 10, right: right / 10, bottom: bottom / 10 };
}

/** The box around all pixels of a colour. */
export function colouredBox(
  pdf: string,
  page: number,
  isIt: (red: number, green: number, blue: number) => boolean,
): ShownBox | null {
  const picture = drawn(pdf, page);
  const { pixels } = picture;
  return boxAround(picture, (at) => isIt(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0));
}

/** The box around everything in which a page of two files differs. */
export function changedBox(one: string, other: string, page: number): ShownBox | null {
  const before = drawn(one, page);
  const { pixels } = drawn(other, page);
  if (pixels.length !== before.pixels.length) throw new Error('pages of different sizes');
  return boxAround(before, (at) => [0, 1, 2].some((part) => before.pixels[at + part] !== pixels[at + part]));
}

export const isRed = (red: number, green: number, blue: number): boolean =>
  red > 150 && green < 110 && blue < 110;
