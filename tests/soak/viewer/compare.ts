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
  /** Share of blocks with clear ink in one picture and none there or beside it in the other: what is missing, or too much. */
  readonly alone: number;
  /** Share of blocks with ink, of the first picture and of the second. */
  readonly ink: readonly [number, number];
}

/** Blocks of so many pixels a side are compared: two programs smooth the edge of a letter differently. */
const block = 4;
const clearly = 0.2;
const inked = 0.02;
/** So much ink is no edge of a letter beside. */
const clearInk = 0.25;

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

/** For each block, how much ink there is at most in it and those around it. */
function inkAround(blocks: Float32Array, across: number): Float32Array {
  const down = blocks.length / across;
  return blocks.map((_, at) => {
    const [x, y] = [at % across, Math.floor(at / across)];
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row += 1)
      for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column += 1)
        most = Math.max(most, 1 - (blocks[row * across + column] ?? 1));
    return most;
  });
}

/** The pictures must be of one size. */
export function apart(one: Grey, other: Grey): Apart {
  if (one.width !== other.width || one.height !== other.height) throw new Error('pictures of two sizes');
  const [left, right] = [blocksOf(one), blocksOf(other)];
  const across = Math.ceil(one.width / block);
  const [nearLeft, nearRight] = [inkAround(left, across), inkAround(right, across)];
  let [sum, far, alone, leftInk, rightInk] = [0, 0, 0, 0, 0];
  left.forEach((value, at) => {
    const difference = Math.abs(value - (right[at] ?? 0));
    sum += difference;
    if (difference > clearly) far += 1;
    const [mine, theirs] = [1 - value, 1 - (right[at] ?? 1)];
    if (mine > inked) leftInk += 1;
    if (theirs > inked) rightInk += 1;
    if (mine > clearInk && (nearRight[at] ?? 0) < inked) alone += 1;
    if (theirs > clearInk && (nearLeft[at] ?? 0) < inked) alone += 1;
  });
  const count = left.length;
  const ink = [leftInk / count, rightInk / count] as const;
  return { mean: sum / count, share: far / count, alone: alone / count, ink };
}
