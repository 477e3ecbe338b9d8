// Page 1 of a PDF as other programs draw it, at a size in pixels, in the greys our own picture is turned into. They are run, never
// judged.
import { spawnSync } from 'node:child_process';
import type { Grey } from './compare';

export type Oracle = 'poppler' | 'mupdf';

/** The grey of a colour as `window.ts` makes it of the window's canvas. */
export const greyOf = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue;

/** A PPM of three bytes a pixel as greys; null where it is none of that size. */
export function greyOfPpm(image: Buffer, width: number, height: number): Grey | null {
  const head = /^P6\s+(?:#[^\n]*\n)?(\d+)\s+(\d+)\s+255\s/.exec(image.toString('latin1', 0, 80));
  if (head === null || Number(head[1]) !== width || Number(head[2]) !== height) return null;
  if (image.length < head[0].length + width * height * 3) return null;
  const pixels = new Uint8Array(width * height);
  for (let at = 0, from = head[0].length; at < pixels.length; at += 1, from += 3)
    pixels[at] = greyOf(image[from] ?? 255, image[from + 1] ?? 255, image[from + 2] ?? 255);
  return { width, height, pixels };
}

function asked(oracle: Oracle, path: string, width: number, height: number): readonly [string, string[]] {
  const [across, down] = [String(width), String(height)];
  return oracle === 'poppler'
    ? ['pdftoppm', ['-cropbox', '-f', '1', '-l', '1', '-scale-to-x', across, '-scale-to-y', down, path]]
    : ['mutool', ['draw', '-q', '-F', 'ppm', '-w', across, '-h', down, '-f', '-o', '-', path, '1']];
}

/** Null where the program is not there, or shows nothing: its own failure is no fault of ours. */
export function pictureBy(oracle: Oracle, path: string, width: number, height: number): Grey | null {
  const upright = drawn(asked(oracle, path, width, height), width, height);
  // Poppler takes the sides of a page before it is turned.
  return upright ?? (oracle === 'poppler' ? drawn(asked(oracle, path, height, width), width, height) : null);
}

function drawn([program, words]: readonly [string, string[]], width: number, height: number): Grey | null {
  // A program that complains of a file has drawn it all the same: its exit code says nothing.
  const { stdout } = spawnSync(program, words, {
    maxBuffer: 1 << 28,
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return stdout === null ? null : greyOfPpm(stdout, width, height);
}
