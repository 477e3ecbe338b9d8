// Makes a PDF 1.7 of pictures, a page each, the same bytes for the same pictures: no date, no random identifier, and one
// table of all objects without gaps. It keeps one picture at a time and changes none of its samples that a PDF can carry.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { readJpeg } from './jpeg';
import { type ImageKind, imageKindOf } from './kind';
import { limits, type Picture } from './picture';
import { matrixOf, placePicture } from './placing';
import { readPngPicture } from './png';
import { readTiff } from './tiff';

export type Write = (bytes: Uint8Array) => Promise<void>;

export interface ImagePdf {
  readonly pages: number;
  /** Of the page with the fewest dots an inch. */
  readonly dpi: number;
  readonly warnings: readonly Code[];
}

const number = (value: number): string => value.toFixed(4).replace(/\.?0+$/, '');

/** Writes objects one behind the other; a number is given before its object is written. */
class Objects {
  readonly #offsets: number[] = [];
  readonly #hash = createHash('sha256');
  #size = 0;

  constructor(private readonly sink: Write) {}

  allocate(): number {
    this.#offsets.push(-1);
    return this.#offsets.length;
  }

  async raw(text: string | Uint8Array): Promise<void> {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    this.#hash.update(bytes);
    this.#size += bytes.length;
    await this.sink(bytes);
  }

  async put(id: number, body: string): Promise<void> {
    this.#offsets[id - 1] = this.#size;
    await this.raw(`${id} 0 obj\n${body}\nendobj\n`);
  }

  async putStream(id: number, entries: string, data: Uint8Array): Promise<void> {
    this.#offsets[id - 1] = this.#size;
    await this.raw(`${id} 0 obj\n<< ${entries} /Length ${data.length} >>\nstream\n`);
    await this.raw(data);
    await this.raw('\nendstream\nendobj\n');
  }

  async finish(root: number): Promise<void> {
    const identifier = this.#hash.copy().digest('hex').slice(0, 32);
    const start = this.#size;
    const rows = this.#offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const count = this.#offsets.length + 1;
    await this.raw(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${count} /Root ${root} 0 R /ID [<${identifier}> <${identifier}>] >>\n` +
        `startxref\n${start}\n%%EOF\n`,
    );
  }
}

function* picturesOf(source: ByteSource, kind: ImageKind): Generator<Picture> {
  if (source.size > limits.fileBytes) throw new Failure('convert-image-too-large', 'file');
  switch (kind) {
    case 'jpeg':
      yield readJpeg(source);
      return;
    case 'png':
      yield readPngPicture(source);
      return;
    case 'tiff':
      yield* readTiff(source);
  }
}

async function putPage(
  objects: Objects,
  parent: number,
  picture: Picture,
): Promise<[number, Code[], number]> {
  const placed = placePicture(picture);
  const page = objects.allocate();
  const content = objects.allocate();
  const images: number[] = [];
  const lines = [`q ${matrixOf(picture.orientation, placed).map(number).join(' ')} cm`];
  let top = 0;
  for (const { rows, entries, data } of picture.strips) {
    const image = objects.allocate();
    images.push(image);
    const size = `/Width ${picture.width} /Height ${rows}`;
    await objects.putStream(image, `/Type /XObject /Subtype /Image ${size} ${entries}`, data);
    const share = rows / picture.height;
    const below = 1 - (top + rows) / picture.height;
    const place = picture.strips.length === 1 ? '' : `1 0 0 ${share.toFixed(8)} 0 ${below.toFixed(8)} cm `;
    lines.push(`q ${place}/Im${images.length} Do Q`);
    top += rows;
  }
  await objects.putStream(content, '', Buffer.from([...lines, 'Q'].join('\n'), 'latin1'));
  const names = images.map((image, index) => `/Im${index + 1} ${image} 0 R`).join(' ');
  await objects.put(
    page,
    `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 ${placed.page.map(number).join(' ')}]` +
      ` /Resources << /XObject << ${names} >> >> /Contents ${content} 0 R >>`,
  );
  return [page, [...placed.warnings], placed.dpi];
}

/**
 * Writes the pictures of all files into one PDF; `onPage` hears of each page and may end it by throwing. Throws Failure `convert-unknown-kind`, `convert-image-damaged`,
 * `convert-image-kind`, `convert-image-too-large`, and what `write` throws.
 */
export async function writeImagePdf(
  sources: Iterable<ByteSource>,
  write: Write,
  onPage: (pages: number) => Promise<void> = async () => undefined,
): Promise<ImagePdf> {
  const objects = new Objects(write);
  const root = objects.allocate();
  const tree = objects.allocate();
  await objects.raw('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const pages: number[] = [];
  const warnings = new Set<Code>();
  let dpi = Number.POSITIVE_INFINITY;
  for (const source of sources) {
    const kind = imageKindOf(source);
    if (kind === undefined) throw new Failure('convert-unknown-kind', 'no picture');
    for (const picture of picturesOf(source, kind)) {
      if (pages.length >= limits.pages) throw new Failure('convert-image-too-large', 'pages');
      const [page, told, sharpness] = await putPage(objects, tree, picture);
      pages.push(page);
      await onPage(pages.length);
      for (const code of told) warnings.add(code);
      dpi = Math.min(dpi, sharpness);
    }
  }
  if (pages.length === 0) throw new Failure('convert-unknown-kind', 'no file');
  const kids = pages.map((page) => `${page} 0 R`).join(' ');
  await objects.put(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  await objects.put(root, `<< /Type /Catalog /Pages ${tree} 0 R >>`);
  await objects.finish(root);
  return { pages: pages.length, dpi, warnings: [...warnings] };
}
