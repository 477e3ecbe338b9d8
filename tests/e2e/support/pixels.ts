// Where a colour shows on a page of a PDF, as poppler draws it. It knows no desk.
import { execFileSync } from 'node:child_process';

export interface ShownBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** 10 pixels a millimetre. */
const dotsPerInch = 254;

/** The box in millimetres from the upper left corner around all pixels of a colour, or null where there is none. */
export function colouredBox(
  pdf: string,
  page: number,
  isIt: (red: number, green: number, blue: number) => boolean,
): ShownBox | null {
  const args = ['-r', String(dotsPerInch), '-cropbox', '-f', String(page), '-l', String(page), pdf];
  const image = execFileSync('pdftoppm', args, { maxBuffer: 1 << 28 });
  const head = /^P6\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
  if (head === null) throw new Error('pdftoppm gave no picture');
  const width = Number(head[1]);
  const pixels = image.subarray(head[0].length);
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    if (!isIt(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)) continue;
    const x = (at / 3) % width;
    const y = Math.floor(at / 3 / width);
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return right < 0 ? null : { left: left / 10, top: top / 10, right: right / 10, bottom: bottom / 10 };
}

export const isRed = (red: number, green: number, blue: number): boolean =>
  red > 150 && green < 110 && blue < 110;
