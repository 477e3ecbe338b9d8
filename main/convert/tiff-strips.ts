// The strips of one TIFF picture as a PDF can carry them: fax and JPEG data unchanged, everything else unpacked and deflated.
// It reads no directory.
import { deflateSync, inflateSync } from 'node:zlib';
import { Failure } from '../../preload/contract/failure';
import { decodeLzw } from '../pdf/lzw';
import { jpegStrip } from './jpeg';
import { damaged, limits, type Strip, unsupported } from './picture';

/** What the tags of a picture say, checked. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly bits: 1 | 2 | 4 | 8 | 16;
  readonly samples: number;
  /** Samples behind the colour: 0 none, 1 premultiplied opacity, 2 opacity, 3 meaningless. */
  readonly extra: 0 | 1 | 2 | 3;
  readonly compression: number;
  readonly photometric: number;
  readonly fillOrder: number;
  readonly predictor: number;
  readonly faxOptions: number;
  readonly little: boolean;
  readonly palette: Uint8Array | undefined;
  readonly jpegTables: Uint8Array | undefined;
}

/** A strip as it lies in the file, with the rows it stands for. */
export interface RawStrip {
  readonly rows: number;
  readonly data: Uint8Array;
}

const reversed = Uint8Array.from({ length: 256 }, (_, byte) => {
  let out = 0;
  for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) out |= 128 >> bit;
  return out;
});

function inOrder(data: Uint8Array, fillOrder: number): Uint8Array {
  return fillOrder === 2 ? data.map((byte) => reversed[byte] ?? 0) : data;
}

/** TIFF 6.0, section 9. */
function unpackBits(data: Uint8Array, limit: number): Uint8Array {
  const out = new Uint8Array(limit);
  let size = 0;
  for (let at = 0; at < data.length && size < limit; ) {
    const head = ((data[at] ?? 0) << 24) >> 24;
    at += 1;
    if (head === -128) continue;
    const count = Math.min(head >= 0 ? head + 1 : 1 - head, limit - size);
    if (head >= 0) {
      const run = data.subarray(at, at + count);
      out.set(run, size);
      size += run.length;
      if (run.length < count) break;
      at += head + 1;
    } else {
      out.fill(data[at] ?? 0, size, size + count);
      size += count;
      at += 1;
    }
  }
  return out.subarray(0, size);
}

function unpack(data: Uint8Array, { compression, fillOrder }: TiffLayout, length: number): Uint8Array {
  // Encoders may pad the last strip; a little more than expected is no damage.
  const limit = length + 65_536;
  try {
    switch (compression) {
      case 1:
        return inOrder(data, fillOrder);
      case 5:
        // The bits of the LZW of before 1989 stand the other way round: its clear code begins with a zero byte.
        if (data[0] === 0 && ((data[1] ?? 0) & 1) === 1) throw unsupported('LZW of before TIFF 5.0');
        return decodeLzw(data, true, limit);
      case 8:
      case 32946:
        return inflateSync(data, { maxOutputLength: limit });
      case 32773:
        return unpackBits(data, limit);
      default:
        throw unsupported(`compression ${compression}`);
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'convert-image-kind') throw error;
    throw damaged('strip', error);
  }
}

function undoDifferences(rows: Uint8Array, rowBytes: number, { bits, samples, little }: TiffLayout): void {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.length);
  const size = bits / 8;
  for (let row = 0; row < rows.length; row += rowBytes) {
    for (let at = row + samples * size; at + size <= row + rowBytes; at += size) {
      if (bits === 8) rows[at] = (rows[at] ?? 0) + (rows[at - samples] ?? 0);
      else {
        const left = view.getUint16(at - samples * 2, little);
        view.setUint16(at, (view.getUint16(at, little) + left) & 0xffff, little);
      }
    }
  }
}

/** Drops the samples behind the colour; opacity is laid on white. */
function onlyColour(rows: Uint8Array, { samples, extra }: TiffLayout): Uint8Array {
  const colours = samples - 1;
  const count = Math.floor(rows.length / samples);
  const out = new Uint8Array(count * colours);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const opacity = rows[pixel * samples + colours] ?? 255;
    for (let part = 0; part < colours; part += 1) {
      const value = rows[pixel * samples + part] ?? 0;
      const white = 255 - opacity;
      const shown =
        extra === 3 ? value : extra === 1 ? value + white : Math.round((value * opacity) / 255) + white;
      out[pixel * colours + part] = Math.min(255, shown);
    }
  }
  return out;
}

