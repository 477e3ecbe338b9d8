// A PNG (ISO/IEC 15948) as a picture: its packed rows go into the PDF unchanged where a PDF knows them; interlaced and
// transparent ones are unpacked, and what is transparent is laid on white.
import { deflateSync, inflateSync } from 'node:zlib';
import type { ByteSource } from '../../preload/contract/byte-source';
import { codeOf, Failure } from '../../preload/contract/failure';
import { type PngPixels, readPngPixels } from '../signing/png';
import { checkSize, damaged, dpiOf, limits, type Picture } from './picture';
import { take } from './tiff-directory';

interface Chunks {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly interlaced: boolean;
  readonly transparent: boolean;
  readonly palette: Buffer | undefined;
  readonly dpi: readonly [number, number] | undefined;
  readonly data: Buffer;
}

const componentsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depthsOf: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function readChunks(file: Buffer): Chunks {
  if (file.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw damaged('no PNG');
  const named = new Map<string, Buffer>();
  const data: Buffer[] = [];
  let ended = false;
  for (let at = 8; at + 12 <= file.length && !ended; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > file.length) throw damaged('cut off');
    const chunk = file.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') data.push(chunk);
    else if (!named.has(type)) named.set(type, chunk);
    ended = type === 'IEND';
    at += 12 + length;
  }
  const header = named.get('IHDR');
  if (header?.length !== 13 || data.length === 0 || !ended) throw damaged('chunks');
  const [depth = 0, colorType = 0, packing, filter, interlace] = header.subarray(8);
  if (depthsOf[colorType]?.includes(depth) !== true || packing !== 0 || filter !== 0) throw damaged('IHDR');
  const physical = named.get('pHYs');
  const metres = physical?.length === 9 && physical[8] === 1;
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    depth,
    colorType,
    interlaced: interlace === 1,
    transparent: colorType === 4 || colorType === 6 || named.has('tRNS'),
    palette: named.get('PLTE'),
    dpi: metres ? dpiOf(physical.readUInt32BE(0) * 0.0254, physical.readUInt32BE(4) * 0.0254) : undefined,
    data: Buffer.concat(data),
  };
}

/** The rows are looked over: as many as there should be, each with a filter that exists. */
function checkRows(packed: Buffer, rowBytes: number, height: number): void {
  const total = (rowBytes + 1) * height;
  let rows: Buffer;
  try {
    rows = inflateSync(packed, { maxOutputLength: total + 65_536 });
  } catch (error) {
    throw damaged('IDAT', error);
  }
  if (rows.length < total) throw damaged('too few rows');
  for (let at = 0; at < total; at += rowBytes + 1) if ((rows[at] ?? 0) > 4) throw damaged('row filter');
}

function colorSpaceOf({ colorType, palette }: Chunks): string {
  if (colorType === 2) return '/DeviceRGB';
  if (colorType === 0) return '/DeviceGray';
  if (palette === undefined || palette.length < 3 || palette.length > 768) throw damaged('palette');
  const count = Math.floor(palette.length / 3);
  return `[/Indexed /DeviceRGB ${count - 1} <${palette.toString('hex', 0, count * 3)}>]`;
}

function unpacked(bytes: Uint8Array): PngPixels {
  try {
    return readPngPixels(bytes);
  } catch (error) {
    throw codeOf(error) === 'signing-image-too-large'
      ? new Failure('convert-image-too-large', 'pixels', { cause: error })
      : damaged('pixels', error);
  }
}

/** Colour over white, by opacity. */
function onWhite({ color, mask, components }: PngPixels): Uint8Array {
  if (mask === undefined) return color;
  for (let at = 0; at < color.length; at += 1) {
    const opacity = mask[Math.floor(at / components)] ?? 255;
    color[at] = Math.round(((color[at] ?? 0) * opacity + 255 * (255 - opacity)) / 255);
  }
  return color;
}

/** A PNG file as a picture. Throws Failure `convert-image-damaged`, `convert-image-too-large`. */
export function readPngPicture(source: ByteSource): Picture {
  const bytes = take(source, 0, source.size);
  const chunks = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const { width, height, depth, colorType } = chunks;
  checkSize(width, height);
  const components = componentsOf[colorType] ?? 1;
  const rowBytes = Math.ceil((width * components * depth) / 8);
  if ((rowBytes + 1) * height > limits.sampleBytes) throw new Failure('convert-image-too-large', 'samples');
  const about = {
    width,
    height,
    orientation: 1,
    dpi: chunks.dpi,
    colour: ![0, 4].includes(colorType),
  } as const;
  if (chunks.interlaced || chunks.transparent) {
    const pixels = unpacked(bytes);
    const space = pixels.components === 1 ? '/DeviceGray' : '/DeviceRGB';
    const entries = `/ColorSpace ${space} /BitsPerComponent 8 /Filter /FlateDecode`;
    return { ...about, strips: [{ rows: height, entries, data: deflateSync(onWhite(pixels)) }] };
  }
  const space = colorSpaceOf(chunks);
  checkRows(chunks.data, rowBytes, height);
  const parameters = `<< /Predictor 15 /Colors ${components} /BitsPerComponent ${depth} /Columns ${width} >>`;
  const entries = `/ColorSpace ${space} /BitsPerComponent ${depth} /Filter /FlateDecode /DecodeParms ${parameters}`;
  return { ...about, strips: [{ rows: height, entries, data: chunks.data }] };
}
