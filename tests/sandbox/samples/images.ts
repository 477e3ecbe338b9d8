// Pictures for signatures: a handwritten signature in blue and an agency's round seal in red, both invented. The seal bears
// the word MẪU and no emblem: it is nobody's.
import type { OutlineFont } from './fonts';
import { seeded } from './random';
import { Canvas, type Point } from './raster';

/** 300 dots an inch. */
const pixelsPerMetre = 11_811;
const millimetre = pixelsPerMetre / 1000;
/** Seal of a state agency. */
export const sealMillimetres = 36;

/** A smooth path through points (Catmull-Rom), about a pixel a step. */
function smooth(points: readonly Point[]): Point[] {
  const path: Point[] = [];
  const at = (index: number): Point =>
    points[Math.max(0, Math.min(points.length - 1, index))] ?? { x: 0, y: 0 };
  for (let index = 0; index + 1 < points.length; index += 1) {
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const steps = Math.ceil(Math.hypot(c.x - b.x, c.y - b.y) * 1.5) + 1;
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      const spline = (p: number, q: number, r: number, s: number): number =>
        0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t ** 2 + (3 * q - p - 3 * r + s) * t ** 3);
      path.push({ x: spline(a.x, b.x, c.x, d.x), y: spline(a.y, b.y, c.y, d.y) });
    }
  }
  return path;
}

/** First letters, in units of the letter's height around its middle: x to the right, y downwards. */
const capitals: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0.1, 0.5],
    [0, -0.4],
    [0.5, -0.95],
    [0.6, -0.2],
    [0.35, 0.85],
    [0.05, 0.4],
    [1.0, -0.2],
  ],
  [
    [0.75, -0.7],
    [0.35, -0.95],
    [0, -0.1],
    [0.3, 0.7],
    [0.85, 0.2],
    [0.5, -0.15],
    [0.45, 0.25],
    [1.15, 0.0],
  ],
  [
    [-0.05, -0.6],
    [0.35, -0.8],
    [0.2, 0.1],
    [0.05, 0.8],
    [0.3, 0.1],
    [0.75, -0.85],
    [0.95, -0.5],
    [0.5, 0.0],
    [1.1, 0.15],
  ],
];

/** A handwritten signature of about 60 by 24 mm; every name has its own. */
export function handwriting(name: string): Uint8Array {
  const random = seeded(name);
  const canvas = new Canvas(Math.round(60 * millimetre), Math.round(24 * millimetre));
  const middle = canvas.height * 0.52;
  const between = (low: number, high: number): number => low + (high - low) * random();
  const slant = between(0.12, 0.34);
  const draw = (points: readonly Point[], thick: number): void => {
    const path = smooth(points.map(({ x, y }) => ({ x: x + (middle - y) * slant, y })));
    let width = thick;
    for (const [index, point] of path.entries()) {
      const before = path[Math.max(0, index - 6)] ?? point;
      // A pen is heavier on its way down.
      const pressure = point.y > before.y ? thick : thick * 0.62;
      width += (pressure - width) * 0.06;
      canvas.disc(point, Math.max(0.9, width * Math.min(1, (path.length - index) / 120, (index + 15) / 40)));
    }
  };
  const tall = canvas.height * between(0.36, 0.42);
  const left = canvas.width * 0.09;
  const capital = capitals[Math.floor(random() * capitals.length)] ?? [];
  draw(
    capital.map(([x, y]) => ({ x: left + x * tall * 1.1, y: middle + y * tall })),
    4.4,
  );
  const count = 4 + Math.floor(random() * 4);
  let at = left + tall * 1.05;
  const pace = (canvas.width * 0.56) / count;
  const loops: Point[] = [{ x: at, y: middle + 10 }];
  for (let index = 0; index < count; index += 1) {
    const fade = 1 - (index / count) * 0.55;
    const height = between(22, 92) * fade;
    const width = pace * between(0.5, 0.8);
    loops.push(
      { x: at + width * 0.55, y: middle - height },
      { x: at + width * 0.3, y: middle - height * 0.8 },
    );
    loops.push(
      { x: at + width * 0.55, y: middle + between(10, 34) * fade },
      { x: at + width, y: middle + between(-4, 10) },
    );
    at += pace;
  }
  loops.push(
    { x: at + pace * 0.5, y: middle - between(5, 25) },
    { x: canvas.width * 0.9, y: middle - between(20, 50) },
  );
  draw(loops, 3.6);
  draw(
    [
      { x: canvas.width * 0.84, y: middle + between(28, 44) },
      { x: canvas.width * 0.5, y: canvas.height * between(0.74, 0.82) },
      { x: canvas.width * 0.22, y: canvas.height * between(0.78, 0.86) },
      { x: canvas.width * between(0.5, 0.75), y: canvas.height * between(0.84, 0.92) },
    ],
    3.2,
  );
  return canvas.png([18, 44, 140], pixelsPerMetre);
}

