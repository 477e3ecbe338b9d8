// Marks look the same whatever draws the page: poppler, MuPDF and pdf.js, as annotations and as part of the page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExportedMark, markKinds } from '../../preload/contract/annotation';
import { bytesSource } from '../../preload/contract/byte-source';
import { asSha256 } from '../../preload/contract/ids';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import { shippedFont } from '../signing';
import { flattenIncrement } from './flatten';
import { everyKind, pictureSha, sampleMark } from './marks.fixture';
import { redPixel } from './red-pixel.fixture';
import { markIncrement } from './write';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-parity-'));

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** Fine enough that a line snapped to pixels is off by one or two of them at most. */
const resolution = 144;
const reach = 2;

function readPgm(path: string): Picture {
  const bytes = readFileSync(path);
  const [head = '', w = '', h = ''] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 60)) ?? [];
  const [width, height] = [Number(w), Number(h)];
  return { width, height, grey: bytes.subarray(head.length, head.length + width * height) };
}

function byPoppler(name: string, page = 1): Picture {
  const pages = ['-f', `${page}`, '-l', `${page}`];
  execFileSync(
    'pdftoppm',
    ['-r', `${resolution}`, '-gray', '-cropbox', '-singlefile', ...pages, `${name}.pdf`, `${name}-p`],
    {
      cwd: folder,
    },
  );
  return readPgm(join(folder, `${name}-p.pgm`));
}

function byMupdf(name: string, page = 1): Picture {
  const out = `${name}-m.pgm`;
  execFileSync(
    'mutool',
    ['draw', '-q', '-r', `${resolution}`, '-c', 'gray', '-o', out, `${name}.pdf`, `${page}`],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  );
  return readPgm(join(folder, out));
}

async function byPdfjs(name: string, number = 1): Promise<Picture> {
  const data = new Uint8Array(readFileSync(join(folder, `${name}.pdf`)));
  const task = getDocument({ data, verbosity: 0, disableFontFace: true });
  const page = await (await task.promise).getPage(number);
  const viewport = page.getViewport({ scale: resolution / 72 });
  const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
  const { data: pixels } = context.getImageData(0, 0, width, height);
  await task.destroy();
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at * 4, at * 4 + 3);
    grey[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, grey };
}

/** How many pixels of a picture are lighter or darker than every pixel around that place in another. */
function strange(one: Picture, other: Picture): number {
  let count = 0;
  for (let y = reach; y < one.height - reach; y += 1) {
    for (let x = reach; x < one.width - reach; x += 1) {
      const grey = one.grey[y * one.width + x] ?? 0;
      let [low, high] = [255, 0];
      for (let dy = -reach; dy <= reach; dy += 1) {
        const from = (y + dy) * one.width + x - reach;
        for (let at = from; at <= from + 2 * reach; at += 1) {
          const near = other.grey[at] ?? 0;
          if (near < low) low = near;
          if (near > high) high = near;
        }
      }
      if (grey < low - 40 || grey > high + 40) count += 1;
    }
  }
  return count;
}

/** Pixels that differ, seen from both sides. */
function difference(one: Picture, other: Picture): number {
  expect([other.width, other.height]).toEqual([one.width, one.height]);
  return strange(one, other) + strange(other, one);
}

/** Black bars stand for the words of the page: every program has a font of its own for words without one. */
const bars = '0 g 100 700 90 8 re 100 640 200 8 re f';
const contents = { number: 4, body: `<< /Length ${bars.length} >>\nstream\n${bars}\nendstream` };

const marks: ExportedMark[] = [
  ...everyKind(),
  sampleMark('stamp', 300, 300, {
    picture: asSha256(pictureSha),
    id: '22222222-2222-4222-8222-222222222222',
  }),
  // Over the words of the page: they must stay black.
  sampleMark('highlight', 100, 696, { id: '33333333-3333-4333-8333-333333333333' }),
];

const cases = [
  ['upright', ''],
  ['turned', '/Rotate 90 '],
  ['upside-down', '/Rotate 180 /CropBox [20 30 575 800] '],
  ['moved', '/Rotate 270 /MediaBox [-100 200 495 1042] '],
] as const;

describe.each(cases)('marks on a page that is %s', (name, more) => {
  // A note's slip neither turns nor grows with its page (12.5.6.4), for some programs and not for others.
  const shown = marks
    .filter(({ kind }) => kind !== 'note' || more === '')
    // Words that no page shows get a number on a flattened one.
    .map((mark) => (mark.kind === 'text' || mark.kind === 'stamp' ? mark : { ...mark, text: '' }))
    .map((mark) => (mark.picture === null ? mark : { ...mark, text: '' }));
  const order = { marks: shown, pictures: new Map([[pictureSha, redPixel()]]) };
  const objects = pageObjects(more).map((one) => (one.number === contents.number ? contents : one));
  const source = samplePdf('table', objects);
  const put = (kind: string, increment: Uint8Array): void =>
    writeFileSync(join(folder, `${name}-${kind}.pdf`), Buffer.concat([source, increment]));
  beforeAll(() => {
    put('none', new Uint8Array());
    put('notes', markIncrement(bytesSource(source), order, shippedFont()).increment);
    put('flat', flattenIncrement(bytesSource(source), order, shippedFont()).increment);
    put('words', flattenIncrement(bytesSource(source), { ...order, marks }, shippedFont()).increment);
  });

  it('are drawn by poppler, MuPDF and pdf.js alike', async () => {
    const poppler = byPoppler(`${name}-notes`);
    // There is something to see.
    expect(difference(byPoppler(`${name}-none`), poppler)).toBeGreaterThan(10_000);
    expect(difference(poppler, byMupdf(`${name}-notes`))).toBeLessThan(200);
    expect(difference(poppler, await byPdfjs(`${name}-notes`))).toBeLessThan(200);
  }, 120_000);

  it.each([1, 2])(
    'are drawn alike with the numbers and the words of notes (page %i)',
    async (page) => {
      const poppler = byPoppler(`${name}-words`, page);
      expect(difference(poppler, byMupdf(`${name}-words`, page))).toBeLessThan(200);
      expect(difference(poppler, await byPdfjs(`${name}-words`, page))).toBeLessThan(200);
    },
    120_000,
  );

  it('look as part of the page as they look over it', () => {
    expect(difference(byPoppler(`${name}-notes`), byPoppler(`${name}-flat`))).toBeLessThan(20);
  }, 120_000);
});

it('a highlight whose lines lie over each other, whichever way they go, is one colour', () => {
  const quads = [
    [100, 520, 300, 520, 100, 500, 300, 500],
    [100, 506, 300, 506, 100, 486, 300, 486],
    // From right to left, as a selection on a turned page may give it.
    [300, 492, 100, 492, 300, 472, 100, 472],
  ];
  const source = samplePdf('table');
  const order = { marks: [sampleMark('highlight', 0, 0, { quads, text: '' })], pictures: new Map() };
  const { increment } = markIncrement(bytesSource(source), order, shippedFont());
  writeFileSync(join(folder, 'stripes-notes.pdf'), Buffer.concat([source, increment]));
  const { width, height, grey } = byPoppler('stripes-notes');
  const shades = new Set<number | undefined>();
  for (let y = 476; y < 516; y += 1)
    shades.add(grey[Math.round(height - (y * height) / 842) * width + Math.round((200 * width) / 595)]);
  expect(shades.size).toBe(1);
  expect([...shades][0]).toBeLessThan(250);
});

it('every kind is among them', () => {
  expect(new Set(marks.map(({ kind }) => kind))).toEqual(new Set(markKinds));
});
