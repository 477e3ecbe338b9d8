// Where two grey pictures of a page differ, as boxes: for pages without words, and for what stands beside the words. Pure.
import type { Box } from '../../pdf/geometry';

export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 255 white, row by row. */
  readonly pixels: Uint8Array;
}

/** Means of squares of so many pixels are compared: edges of letters are drawn a little differently every time. */
const cell = 8;
const clearly = 0.1;
/** Squares this near each other belong to one difference. */
const near = 2;
/** A page with more differences than this differs as a whole. */
const most = 40;

function cells({ width, height, pixels }: GreyPicture): {
  readonly across: number;
  readonly means: Float32Array;
} {
  const across = Math.ceil(width / cell);
  const means = new Float32Array(across * Math.ceil(height / cell));
  const counts = new Float32Array(means.length);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell) * across;
    for (let x = 0; x < width; x += 1) {
      const at = row + Math.floor(x / cell);
      means[at] = (means[at] ?? 0) + (pixels[y * width + x] ?? 255);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return { across, means: means.map((sum, at) => sum / 255 / (counts[at] ?? 1)) };
}

/** Boxes as shares (0 to 1) of the page, from its upper left; empty where both look alike. The pictures must be of one size. */
export function changedBoxes(one: GreyPicture, other: GreyPicture): Box[] {
  if (one.width !== other.width || one.height !== other.height) throw new Error('pictures of two sizes');
  const { across, means } = cells(one);
  const others = cells(other).means;
  const down = means.length / across;
  const changed = means.map((mean, at) => (Math.abs(mean - (others[at] ?? 1)) > clearly ? 1 : 0));
  const boxes: Box[] = [];
  changed.forEach((mark, start) => {
    if (mark === 0) return;
    const open = [start];
    changed[start] = 0;
    let [left, top, right, bottom] = [across, down, 0, 0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % across, Math.floor(at / across)];
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      for (let dy = -near; dy <= near; dy += 1) {
        for (let dx = -near; dx <= near; dx += 1) {
          const [beside, below] = [x + dx, y + dy];
          if (beside < 0 || beside >= across || below < 0 || below >= down) continue;
          const next = below * across + beside;
          if (changed[next] !== 1) continue;
          changed[next] = 0;
          open.push(next);
        }
      }
    }
    const [toX, toY] = [cell / one.width, cell / one.height];
    boxes.push({
      left: left * toX,
      top: top * toY,
      width: Math.min(1, right * toX) - left * toX,
      height: Math.min(1, bottom * toY) - top * toY,
    });
  });
  return boxes.length > most ? [{ left: 0, top: 0, width: 1, height: 1 }] : boxes;
}
