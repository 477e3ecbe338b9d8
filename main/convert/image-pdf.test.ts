// Pictures into PDF, looked at as poppler shows them and held against the samples they were made of.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { openPdf } from '../pdf';
import { type ImagePdf, writeImagePdf } from './image-pdf';
import {
  cell,
  colourOf,
  columns,
  height,
  pictureBy,
  pngOf,
  pngPicture,
  qpdfCheck,
  type Rgb,
  rgbSamples,
  rows,
  shown,
  type Tags,
  tiffOf,
  unfiltered,
  width,
} from './pictures.fixture';

async function made(...files: readonly Uint8Array[]): Promise<ImagePdf & { readonly pdf: Buffer }> {
  const parts: Uint8Array[] = [];
  const about = await writeImagePdf(files.map(bytesSource), async (bytes) => {
    parts.push(Uint8Array.from(bytes));
  });
  return { ...about, pdf: Buffer.concat(parts) };
}

async function refusal(...files: readonly Uint8Array[]): Promise<string> {
  return made(...files).then(
    () => 'made',
    (error: unknown) => codeOf(error),
  );
}

// Poppler is asked many times, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 });

type Cells = (column: number, row: number) => Rgb;

/** The middle of every cell has its colour; the picture stands in the middle of the page at 200 dpi. */
function expectCells(
  pdf: Uint8Array,
  page: number,
  across: number,
  down: number,
  cells: Cells,
  off = 0,
): void {
  const seen = shown(pdf, page);
  const left = (seen.width - across * cell) / 2;
  const top = (seen.height - down * cell) / 2;
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const found = seen.at(left + (column + 0.5) * cell, top + (row + 0.5) * cell);
      const wanted = cells(column, row);
      const far = Math.max(...found.map((value, part) => Math.abs(value - (wanted[part] ?? 0))));
      expect([column, row, far <= off ? wanted : found]).toEqual([column, row, wanted]);
    }
  }
  expect(seen.at(2, 2)).toEqual([255, 255, 255]);
}

const rgbTags: Tags = { 256: [width], 257: [height], 258: [8, 8, 8], 262: [2], 277: [3] };
const plainTiff = (more: Tags, strips: readonly Uint8Array[]) =>
  tiffOf([{ tags: { ...rgbTags, ...more }, strips }]);

/** Samples as differences to the left, as TIFF's predictor 2 keeps them. */
function differences(samples: Uint8Array): Uint8Array {
  return samples.map((value, at) => (at % (width * 3) < 3 ? value : value - (samples[at - 3] ?? 0)));
}

