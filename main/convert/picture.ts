// What a picture is to the writer of pages: strips of encoded samples that a PDF can carry as they are. Shapes and limits.
import { Failure } from '../../preload/contract/failure';

/** A part of a picture over its whole width, from the top. */
export interface Strip {
  readonly rows: number;
  /** Entries of the image dictionary besides Type, Subtype, Width, Height and Length, as PDF syntax. */
  readonly entries: string;
  readonly data: Uint8Array;
}

/** EXIF/TIFF orientation: which side of the shown picture row 0 and column 0 are; 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Picture {
  /** Pixels as stored, before `orientation`. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Dots an inch as stored, [across, down]; undefined when the file does not say. */
  readonly dpi: readonly [number, number] | undefined;
  readonly colour: boolean;
  readonly strips: readonly Strip[];
}

export const limits = {
  /** A3 at 600 dpi has 70 million. */
  pixels: 100_000_000,
  /** Samples of one picture, unpacked, in bytes. */
  sampleBytes: 320 << 20,
  fileBytes: 256 << 20,
  pages: 500,
} as const;

export function damaged(detail: string, cause?: unknown): Failure {
  return new Failure('convert-image-damaged', detail, { cause });
}

export function unsupported(detail: string): Failure {
  return new Failure('convert-image-kind', detail);
}

/** Throws Failure `convert-image-damaged` for no size at all, `convert-image-too-large` over the limit. */
export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw damaged(`${width} x ${height}`);
  if (width * height > limits.pixels) throw new Failure('convert-image-too-large', `${width} x ${height}`);
}

export function orientationOf(value: number | undefined): Orientation {
  const known = ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((one) => one === value);
  return known ?? 1;
}

/** Densities that say nothing (0, 1, absurd) are left out. */
export function dpiOf(across: number, down: number): readonly [number, number] | undefined {
  const sane = (value: number): boolean => Number.isFinite(value) && value >= 20 && value <= 10_000;
  return sane(across) && sane(down) ? [across, down] : undefined;
}
