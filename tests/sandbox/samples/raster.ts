// A small anti-aliased canvas of one ink and its PNG: polygons, rings and strokes. It knows nothing of seals or signatures.
import { deflateSync } from 'node:zlib';
import { crc32 } from '../../../main/edxml/crc32';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const oversampling = 4;

export class Canvas {
  /** How much ink lies on each pixel, 0 to 1. */
  readonly #ink: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#ink = new Float32Array(width * height);
  }

  /** Fills closed outlines by the non-zero rule; y grows downwards. */
  fill(outlines: readonly (readonly Point[])[]): void {
    const step = 1 / oversampling;
    const ys = outlines.flatMap((outline) => outline.map((point) => point.y));
    const top = Math.max(0, Math.floor(Math.min(...ys)));
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(...ys)));
    for (let row = top; row <= bottom; row += 1) {
      for (let part = 0; part < oversampling; part += 1) {
        this.#fillLine(outlines, row, row + (part + 0.5) * step, step);
      }
    }
  }

  /** A ring between two radii. */
  ring(center: Point, inner: number, outer: number): void {
    this.#shade(center, outer, (distance) => Math.min(outer - distance + 0.5, distance - inner + 0.5));
  }

  disc(center: Point, radius: number): void {
    this.#shade(center, radius, (distance) => radius - distance + 0.5);
  }

  /** Thins the ink unevenly, as a stamp pad does; `amount` is how much of it may go. */
  wear(random: () => number, amount: number): void {
    for (let index = 0; index < this.#ink.length; index += 1) {
      const ink = this.#ink[index] ?? 0;
      if (ink > 0) this.#ink[index] = ink * (1 - amount * random() ** 3);
    }
  }

  /** The canvas as PNG: ink of one colour on a transparent ground, with its real size. */
  png(color: readonly [number, number, number], pixelsPerMetre: number): Uint8Array {
    const stride = this.width * 4 + 1;
    const rows = Buffer.alloc(stride * this.height);
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) {
        const offset = y * stride + 1 + x * 4;
        rows.set(color, offset);
        rows[offset + 3] = Math.round(Math.min(1, this.#ink[y * this.width + x] ?? 0) * 255);
      }
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 6], 8);
    const density = Buffer.alloc(9);
    density.writeUInt32BE(Math.round(pixelsPerMetre), 0);
    density.writeUInt32BE(Math.round(pixelsPerMetre), 4);
    density[8] = 1;
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('pHYs', density),
      chunk('IDAT', deflateSync(rows, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }

  #shade(center: Point, reach: number, cover: (distance: number) => number): void {
    const left = Math.max(0, Math.floor(center.x - reach - 1));
    const right = Math.min(this.width - 1, Math.ceil(center.x + reach + 1));
    const top = Math.max(0, Math.floor(center.y - reach - 1));
    const bottom = Math.min(this.height - 1, Math.ceil(center.y + reach + 1));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const covered = cover(Math.hypot(x + 0.5 - center.x, y + 0.5 - center.y));
        const index = y * this.width + x;
        this.#ink[index] = Math.max(this.#ink[index] ?? 0, Math.min(1, Math.max(0, covered)));
      }
    }
  }

  #fillLine(outlines: readonly (readonly Point[])[], row: number, y: number, weight: number): void {
    const crossings: { x: number; turn: number }[] = [];
    for (const outline of outlines) {
      for (const [index, from] of outline.entries()) {
        const to = outline[(index + 1) % outline.length] ?? from;
        if (from.y <= y === to.y <= y) continue;
        const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
        crossings.push({ x, turn: from.y < to.y ? 1 : -1 });
      }
    }
    crossings.sort((one, other) => one.x - other.x);
    let winding = 0;
    for (const [index, crossing] of crossings.entries()) {
      winding += crossing.turn;
      const next = crossings[index + 1];
      if (winding !== 0 && next !== undefined) this.#span(row, crossing.x, next.x, weight);
    }
  }

  #span(row: number, from: number, to: number, weight: number): void {
    const first = Math.max(0, Math.floor(from));
    const last = Math.min(this.width - 1, Math.floor(to));
    for (let x = first; x <= last; x += 1) {
      const covered = Math.min(to, x + 1) - Math.max(from, x);
      const index = row * this.width + x;
      this.#ink[index] = Math.min(1, (this.#ink[index] ?? 0) + Math.max(0, covered) * weight);
    }
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
