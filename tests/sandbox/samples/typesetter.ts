// Sets text on A4 pages with the margins and sizes of NĐ 30/2020, phụ lục I: justified paragraphs, centred lines, rules and
// tables, page numbers from the second page on. It knows no document.
import fontkit from '@cantoo/fontkit';
import { PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib';
import { type Face, fontBytes } from './fonts';

const millimetre = 72 / 25.4;
export const pageSize = { width: 210 * millimetre, height: 297 * millimetre } as const;
export const margins = {
  top: 20 * millimetre,
  bottom: 20 * millimetre,
  left: 30 * millimetre,
  right: 18 * millimetre,
} as const;
export const textWidth = pageSize.width - margins.left - margins.right;

const black = rgb(0, 0, 0);
const leading = 1.22;

export interface ParagraphStyle {
  readonly face?: Face;
  readonly size?: number;
  readonly indent?: number;
  readonly after?: number;
  readonly left?: number;
}

export class Typesetter {
  #page: PDFPage;
  /** Base of the next free line, from the bottom of the page. */
  y = 0;

  private constructor(
    private readonly document: PDFDocument,
    private readonly fonts: Readonly<Record<Face, PDFFont>>,
  ) {
    this.#page = this.#newPage();
  }

  static async create(about: { title: string; author: string; made: Date }): Promise<Typesetter> {
    const document = await PDFDocument.create();
    document.registerFontkit(fontkit);
    document.setTitle(about.title);
    document.setAuthor(about.author);
    document.setProducer('Văn Thư sandbox');
    document.setCreator('Văn Thư sandbox');
    document.setLanguage('vi-VN');
    document.setCreationDate(about.made);
    document.setModificationDate(about.made);
    const embed = (face: Face): Promise<PDFFont> => document.embedFont(fontBytes(face), { subset: true });
    return new Typesetter(document, {
      regular: await embed('regular'),
      bold: await embed('bold'),
      italic: await embed('italic'),
      boldItalic: await embed('boldItalic'),
    });
  }

  get pages(): number {
    return this.document.getPageCount();
  }

  widthOf(text: string, face: Face, size: number): number {
    return this.fonts[face].widthOfTextAtSize(text, size);
  }

  /** One line, its left end at x. */
  text(text: string, x: number, y: number, face: Face, size: number, color = black): void {
    this.#page.drawText(text, { x, y, font: this.fonts[face], size, color });
  }

  centered(text: string, center: number, y: number, face: Face, size: number): void {
    this.text(text, center - this.widthOf(text, face, size) / 2, y, face, size);
  }

  rule(center: number, y: number, width: number): void {
    this.#page.drawLine({
      start: { x: center - width / 2, y },
      end: { x: center + width / 2, y },
      thickness: 0.7,
      color: black,
    });
  }

  /** A stamp of urgency: bright red bold capitals in a box of one line (phụ lục I, IV.2). */
  stamp(text: string, x: number, y: number, widthMm: number): void {
    const red = rgb(0.9, 0.07, 0.1);
    const [width, height] = [widthMm * millimetre, 8 * millimetre];
    this.#page.drawRectangle({ x, y, width, height, borderColor: red, borderWidth: 1.2 });
    const size = 13.5;
    this.text(
      text,
      x + (width - this.widthOf(text, 'bold', size)) / 2,
      y + height / 2 - size * 0.34,
      'bold',
      size,
      red,
    );
  }

  /** Words of a text in lines no wider than a width; the first line may be shorter. */
  lines(text: string, face: Face, size: number, width: number, indent = 0): string[] {
    const result: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      const room = result.length === 0 ? width - indent : width;
      if (line !== '' && this.widthOf(longer, face, size) > room) {
        result.push(line);
        line = word;
      } else line = longer;
    }
    return line === '' ? result : [...result, line];
  }

  /** Goes to a new page unless so many points are free. */
  require(height: number): void {
    if (this.y - height < margins.bottom) this.#page = this.#newPage();
  }

  space(points: number): void {
    this.y -= points;
  }

  paragraph(text: string, style: ParagraphStyle = {}): void {
    const { face = 'regular', size = 14, indent = 36, after = 6, left = 0 } = style;
    const width = textWidth - left;
    const lines = this.lines(text, face, size, width, indent);
    for (const [index, line] of lines.entries()) {
      this.require(size * leading);
      this.y -= size * leading;
      const x = margins.left + left + (index === 0 ? indent : 0);
      const room = index === 0 ? width - indent : width;
      this.#justified(line, x, room, face, size, index === lines.length - 1);
    }
    this.y -= after;
  }

  centeredBlock(text: string, face: Face, size: number, width = textWidth * 0.86): void {
    for (const line of this.lines(text, face, size, width)) {
      this.require(size * leading);
      this.y -= size * leading;
      this.centered(line, margins.left + textWidth / 2, this.y, face, size);
    }
  }

  /** A grid; the first row is its head. `shares` are the columns' parts of the text width. */
  table(rows: readonly (readonly string[])[], shares: readonly number[]): void {
    const size = 12;
    const [padding, lineHeight] = [4, size * 1.18];
    const total = shares.reduce((sum, share) => sum + share, 0);
    const widths = shares.map((share) => (share / total) * textWidth);
    this.space(2);
    for (const [index, row] of rows.entries()) {
      const face: Face = index === 0 ? 'bold' : 'regular';
      const cells = row.map((cell, column) =>
        this.lines(cell, face, size, (widths[column] ?? 0) - 2 * padding),
      );
      const height = Math.max(...cells.map((cell) => cell.length)) * lineHeight + 2 * padding;
      this.require(height);
      let x = margins.left;
      for (const [column, cell] of cells.entries()) {
        const width = widths[column] ?? 0;
        this.#page.drawRectangle({
          x,
          y: this.y - height,
          width,
          height,
          borderColor: black,
          borderWidth: 0.6,
        });
        const middle = index === 0 || /^[\d.,/%–-]+$/.test(row[column] ?? '');
        const top = this.y - padding - (height - 2 * padding - cell.length * lineHeight) / 2;
        for (const [number, line] of cell.entries()) {
          const y = top - (number + 0.82) * lineHeight;
          if (middle) this.centered(line, x + width / 2, y, face, size);
          else this.text(line, x + padding, y, face, size);
        }
        x += width;
      }
      this.y -= height;
    }
    this.space(10);
  }

  /** A text as the page's content shows it in hexadecimal; its letters must have been set already. */
  encoded(text: string, face: Face): string {
    return this.fonts[face].encodeText(text).asString();
  }

  /** The finished PDF, with a cross-reference stream or a classic table. */
  async finish(objectStreams: boolean): Promise<Uint8Array> {
    for (const [index, page] of this.document.getPages().entries()) {
      if (index === 0) continue;
      const text = String(index + 1);
      const x = (pageSize.width - this.widthOf(text, 'regular', 13)) / 2;
      page.drawText(text, {
        x,
        y: pageSize.height - 14 * millimetre,
        font: this.fonts.regular,
        size: 13,
        color: black,
      });
    }
    return this.document.save({ useObjectStreams: objectStreams });
  }

  #newPage(): PDFPage {
    this.#page = this.document.addPage([pageSize.width, pageSize.height]);
    this.y = pageSize.height - margins.top;
    return this.#page;
  }

  #justified(line: string, x: number, width: number, face: Face, size: number, last: boolean): void {
    const words = line.split(' ');
    const free = width - this.widthOf(line, face, size);
    if (last || words.length < 2 || free > width * 0.3) {
      this.text(line, x, this.y, face, size);
      return;
    }
    const blank = this.widthOf(' ', face, size) + free / (words.length - 1);
    let at = x;
    for (const [index, word] of words.entries()) {
      // The blank is drawn too, so that extracted text has its words apart.
      this.text(index === words.length - 1 ? word : `${word} `, at, this.y, face, size);
      at += this.widthOf(word, face, size) + blank;
    }
  }
}