/** Writes a text along a circle; `bottom` puts it on the lower half, readable from outside. */
function around(
  canvas: Canvas,
  font: OutlineFont,
  text: string,
  radius: number,
  size: number,
  bottom: boolean,
): void {
  const center = { x: canvas.width / 2, y: canvas.height / 2 };
  const gap = size * 0.06;
  const letters = [...text].map((character) => font.letter(character, size));
  const total = letters.reduce((sum, letter) => sum + letter.advance + gap, -gap);
  const line = bottom ? radius + size * 0.36 : radius - size * 0.36;
  let along = -total / 2;
  for (const { outlines, advance } of letters) {
    const angle = (along + advance / 2) / radius;
    along += advance + gap;
    const turn = bottom ? -angle : angle;
    const direction = bottom ? Math.PI / 2 - angle : -Math.PI / 2 + angle;
    const origin = { x: center.x + line * Math.cos(direction), y: center.y + line * Math.sin(direction) };
    const placed = outlines.map((outline) =>
      outline.map((point) => {
        const x = point.x - advance / 2;
        return {
          x: origin.x + x * Math.cos(turn) - point.y * Math.sin(turn),
          y: origin.y + x * Math.sin(turn) + point.y * Math.cos(turn),
        };
      }),
    );
    if (placed.length > 0) canvas.fill(placed);
  }
}

function star(center: Point, radius: number): Point[] {
  return Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.382;
    const angle = -Math.PI / 2 + (index * Math.PI) / 5;
    return { x: center.x + reach * Math.cos(angle), y: center.y + reach * Math.sin(angle) };
  });
}

function centered(canvas: Canvas, font: OutlineFont, text: string, y: number, size: number): void {
  const letters = [...text].map((character) => font.letter(character, size));
  let x = canvas.width / 2 - letters.reduce((sum, letter) => sum + letter.advance, 0) / 2;
  for (const { outlines, advance } of letters) {
    const from = x;
    const placed = outlines.map((outline) => outline.map((point) => ({ x: from + point.x, y: y + point.y })));
    if (placed.length > 0) canvas.fill(placed);
    x += advance;
  }
}

/** A seal of 36 mm with an upper and a lower text on its rim. */
export function seal(font: OutlineFont, upper: string, lower: string): Uint8Array {
  const size = Math.round(sealMillimetres * millimetre);
  const canvas = new Canvas(size, size);
  const center = { x: size / 2, y: size / 2 };
  const radius = size / 2;
  canvas.ring(center, radius - 7, radius - 1);
  canvas.ring(center, radius - 13, radius - 11);
  canvas.ring(center, radius * 0.6, radius * 0.6 + 2.5);
  const rim = radius * 0.775;
  const room = Math.PI * 0.92;
  const fitted = (text: string): number => {
    const width = [...text].reduce((sum, character) => sum + font.letter(character, 1).advance + 0.06, 0);
    return Math.min(radius * 0.24, (rim * room) / width);
  };
  const height = Math.min(fitted(upper), fitted(lower));
  around(canvas, font, upper, rim, height, false);
  around(canvas, font, lower, rim, height, true);
  canvas.fill([star({ x: center.x - rim, y: center.y }, radius * 0.07)]);
  canvas.fill([star({ x: center.x + rim, y: center.y }, radius * 0.07)]);
  canvas.fill([star({ x: center.x, y: center.y - radius * 0.1 }, radius * 0.36)]);
  centered(canvas, font, 'MẪU', center.y + radius * 0.44, radius * 0.24);
  canvas.wear(seeded(upper + lower), 0.35);
  return canvas.png([206, 22, 30], pixelsPerMetre);
}
