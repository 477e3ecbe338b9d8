// The fonts of the samples: Tinos, metric-compatible with Times New Roman, as bytes and as outlines. It draws nothing.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from '@cantoo/fontkit';
import type { Point } from './raster';

export type Face = 'regular' | 'bold' | 'italic' | 'boldItalic';

const files: Readonly<Record<Face, string>> = {
  regular: 'Tinos_400Regular.ttf',
  bold: 'Tinos_700Bold.ttf',
  italic: 'Tinos_400Regular_Italic.ttf',
  boldItalic: 'Tinos_700Bold_Italic.ttf',
};

/** The bytes of a face, from the project's resources, whether this runs as a bundle or from its source. */
export function fontBytes(face: Face): Buffer {
  for (const up of ['../../', '../../../']) {
    const path = fileURLToPath(new URL(`${up}resources/fonts/${files[face]}`, import.meta.url));
    if (existsSync(path)) return readFileSync(path);
  }
  throw new Error(`no font ${files[face]}`);
}

/** A letter as closed outlines at a size, its origin on the base line; y grows downwards. */
export interface Letter {
  readonly outlines: readonly (readonly Point[])[];
  readonly advance: number;
}

const curveSteps = 8;

export class OutlineFont {
  readonly #font: Font;

  constructor(face: Face) {
    this.#font = create(fontBytes(face)) as Font;
  }

  letter(character: string, size: number): Letter {
    const glyph = this.#font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    if (glyph === null) throw new Error(`no letter ${character}`);
    const scale = size / this.#font.unitsPerEm;
    const outlines: Point[][] = [];
    let outline: Point[] = [];
    let last: Point = { x: 0, y: 0 };
    const to = (x: number, y: number): Point => ({ x: x * scale, y: -y * scale });
    for (const { command, args } of glyph.path.commands) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
      if (command === 'moveTo') {
        outline = [to(a, b)];
        outlines.push(outline);
        last = { x: a, y: b };
      } else if (command === 'lineTo') {
        outline.push(to(a, b));
        last = { x: a, y: b };
      } else if (command === 'quadraticCurveTo') {
        for (let step = 1; step <= curveSteps; step += 1) {
          const t = step / curveSteps;
          const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
          outline.push(to(p * last.x + q * a + r * c, p * last.y + q * b + r * d));
        }
        last = { x: c, y: d };
      } else if (command === 'bezierCurveTo') {
        for (let step = 1; step <= curveSteps; step += 1) {
          const t = step / curveSteps;
          const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
          outline.push(to(p * last.x + q * a + r * c + s * e, p * last.y + q * b + r * d + s * f));
        }
        last = { x: e, y: f };
      }
    }
    return { outlines, advance: glyph.advanceWidth * scale };
  }
}