/** A JPEG with an EXIF part that holds nothing but the orientation. */
function turnedBy(jpeg: Uint8Array, orientation: number): Uint8Array {
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  exif.writeUInt16BE(orientation, exif.length - 8);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

describe('a picture on a page', () => {
  it('shows each sample of a PNG where it was, whatever its kind', async () => {
    const { pdf, pages, dpi } = await made(pngPicture());
    expect([pages, dpi]).toEqual([1, 200]);
    expectCells(pdf, 1, columns, rows, colourOf);
  });

  it('shows palettes, grey of few bits, 16 bits and opacity over white', async () => {
    const palette = new Uint8Array(columns * rows * 3);
    const indexes = new Uint8Array(width * height);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1)
        palette.set(colourOf(column, row), (row * columns + column) * 3);
    }
    for (let at = 0; at < indexes.length; at += 1) {
      indexes[at] = Math.floor(Math.floor(at / width) / cell) * columns + Math.floor((at % width) / cell);
    }
    const size = { width, height };
    const indexed = pngOf({
      ...size,
      depth: 8,
      colorType: 3,
      data: unfiltered(indexes, width),
      extra: [['PLTE', palette]],
    });
    const wide = new Uint8Array(width * height * 6);
    rgbSamples().forEach((value, at) => {
      wide[at * 2] = value;
      wide[at * 2 + 1] = value;
    });
    const deep = pngOf({ ...size, depth: 16, colorType: 2, data: unfiltered(wide, width * 6) });
    const veiled = new Uint8Array(width * height * 4);
    rgbSamples().forEach((value, at) => {
      veiled[Math.floor(at / 3) * 4 + (at % 3)] = value;
    });
    for (let at = 3; at < veiled.length; at += 4) veiled[at] = 51;
    const open = pngOf({ ...size, depth: 8, colorType: 6, data: unfiltered(veiled, width * 4) });
    const bits = Uint8Array.from({ length: (width / 8) * height }, (_, at) =>
      Math.floor(at / 10 / cell) % 2 ? 255 : 0,
    );
    const bilevel = pngOf({ ...size, depth: 1, colorType: 0, data: unfiltered(bits, width / 8) });
    const { pdf, warnings } = await made(indexed, deep, open, bilevel);
    expectCells(pdf, 1, columns, rows, colourOf);
    expectCells(pdf, 2, columns, rows, colourOf, 1);
    const overWhite: Cells = (column, row) => {
      const [r, g, b] = colourOf(column, row);
      const mixed = (value: number): number => Math.round((value + 255 * 4) / 5);
      return [mixed(r), mixed(g), mixed(b)];
    };
    expectCells(pdf, 3, columns, rows, overWhite, 1);
    expectCells(pdf, 4, columns, rows, (_, row) => (row % 2 ? [255, 255, 255] : [0, 0, 0]));
    expect(warnings).toContain('convert-image-grey');
  });

  it('carries JPEG data unchanged: baseline, progressive and CMYK', async () => {
    const original = (await made(pngPicture())).pdf;
    for (const options of [['-jpeg'], ['-jpeg', '-jpegopt', 'progressive=y'], ['-jpegcmyk']]) {
      const jpeg = pictureBy(original, ...options);
      const { pdf, dpi, warnings } = await made(jpeg);
      expect(pdf.includes(jpeg)).toBe(true);
      expect([dpi, warnings]).toEqual([200, []]);
      // Poppler's own way from four colours to three is not exact; an inverted picture would be far off.
      expectCells(pdf, 1, columns, rows, colourOf, options[0] === '-jpegcmyk' ? 120 : 25);
    }
  });

  it('stands upright in all eight orientations', async () => {
    const original = (await made(pngPicture())).pdf;
    const crop = ['-x', '787', '-y', '1109', '-W', String(width), '-H', String(height)];
    const jpeg = pictureBy(original, '-jpeg', '-jpegopt', 'quality=100', ...crop);
    const lastColumn = columns - 1;
    const lastRow = rows - 1;
    /** Where the stored cell is that is shown at (column, row). */
    const stored: Readonly<Record<number, (x: number, y: number) => [number, number]>> = {
      1: (x, y) => [x, y],
      2: (x, y) => [lastColumn - x, y],
      3: (x, y) => [lastColumn - x, lastRow - y],
      4: (x, y) => [x, lastRow - y],
      5: (x, y) => [y, x],
      6: (x, y) => [y, lastRow - x],
      7: (x, y) => [lastColumn - y, lastRow - x],
      8: (x, y) => [lastColumn - y, x],
    };
    for (const [orientation, from] of Object.entries(stored)) {
      const { pdf } = await made(turnedBy(jpeg, Number(orientation)));
      const [across, down] = Number(orientation) >= 5 ? [rows, columns] : [columns, rows];
      expectCells(pdf, 1, across, down, (column, row) => colourOf(...from(column, row)), 25);
    }
  });

  it('is unpacked from every strip of a TIFF: plain, LZW, deflate, packed bits, differences, JPEG', async () => {
    const samples = rgbSamples();
    const half = samples.length / 2;
    const halves = [samples.subarray(0, half), samples.subarray(half)];
    const runs = (bytes: Uint8Array): Uint8Array =>
      Buffer.concat(
        Array.from({ length: bytes.length / 120 }, (_, at) =>
          Buffer.concat([Buffer.from([119]), bytes.subarray(at * 120, at * 120 + 120)]),
        ),
      );
    const files = [
      plainTiff({ 259: [1] }, [samples]),
      plainTiff(
        { 259: [8], 278: [height / 2] },
        halves.map((one) => deflateSync(one)),
      ),
      plainTiff({ 259: [32773], 278: [height / 2] }, halves.map(runs)),
      plainTiff({ 259: [8], 317: [2] }, [deflateSync(differences(samples))]),
    ];
    const { pdf, pages } = await made(...files);
    expect(pages).toBe(files.length);
    for (let page = 1; page <= files.length; page += 1) expectCells(pdf, page, columns, rows, colourOf);
    for (const kind of ['lzw', 'jpeg', 'deflate', 'packbits', 'none']) {
      const tiff = pictureBy(pdf, '-tiff', '-tiffcompression', kind);
      const again = await made(tiff);
      expect(again.dpi).toBe(200);
      expectCells(again.pdf, 1, columns, rows, colourOf, kind === 'jpeg' ? 25 : 0);
    }
  });

  it('keeps fax data of both photometrics and both bit orders as it is, and the pages of a TIFF in order', async () => {
    // Lines that begin with their change of colour three places before the end of the reference line: vertical codes alone.
    const side = 96;
    let bits = '';
    for (let row = 0; row < side; row += 1) {
      const before = row === 0 ? 0 : Math.min(row * 3, side);
      // VL3 at the edge of the white before, then V0 at the line's end.
      bits += before >= side ? '11' : '00000101';
    }
    // T.6: a0 is white to the left; each line is white up to side - 3 * (row + 1), black behind it.
    bits += '000000000001000000000001';
    const bytes = Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
      Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, '0'), 2),
    );
    const mirrored = bytes.map((byte) =>
      Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
    );
    const tags: Tags = { 256: [side], 257: [side], 258: [1], 259: [4], 277: [1] };
    const page = (more: Tags, strip: Uint8Array) => ({ tags: { ...tags, ...more }, strips: [strip] });
    const { pdf, pages } = await made(
      tiffOf([page({ 262: [0] }, bytes), page({ 262: [1] }, bytes), page({ 262: [0], 266: [2] }, mirrored)]),
    );
    expect(pages).toBe(3);
    const corner = (number: number): Rgb[] => {
      const seen = shown(pdf, number);
      const left = (seen.width - side) / 2;
      const top = (seen.height - side) / 2;
      return [seen.at(left + 3, top + 3), seen.at(left + side - 4, top + side / 2)];
    };
    const [white, black]: readonly Rgb[] = [
      [255, 255, 255],
      [0, 0, 0],
    ];
    expect(corner(1)).toEqual([white, black]);
    expect(corner(2)).toEqual([black, white]);
    expect(corner(3)).toEqual([white, black]);
  });
});

