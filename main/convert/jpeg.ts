// Reads the headers of a JPEG (ITU-T T.81, JFIF, EXIF) so that a PDF can carry its data unchanged. It decodes no sample.
import type { ByteSource } from '../../preload/contract/byte-source';
import { bytesSource } from '../../preload/contract/byte-source';
import {
  checkSize,
  damaged,
  dpiOf,
  type Orientation,
  orientationOf,
  type Picture,
  unsupported,
} from './picture';
import { densityOf, openDirectories, take } from './tiff-directory';

/** Frames that DCTDecode takes: baseline, extended and progressive Huffman coding (ISO 32000-1, 7.4.8). */
const decodable = [0xc0, 0xc1, 0xc2];
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

interface Headers {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly adobe: boolean;
  readonly orientation: Orientation;
  readonly dpi: readonly [number, number] | undefined;
  /** Behind the end marker: what cameras append is left out. */
  readonly end: number;
}

interface Found {
  frame?: { width: number; height: number; components: number };
  adobe: boolean;
  orientation: Orientation;
  jfif?: readonly [number, number] | undefined;
  exif?: readonly [number, number] | undefined;
}

function readFrame(marker: number, segment: Buffer): NonNullable<Found['frame']> {
  if (!decodable.includes(marker)) throw unsupported(`frame ${marker.toString(16)}`);
  if (segment.length < 6) throw damaged('frame');
  if (segment[0] !== 8) throw unsupported(`${segment[0]} bits a sample`);
  const components = segment[5] ?? 0;
  if (segment.length < 6 + components * 3) throw damaged('frame');
  if (![1, 3, 4].includes(components)) throw unsupported(`${components} components`);
  return { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3), components };
}

function readJfif(segment: Buffer): Found['jfif'] {
  if (segment.length < 12) return undefined;
  const unit = segment[7];
  const factor = unit === 1 ? 1 : unit === 2 ? 2.54 : 0;
  return dpiOf(segment.readUInt16BE(8) * factor, segment.readUInt16BE(10) * factor);
}

/** Orientation and density; an EXIF part that makes no sense says nothing and spoils nothing. */
function readExif(segment: Buffer, found: Found): void {
  try {
    const file = openDirectories(bytesSource(segment.subarray(6)));
    if (file === undefined) return;
    const directory = file.directory(file.first);
    found.orientation = orientationOf(directory.numbers(274)[0]);
    found.exif = dpiOf(...densityOf(directory));
  } catch {
    // The picture itself is whole: it is then shown upright as it is stored.
  }
}

function readSegment(marker: number, segment: Buffer, found: Found): void {
  if (isFrame(marker)) {
    if (found.frame !== undefined) throw unsupported('several frames');
    found.frame = readFrame(marker, segment);
  } else if (marker === 0xe0 && segment.toString('latin1', 0, 5) === 'JFIF\0') found.jfif = readJfif(segment);
  else if (marker === 0xe1 && segment.toString('latin1', 0, 6) === 'Exif\0\0') readExif(segment, found);
  else if (marker === 0xee && segment.toString('latin1', 0, 5) === 'Adobe') found.adobe = true;
}

/** The next marker at or behind `at` in entropy-coded data: stuffed zeros and restart markers belong to the data. */
function skipScan(file: Buffer, at: number): number {
  for (let place = file.indexOf(0xff, at); place >= 0; place = file.indexOf(0xff, place + 1)) {
    const next = file[place + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return place;
  }
  throw damaged('no end of image');
}

function readHeaders(file: Buffer): Headers {
  if (file[0] !== 0xff || file[1] !== 0xd8) throw damaged('no start of image');
  const found: Found = { adobe: false, orientation: 1 };
  let scans = 0;
  let at = 2;
  for (;;) {
    // Any number of fill bytes may stand before a marker (T.81, B.1.1.2).
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    const marker = file[at + 1];
    if (file[at] !== 0xff || marker === undefined) throw damaged('marker');
    if (marker === 0xd9) break;
    const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
    if (length < 2 || at + 2 + length > file.length) throw damaged('segment');
    readSegment(marker, file.subarray(at + 4, at + 2 + length), found);
    at += 2 + length;
    if (marker === 0xda) {
      scans += 1;
      at = skipScan(file, at);
      // A number of lines that comes behind the first scan is not known to every reader.
      if (file[at + 1] === 0xdc) throw unsupported('number of lines behind the data');
    }
  }
  if (found.frame === undefined || scans === 0) throw damaged('no picture');
  const { adobe, orientation, jfif, exif } = found;
  return { ...found.frame, adobe, orientation, dpi: exif ?? jfif, end: at + 2 };
}

const spaces: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' };

/**
 * The dictionary entries and the bytes of a JPEG inside a PDF. Adobe's programs store CMYK inverted and say so by their
 * marker. `transform`: /ColorTransform where a file around it knows better (TIFF).
 */
export function jpegStrip(
  bytes: Uint8Array,
  transform?: 0 | 1,
): { readonly headers: Headers; readonly entries: string; readonly data: Uint8Array } {
  const headers = readHeaders(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  checkSize(headers.width, headers.height);
  const inverted = headers.components === 4 && headers.adobe ? ' /Decode [1 0 1 0 1 0 1 0]' : '';
  const parameters = transform === undefined ? '' : ` /DecodeParms << /ColorTransform ${transform} >>`;
  return {
    headers,
    entries: `/ColorSpace ${spaces[headers.components]} /BitsPerComponent 8 /Filter /DCTDecode${parameters}${inverted}`,
    data: bytes.subarray(0, headers.end),
  };
}

/** A JPEG file as a picture. Throws Failure `convert-image-damaged`, `convert-image-kind`, `convert-image-too-large`. */
export function readJpeg(source: ByteSource): Picture {
  const { headers, entries, data } = jpegStrip(take(source, 0, source.size));
  const { width, height, orientation, dpi, components } = headers;
  return {
    width,
    height,
    orientation,
    dpi,
    colour: components > 1,
    strips: [{ rows: height, entries, data }],
  };
}
