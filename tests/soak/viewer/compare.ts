// How far two grey pictures of one page are apart, edges of letters aside. Pure.

export interface Grey {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 255 white. */
  readonly pixels: Uint8Array;
}

export interface Apart {
  /** Mean absolute difference, 0 to 1. */
  readonly mean: number;
  /** Share of blocks that differ clearly. */
  readonly share: number;
  /** Share of blocks with ink, of the first picture and of the second. */
  readonly ink: readonly [number, number];
}

/** Blocks of so many pixels a side are compared: two programs smooth the edge of a letter differently. */
const block = 4;
const clearly = 0.2;
const inked = 0.02;

/** Means of blocks, 0 black to 1 white. */
export function blocksOf({ width, height, pixels }: Grey): Float32Array {
  const across = Math.ceil(width / block);
  const sums = new Float32Array(across * Math.ceil(height / block));
  const counts = new Float32Array(sums.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = Math.floor(y / block) * across + Math.floor(x / block);
      sums[at] = (sums[at] ?? 0) + (pixels[y * width + x] ?? 255);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return sums.map((sum, at) => sum / 255 / (counts[at] ?? 1));
}

/** The pictures must be of one size. */
export function apart(one: Grey, other: Grey): Apart {
  if (one.width !== other.width || one.height !== other.height) throw new Error('pictures of two sizes');
  const [left, right] = [blocksOf(one), blocksOf(other)];
  let [sum, far, leftInk, rightInk] = [0, 0, 0, 0];
  left.forEach((value, at) => {
    const difference = Math.abs(value - (right[at] ?? 0));
    sum += difference;
    if (difference > clearly) far += 1;
    if (value < 1 - inked) leftInk += 1;
    if ((right[at] ?? 1) < 1 - inked) rightInk += 1;
  });
  const count = left.length;
  return { mean: sum / count, share: far / count, ink: [leftInk / count, rightInk / count] };
}
