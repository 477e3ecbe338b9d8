// Turns a PNG (ISO/IEC 15948) into what a PDF image needs: colour data and, where there is transparency, a mask.
// It scales nothing and changes no colour.
import { deflateSync, inflateSync } from 'node:zlib';
import { Failure } from '../../preload/contract/failure';
import { undoPngRows } from '../pdf';

export interface PdfImage {
  readonly width: number;
  readonly height: number;
  /** Colour data, deflated, 8 bits a component. */
  readonly color: Uint8Array;
  readonly components: 1 | 3;
  /** Opacity, deflated, 8 bits a pixel; undefined for an opaque picture. */
  readonly mask: Uint8Array | undefined;
  /** Pixels a metre in x, when the file says so. */
  readonly density: number | undefined;
}

const PIXEL_LIMIT = 40_000_000;

function invalid(detail: string, cause?: unknown): Failure {
  return new Failure('signing-image-invalid', detail, { cause });
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly interlaced: boolean;
}

interface Chunks {
  readonly header: Header;
  readonly data: Uint8Array;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
  readonly density: number | undefined;
}

const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function readHeader(chunk: Buffer): Header {
  if (chunk.length !== 13) throw invalid('IHDR');
  const header = {
    width: chunk.readUInt32BE(0),
    height: chunk.readUInt32BE(4),
    depth: chunk[8] ?? 0,
    colorType: chunk[9] ?? 0,
    interlaced: chunk[12] === 1,
  };
  if (header.width === 0 || header.height === 0 || chunk[10] !== 0 || chunk[11] !== 0) throw invalid('IHDR');
  if (depthsOf[header.colorType]?.includes(header.depth) !== true) throw invalid('colour type');
  if (header.width * header.height > PIXEL_LIMIT) throw new Failure('signing-image-too-large');
  return header;
}

function readChunks(bytes: Uint8Array): Chunks {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw invalid('not a PNG');
  const chunks = new Map<string, Buffer>();
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.subarray(at + 4, at + 8).toString('latin1');
    const chunk = file.subarray(at + 8, at + 8 + length);
    if (chunk.length < length) throw invalid('cut off');
    if (type === 'IDAT') data.push(chunk);
    else if (!chunks.has(type)) chunks.set(type, chunk);
    at += 12 + length;
  }
  const header = chunks.get('IHDR');
  if (header === undefined || data.length === 0) throw invalid('chunks missing');
  const physical = chunks.get('pHYs');
  return {
    header: readHeader(header),
    data: Buffer.concat(data),
    palette: chunks.get('PLTE'),
    transparency: chunks.get('tRNS'),
    density: physical?.length === 9 && physical[8] === 1 ? physical.readUInt32BE(0) : undefined,
  };
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const adam7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

function withoutFilters(rows: Uint8Array, rowBytes: number, step: number): Uint8Array {
  try {
    return undoPngRows(rows, rowBytes, step);
  } catch (error) {
    throw invalid('row filter', error);
  }
}

/** Calls `pixel` with the place of every pixel and its samples (raw, at their depth). */
function eachPixel(
  chunks: Chunks,
  pixel: (place: number, samples: (sample: number) => number) => void,
): void {
  const { width, height, depth, colorType, interlaced } = chunks.header;
  const perPixel = samplesOf[colorType] ?? 1;
  const bits = perPixel * depth;
  const passes = interlaced ? adam7 : [{ x: 0, y: 0, dx: 1, dy: 1 }];
  const shapes = passes.map((pass) => {
    const columns = Math.ceil((width - pass.x) / pass.dx);
    const rows = Math.ceil((height - pass.y) / pass.dy);
    const rowBytes = Math.ceil((columns * bits) / 8);
    return { pass, columns, rows, rowBytes, size: columns > 0 && rows > 0 ? rows * (rowBytes + 1) : 0 };
  });
  const total = shapes.reduce((sum, shape) => sum + shape.size, 0);
  let data: Uint8Array;
  try {
    data = inflateSync(chunks.data, { maxOutputLength: total + 65536 });
  } catch (error) {
    throw invalid('IDAT', error);
  }
  if (data.length < total) throw invalid('too few pixels');
  let from = 0;
  for (const { pass, columns, rows, rowBytes, size } of shapes) {
    if (size === 0) continue;
    const plain = withoutFilters(data.subarray(from, from + size), rowBytes, Math.max(1, bits >> 3));
    from += size;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        pixel((pass.y + row * pass.dy) * width + pass.x + column * pass.dx, (sample) => {
          if (depth >= 8) {
            const place = row * rowBytes + ((column * perPixel + sample) * depth) / 8;
            return depth === 8 ? (plain[place] ?? 0) : (plain[place] ?? 0) * 256 + (plain[place + 1] ?? 0);
          }
          const bit = column * depth;
          const byte = plain[row * rowBytes + (bit >> 3)] ?? 0;
          return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
        });
      }
    }
  }
}

/** A picture as plain samples of 8 bits. */
export interface PngPixels extends Pick<PdfImage, 'width' | 'height' | 'components' | 'density'> {
  readonly color: Uint8Array;
  /** Opacity, a byte a pixel; undefined for an opaque picture. */
  readonly mask: Uint8Array | undefined;
}

/** The samples of a PNG of any kind. Throws Failure `signing-image-invalid` or `signing-image-too-large`. */
export function readPngPixels(bytes: Uint8Array): PngPixels {
  const chunks = readChunks(bytes);
  const { width, height, depth, colorType } = chunks.header;
  const { palette, transparency } = chunks;
  if (colorType === 3 && palette === undefined) throw invalid('no palette');
  const components = colorType === 0 || colorType === 4 ? 1 : 3;
  const color = new Uint8Array(width * height * components);
  const mask = new Uint8Array(width * height).fill(255);
  const most = 2 ** depth - 1;
  const key = transparency === undefined ? undefined : Buffer.from(transparency);
  let opaque = true;
  eachPixel(chunks, (place, sample) => {
    let alpha = 255;
    if (colorType === 3) {
      const index = sample(0);
      for (let part = 0; part < 3; part += 1) color[place * 3 + part] = palette?.[index * 3 + part] ?? 0;
      alpha = key?.[index] ?? 255;
    } else {
      let keyed = key !== undefined && key.length >= components * 2;
      for (let part = 0; part < components; part += 1) {
        const value = sample(part);
        color[place * components + part] = depth === 8 ? value : Math.round((value * 255) / most);
        keyed = keyed && key?.readUInt16BE(part * 2) === value;
      }
      if (colorType === 4 || colorType === 6) alpha = Math.round((sample(components) * 255) / most);
      else if (keyed) alpha = 0;
    }
    mask[place] = alpha;
    if (alpha !== 255) opaque = false;
  });
  return {
    width,
    height,
    color,
    components,
    mask: opaque ? undefined : mask,
    density: chunks.density,
  };
}

/** Width and height in pixels by the header alone. Throws Failure `signing-image-invalid`. */
export function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 33 || view.toString('latin1', 1, 4) !== 'PNG') throw invalid('signature');
  return readHeader(view.subarray(16, 29));
}

/** Reads a PNG of any kind. Throws Failure `signing-image-invalid` or `signing-image-too-large`. */
export function readPng(bytes: Uint8Array): PdfImage {
  const { color, mask, ...rest } = readPngPixels(bytes);
  return { ...rest, color: deflateSync(color), mask: mask === undefined ? undefined : deflateSync(mask) };
}
