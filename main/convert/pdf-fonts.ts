// The fonts a PDF uses, and which of those that its original asked for are not among them. It reads no glyph.
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { isDict, isName, openPdf, type PdfValue, type PdfView } from '../pdf';

const mostFonts = 500;

function baseFonts(view: PdfView, resources: PdfValue, names: Set<string>): void {
  if (!isDict(resources)) return;
  const fonts = view.get(resources, 'Font');
  if (!isDict(fonts)) return;
  for (const { value } of fonts.entries.values()) {
    const font = view.resolve(value);
    if (!isDict(font) || names.size >= mostFonts) continue;
    const name = view.get(font, 'BaseFont');
    if (isName(name)) names.add(Buffer.from(name.name, 'latin1').toString('utf8'));
  }
}

/** Names of the fonts in the pages' own resources, without the mark of a subset. Throws the reader's Failures. */
export function pdfFonts(source: ByteSource): readonly string[] {
  const view = openPdf(source);
  const names = new Set<string>();
  for (const page of view.pages()) baseFonts(view, page.inherited.Resources, names);
  return [...new Set([...names].map((name) => name.replace(/^[A-Z]{6}\+/, '')))];
}

/** TimesNewRomanPS-BoldMT, Times New Roman and Times New Roman Bold are one family. */
function family(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[-, ](Bold|Italic|Oblique|Regular).*$/i, '')
    .replace(/(PS)?(MT)?$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]/gu, '');
}

export interface ReplacedFonts {
  /** Asked for and not in the PDF. */
  readonly missing: readonly string[];
  /** In the PDF and not asked for: what stands in their place. */
  readonly instead: readonly string[];
}

/** Which of the fonts asked for are not in the PDF, and what is there instead. Pure. */
export function replacedFonts(asked: readonly string[], present: readonly string[]): ReplacedFonts {
  const families = (names: readonly string[]): Map<string, string> =>
    new Map(names.map((name) => [family(name), name]));
  const there = families(present);
  const wanted = families(asked);
  const missing = [...wanted].filter(([key]) => !there.has(key)).map(([, name]) => name);
  if (missing.length === 0) return { missing: [], instead: [] };
  const instead = [...there].filter(([key]) => !wanted.has(key)).map(([, name]) => name);
  // Where nothing came in their place, they were named by styles that no letter uses.
  return instead.length === 0 ? { missing: [], instead: [] } : { missing, instead };
}

/** What the clerk is told of fonts. Tinos was drawn to the widths of Times New Roman: no line breaks elsewhere. Pure. */
export function fontWarning({ missing, instead }: ReplacedFonts): Code | null {
  if (missing.length === 0) return null;
  const alike = (names: readonly string[], wanted: string): boolean =>
    names.every((name) => family(name) === wanted);
  return alike(missing, 'timesnewroman') && alike(instead, 'tinos')
    ? 'convert-font-alike'
    : 'convert-fonts-replaced';
}