function swapBytes(rows: Uint8Array): void {
  Buffer.from(rows.buffer, rows.byteOffset, rows.length & ~1).swap16();
}

function colorSpace({ photometric, palette, bits }: TiffLayout): string {
  switch (photometric) {
    case 0:
      return '/ColorSpace /DeviceGray /Decode [1 0]';
    case 1:
      return '/ColorSpace /DeviceGray';
    case 2:
      return '/ColorSpace /DeviceRGB';
    case 3: {
      if (palette === undefined || bits > 8) throw damaged('palette');
      const hex = Buffer.from(palette).toString('hex');
      return `/ColorSpace [/Indexed /DeviceRGB ${2 ** bits - 1} <${hex}>]`;
    }
    case 5:
      return '/ColorSpace /DeviceCMYK';
    default:
      throw unsupported(`photometric ${photometric}`);
  }
}

function plainStrip(layout: TiffLayout, strips: Iterable<RawStrip>): Strip {
  const { width, height, bits, samples, extra, predictor, little } = layout;
  const rowBytes = Math.ceil((width * samples * bits) / 8);
  const total = rowBytes * height;
  if (total > limits.sampleBytes) throw new Failure('convert-image-too-large', 'samples');
  if (extra !== 0 && bits !== 8) throw unsupported('opacity that is not of 8 bits');
  if (predictor === 2 && bits < 8) throw unsupported('differences of bits');
  if (predictor > 2) throw unsupported(`predictor ${predictor}`);
  const all = new Uint8Array(total);
  let at = 0;
  for (const { rows, data } of strips) {
    const length = rows * rowBytes;
    const part = unpack(data, layout, length);
    if (part.length < length) throw damaged('strip too short');
    all.set(part.subarray(0, length), at);
    at += length;
  }
  if (predictor === 2) undoDifferences(all, rowBytes, layout);
  if (bits === 16 && little) swapBytes(all);
  const shown = extra === 0 ? all : onlyColour(all, layout);
  const entries = `${colorSpace(layout)} /BitsPerComponent ${bits} /Filter /FlateDecode`;
  return { rows: height, entries, data: deflateSync(shown) };
}

/** Fax data (T.4, T.6): black and white are said by the tags, not by the data. */
function faxStrip(layout: TiffLayout, { rows, data }: RawStrip): Strip {
  const { compression, faxOptions, photometric, width, fillOrder } = layout;
  if (layout.bits !== 1 || layout.samples !== 1 || photometric > 1) throw unsupported('fax with colours');
  if ((faxOptions & 2) !== 0) throw unsupported('fax without compression');
  const coding =
    compression === 4
      ? '/K -1'
      : compression === 3
        ? `/K ${faxOptions & 1} /EndOfLine true`
        : '/K 0 /EncodedByteAlign true';
  const black = photometric === 1 ? ' /BlackIs1 true' : '';
  const parameters = `<< ${coding} /Columns ${width} /Rows ${rows} /EndOfBlock false${black} >>`;
  return {
    rows,
    entries: `/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms ${parameters}`,
    data: inOrder(data, fillOrder),
  };
}

/** A strip's JPEG is joined with the tables that stand once for all (TIFF technical note 2). */
function wholeJpeg(data: Uint8Array, tables: Uint8Array | undefined): Uint8Array {
  if (tables === undefined) return data;
  const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isJpeg(data) || !isJpeg(tables) || tables.length < 4) throw damaged('JPEG tables');
  return Buffer.concat([tables.subarray(0, tables.length - 2), data.subarray(2)]);
}

function jpegStripOf(layout: TiffLayout, { rows, data }: RawStrip): Strip {
  const transform = layout.photometric === 6 ? 1 : layout.photometric === 2 ? 0 : undefined;
  const whole = wholeJpeg(data, layout.jpegTables);
  const { headers, entries, data: kept } = jpegStrip(whole, transform);
  if (headers.width !== layout.width || headers.height !== rows || headers.components !== layout.samples) {
    throw damaged('JPEG of another size');
  }
  return { rows, entries, data: kept };
}

/** Throws Failure `convert-image-damaged`, `convert-image-kind`, `convert-image-too-large`. */
export function pdfStrips(layout: TiffLayout, strips: readonly RawStrip[]): Strip[] {
  switch (layout.compression) {
    case 2:
    case 3:
    case 4:
      return strips.map((strip) => faxStrip(layout, strip));
    case 7:
      return strips.map((strip) => jpegStripOf(layout, strip));
    default:
      return [plainStrip(layout, strips)];
  }
}
