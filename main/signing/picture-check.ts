// Looks at a picture before it is kept for signing: a still PNG with transparency, small enough to handle and fine enough to
// print at its size. Pure; it changes no picture.
import { Failure } from '../../preload/contract/failure';
import { pngSize, readPngPixels } from './png';

export type PictureKind = 'signature' | 'seal';

export interface CheckedPicture {
  readonly width: number;
  readonly height: number;
  readonly widthMm: number;
  /** Most of what is painted is blue for a signature, red for a seal. */
  readonly colourFits: boolean;
}

const mostPixels = 16_000_000;
/** Dots an inch at the size on the page: below this a print shows steps. */
const leastDots = 150;
/** Of all pixels: an opaque scan has none, a seal between its letters far more. */
const leastTransparent = 0.05;
/** Without a size of its own: a state seal's diameter, a signature's usual room. */
const usualMm: Readonly<Record<PictureKind, number>> = { seal: 36, signature: 48 };
const range = { least: 10, most: 80 } as const;

/** A PNG that moves (APNG) has this chunk before its data. */
function moves(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** What is true of every picture that is kept. */
function readStill(bytes: Uint8Array): ReturnType<typeof readPngPixels> {
  if (Buffer.from(bytes.subarray(0, 8)).toString('latin1') !== '\x89PNG\r\n\x1a\n') {
    throw new Failure('picture-no-png');
  }
  const size = pngSize(bytes);
  if (moves(bytes)) throw new Failure('picture-moves');
  if (size.width * size.height > mostPixels) {
    throw new Failure('picture-too-large', `${size.width} × ${size.height}`);
  }
  return readPngPixels(bytes);
}

/**
 * Checks a picture for a stamp among the notes; it may have a ground of its own. Throws Failure `signing-image-invalid`,
 * `picture-no-png`, `picture-moves`, `picture-too-large`, `picture-empty`.
 */
export function checkStampPicture(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const { width, height, mask } = readStill(bytes);
  if (mask?.every((alpha) => alpha < 64) === true) throw new Failure('picture-empty');
  return { width, height };
}

/**
 * Checks a picture of `kind`; `widthMm` undefined: as the file says, else the usual. Throws Failure `signing-image-invalid`,
 * `picture-moves`, `picture-too-large`, `picture-opaque`, `picture-empty`, `picture-size`, `picture-coarse`.
 */
export function checkPicture(bytes: Uint8Array, kind: PictureKind, widthMm?: number): CheckedPicture {
  const { width, height, color, components, mask, density } = readStill(bytes);
  const said = density === undefined || density === 0 ? undefined : (width / density) * 1000;
  const fits = said !== undefined && said >= range.least && said <= range.most;
  const across = widthMm ?? (fits ? said : usualMm[kind]);
  if (!(across >= range.least && across <= range.most)) throw new Failure('picture-size', `${across} mm`);
  if ((width / across) * 25.4 < leastDots) throw new Failure('picture-coarse', `${width} px, ${across} mm`);
  if (mask === undefined) throw new Failure('picture-opaque');
  let transparent = 0;
  let painted = 0;
  let fitting = 0;
  for (let at = 0; at < mask.length; at += 1) {
    const alpha = mask[at] ?? 0;
    if (alpha < 128) transparent += 1;
    if (alpha < 64) continue;
    painted += 1;
    const red = color[at * components] ?? 0;
    const blue = components === 1 ? red : (color[at * components + 2] ?? 0);
    if (kind === 'seal' ? red > blue + 40 : blue > red + 20) fitting += 1;
  }
  if (transparent / mask.length < leastTransparent) throw new Failure('picture-opaque');
  if (painted < 50) throw new Failure('picture-empty');
  return { width, height, widthMm: Math.round(across * 10) / 10, colourFits: fitting / painted > 0.5 };
}
