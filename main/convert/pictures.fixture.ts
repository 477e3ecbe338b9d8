// Pictures for tests, made sample by sample, and what poppler shows of a PDF. It uses nothing of the code under test.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

export type Rgb = readonly [number, number, number];
export const cell = 10;
export const columns = 8;
export const rows = 12;
export const width = columns * cell;
export const height = rows * cell;

/** No two cells have one colour, so that a turned or mirrored picture is seen. */
export function colourOf(column: number, row: number): Rgb {
  return [20 + column * 30, 10 + row * 20, (column * 97 + row * 53) % 256];
}

export const pixelAt = (x: number, y: number): Rgb => colourOf(Math.floor(x / cell), Math.floor(y / cell));

/** Plain samples of the picture, a byte each. */
export function rgbSamples(): Uint8Array {
  const out = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    out.set(pixelAt(at % width, Math.floor(at / width)), at * 3);
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

export interface PngWish {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  /** Rows with their filter bytes, unpacked. */
  readonly data: Uint8Array;
  readonly interlaced?: boolean;
  readonly extra?: readonly (readonly [string, Uint8Array])[];
}

export function pngOf(wish: PngWish): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(wish.width, 0);
  header.writeUInt32BE(wish.height, 4);
  header.set([wish.depth, wish.colorType, 0, 0, wish.interlaced === true ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(wish.extra ?? []).map(([type, data]) => chunk(type, data)),
    chunk('IDAT', deflateSync(wish.data)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** Rows of whole bytes with filter 0 before each. */
export function unfiltered(samples: Uint8Array, rowBytes: number): Uint8Array {
  const count = samples.length / rowBytes;
  const out = new Uint8Array(count * (rowBytes + 1));
  for (let row = 0; row < count; row += 1) {
    out.set(samples.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return out;
}

export function pngPicture(extra: PngWish['extra'] = []): Uint8Array {
  return pngOf({ width, height, depth: 8, colorType: 2, data: unfiltered(rgbSamples(), width * 3), extra });
}

export type Tags = Readonly<Record<number, readonly number[]>>;

/** A TIFF of pages; each value is a LONG, strips are placed behind the directories. */
export function tiffOf(
  pages: readonly { readonly tags: Tags; readonly strips: readonly Uint8Array[] }[],
): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let size = 8;
  let linkAt = 4;
  const links: (readonly [number, number])[] = [];
  const push = (bytes: Uint8Array): number => {
    const at = size;
    parts.push(Buffer.from(bytes));
    size += bytes.length;
    return at;
  };
  for (const { tags, strips } of pages) {
    const offsets = strips.map(push);
    const all: Tags = { ...tags, 273: offsets, 279: strips.map((strip) => strip.length) };
    const entries = Object.entries(all).sort(([a], [b]) => Number(a) - Number(b));
    const body = Buffer.alloc(2 + entries.length * 12 + 4);
    body.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, values], index) => {
      const at = 2 + index * 12;
      const bytes = Buffer.from(Uint32Array.from(values).buffer);
      body.writeUInt16LE(Number(tag), at);
      body.writeUInt16LE(4, at + 2);
      body.writeUInt32LE(values.length, at + 4);
      body.writeUInt32LE(values.length === 1 ? (values[0] ?? 0) : push(bytes), at + 8);
    });
    const at = push(body);
    links.push([linkAt, at]);
    linkAt = at + body.length - 4;
  }
  const file = Buffer.concat(parts);
  for (const [place, value] of links) file.writeUInt32LE(value, place);
  return file;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-convert-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Shown {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Rgb;
}

/** A page as poppler shows it at 200 dpi. */
export function shown(pdf: Uint8Array, page = 1): Shown {
  const ppm = inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    const pages = ['-f', String(page), '-l', String(page), '-singlefile'];
    execFileSync('pdftoppm', ['-r', '200', '-aa', 'no', ...pages, 'a.pdf', 'a'], {
      cwd: folder,
      stdio: 'pipe',
    });
    return readFileSync(join(folder, 'a.ppm'));
  });
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40));
  const wide = Number(head?.[1]);
  const from = head?.[0].length ?? 0;
  return {
    width: wide,
    height: Number(head?.[2]),
    at(x, y) {
      const place = from + (Math.floor(y) * wide + Math.floor(x)) * 3;
      return [ppm[place] ?? 0, ppm[place + 1] ?? 0, ppm[place + 2] ?? 0];
    },
  };
}

/** The first page of a PDF as a picture of another program: `-jpeg`, `-jpegcmyk`, `-tiff` with their options. */
export function pictureBy(pdf: Uint8Array, ...options: readonly string[]): Buffer {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', '200', '-singlefile', ...options, 'a.pdf', 'a'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const ending = options.includes('-tiff') ? 'tif' : 'jpg';
    return readFileSync(join(folder, `a.${ending}`));
  });
}

/** What qpdf says: its exit code and words. */
export function qpdfCheck(pdf: Uint8Array): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    return execFileSync('qpdf', ['--check', 'a.pdf'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  });
}
