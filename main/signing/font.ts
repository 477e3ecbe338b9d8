// Sets lines of text in an embedded subset of a TrueType font: widths, glyph codes, and the PDF objects of the font.
// It places nothing on a page.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Increment, PdfRef } from '../pdf';
import { refSyntax } from '../pdf';
import type { TrueTypeFont } from './truetype';

/** The base font's name; it has the widths of Times New Roman, which NĐ 30 asks for. */
const FONT_NAME = 'Tinos';

const ALWAYS = '0123456789/:;+ ';

interface BuiltSubset {
  readonly file: Uint8Array;
  readonly length: number;
  readonly widths: string;
  readonly toUnicode: Uint8Array;
  readonly tag: string;
}

/** Texts to be drawn with one font, gathered first, so that one subset serves them all. */
export class FontUse {
  private readonly codes = new Map<number, number>();
  private readonly lacking = new Set<string>();

  constructor(
    readonly font: TrueTypeFont,
    private readonly name = FONT_NAME,
  ) {}

  /** True once a character was asked for that the font does not have. */
  get missing(): boolean {
    return this.lacking.size > 0;
  }

  /** The characters asked for that the font does not have, in the order they came: each shows as a box. */
  get unshown(): readonly string[] {
    return [...this.lacking];
  }

  private glyphs(text: string): number[] {
    return [...text.normalize('NFC')].map((char) => {
      const glyph = this.font.glyphOf(char.codePointAt(0) ?? 0);
      if (glyph === 0) this.lacking.add(char);
      return glyph;
    });
  }

  /** Width of a text in points. */
  widthOf(text: string, size: number): number {
    const units = this.glyphs(text).reduce((sum, glyph) => sum + this.font.advanceOf(glyph), 0);
    return (units * size) / this.font.unitsPerEm;
  }

  /** The text as a hexadecimal string of two-byte codes, for Tj. */
  show(text: string): string {
    let hex = '';
    // Every subset has the digits: the next document of a batch, a second later, then needs no new one.
    const first = this.codes.size === 0 ? ALWAYS : '';
    for (const char of first) this.codeOf(char);
    for (const char of text.normalize('NFC')) hex += this.codeOf(char).toString(16).padStart(4, '0');
    return `<${hex}>`;
  }

  /** One code a character, not a glyph: two characters that share a glyph must still extract apart. */
  private codeOf(char: string): number {
    const codePoint = char.codePointAt(0) ?? 0;
    if (this.font.glyphOf(codePoint) === 0) this.lacking.add(char);
    const known = this.codes.get(codePoint) ?? this.codes.size + 1;
    this.codes.set(codePoint, known);
    return known;
  }

  /** Writes the font's objects (9.7) and returns the reference of the Type 0 font. */
  put(increment: Increment): PdfRef {
    const { font } = this;
    const built = builtSubset(font, [...this.codes.keys()]);
    const name = `${built.tag}+${this.name}`;
    const scaled = (units: number): number => Math.round((units * 1000) / font.unitsPerEm);
    const [file, descriptor, descendant, toUnicode, type0] = [1, 2, 3, 4, 5].map(() => increment.allocate());
    if (!file || !descriptor || !descendant || !toUnicode || !type0) throw new RangeError('five references');
    increment.putStream(file, `/Filter /FlateDecode /Length1 ${built.length}`, built.file);
    increment.put(
      descriptor,
      `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [${font.box.map(scaled).join(' ')}] ` +
        `/ItalicAngle 0 /Ascent ${scaled(font.ascent)} /Descent ${scaled(font.descent)} ` +
        `/CapHeight ${scaled(font.capHeight)} /StemV 80 /FontFile2 ${refSyntax(file)} >>`,
    );
    increment.put(
      descendant,
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} ` +
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ' +
        `/FontDescriptor ${refSyntax(descriptor)} /DW 1000 /W [${built.widths}] /CIDToGIDMap /Identity >>`,
    );
    increment.putStream(toUnicode, '/Filter /FlateDecode', built.toUnicode);
    increment.put(
      type0,
      `<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H ` +
        `/DescendantFonts [${refSyntax(descendant)}] /ToUnicode ${refSyntax(toUnicode)} >>`,
    );
    return type0;
  }
}

/** Subsets of the last texts: a batch draws the same letters again and again. */
const recent = new Map<string, BuiltSubset>();
const fontIds = new WeakMap<TrueTypeFont, number>();
let fontCount = 0;

function fontId(font: TrueTypeFont): number {
  const known = fontIds.get(font);
  if (known !== undefined) return known;
  fontCount += 1;
  fontIds.set(font, fontCount);
  return fontCount;
}

function builtSubset(font: TrueTypeFont, codePoints: readonly number[]): BuiltSubset {
  const key = `${fontId(font)}:${String.fromCodePoint(...codePoints)}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const built = buildSubset(font, codePoints);
  if (recent.size >= 16) recent.delete(recent.keys().next().value ?? '');
  recent.set(key, built);
  return built;
}

function utf16Hex(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return [...Array(text.length).keys()]
    .map((index) => text.charCodeAt(index).toString(16).padStart(4, '0'))
    .join('');
}

function toUnicodeMap(codePoints: readonly number[]): string {
  const lines = codePoints.map(
    (codePoint, index) => `<${(index + 1).toString(16).padStart(4, '0')}> <${utf16Hex(codePoint)}>`,
  );
  const blocks: string[] = [];
  // A bfchar block holds at most 100 lines (Adobe technical note 5014).
  for (let start = 0; start < lines.length; start += 100) {
    const block = lines.slice(start, start + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n' +
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n' +
    `1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks.join('\n')}\n` +
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
  );
}

function buildSubset(font: TrueTypeFont, codePoints: readonly number[]): BuiltSubset {
  const glyphs = codePoints.map((codePoint) => font.glyphOf(codePoint));
  const file = font.subset(glyphs);
  const widths = glyphs.map((glyph) => Math.round((font.advanceOf(glyph) * 1000) / font.unitsPerEm));
  const digest = createHash('sha256').update(file).digest();
  return {
    file: deflateSync(file),
    length: file.length,
    widths: `1 [${widths.join(' ')}]`,
    toUnicode: deflateSync(Buffer.from(toUnicodeMap(codePoints), 'latin1')),
    // 9.9.2: six capital letters, different for different subsets.
    tag: String.fromCharCode(...digest.subarray(0, 6).map((byte) => 65 + (byte % 26))),
  };
}