describe('the PDF of pictures', () => {
  it('is 1.7, is A4, is the same each time, and its table begins at 0 without a gap', async () => {
    const [first, second] = [await made(pngPicture(), pngPicture()), await made(pngPicture(), pngPicture())];
    expect(first.pdf.equals(second.pdf)).toBe(true);
    const text = first.pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.7\n')).toBe(true);
    const table = /\nxref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer/.exec(text);
    const count = Number(table?.[1]);
    const lines = table?.[2]?.match(/.{20}/gs) ?? [];
    expect(lines).toHaveLength(count);
    expect(lines[0]).toBe('0000000000 65535 f \n');
    lines.slice(1).forEach((line, index) => {
      expect(text.slice(Number(line.slice(0, 10))).startsWith(`${index + 1} 0 obj`)).toBe(true);
    });
    expect(qpdfCheck(first.pdf)).toContain('No syntax or stream encoding errors');
    const pages = [...openPdf(bytesSource(first.pdf)).pages()];
    expect(pages).toHaveLength(2);
    expect(text).toContain('/MediaBox [0 0 595.2756 841.8898]');
  });

  it('refuses what is no picture, what is cut off anywhere, and what is larger than any paper', async () => {
    expect(await refusal(Buffer.from('%PDF-1.7'))).toBe('convert-unknown-kind');
    const original = (await made(pngPicture())).pdf;
    const whole = [pngPicture(), pictureBy(original, '-jpeg'), plainTiff({ 259: [1] }, [rgbSamples()])];
    const ended = ['convert-image-damaged', 'convert-image-kind', 'convert-unknown-kind'];
    for (const file of whole) {
      for (let share = 1; share < 20; share += 1) {
        const cut = file.subarray(0, Math.floor((file.length * share) / 20));
        expect(ended).toContain(await refusal(cut));
      }
    }
    const huge = pngOf({ width: 60_000, height: 60_000, depth: 8, colorType: 2, data: new Uint8Array(10) });
    expect(await refusal(huge)).toBe('convert-image-too-large');
    expect(await refusal(plainTiff({ 256: [60_000], 257: [60_000] }, [new Uint8Array(10)]))).toBe(
      'convert-image-too-large',
    );
    const bomb = pngOf({ width: 10, height: 10, depth: 8, colorType: 0, data: new Uint8Array(50 << 20) });
    expect(await refusal(bomb)).toBe('convert-image-damaged');
  });

  it('refuses a TIFF whose directories go in a circle, share their strips, or use tiles', async () => {
    const circle = plainTiff({ 259: [1] }, [rgbSamples()]);
    const first = circle.readUInt32LE(4);
    circle.writeUInt32LE(first, first + 2 + circle.readUInt16LE(first) * 12);
    expect(await refusal(circle)).toBe('convert-image-damaged');
    expect(await refusal(plainTiff({ 322: [16] }, [rgbSamples()]))).toBe('convert-image-kind');
    const strip = Buffer.alloc(width * 3 * 10);
    const shared = tiffOf([{ tags: { ...rgbTags, 259: [1], 278: [1] }, strips: Array(height).fill(strip) }]);
    const lengths = Buffer.from(Uint32Array.from(Array(height).fill(shared.length)).buffer);
    shared.set(
      lengths,
      shared.indexOf(Buffer.from(Uint32Array.from(Array(height).fill(strip.length)).buffer)),
    );
    expect(await refusal(shared)).toBe('convert-image-damaged');
  });

  it('never ends in anything but a code, whatever the bytes of a picture are', async () => {
    const original = (await made(pngPicture())).pdf;
    const seeds = [
      pngPicture(),
      pictureBy(original, '-jpeg'),
      plainTiff({ 259: [5] }, [rgbSamples()]),
      tiffOf([{ tags: { ...rgbTags, 259: [1] }, strips: [rgbSamples()] }]),
    ];
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      value: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (seed, changes) => {
          const file = Uint8Array.from(seed);
          // Headers are where the meaning is: most changes go there.
          changes.forEach(({ at, value }, index) => {
            const end = index % 2 === 0 ? Math.min(file.length, 400) : file.length;
            file[Math.floor(at * (end - 1))] = value;
          });
          const code = await refusal(file);
          expect(code === 'made' || code.startsWith('convert-')).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
