// A new PDF file of A4 pages made of lines of text and rules, in two embedded fonts. It knows no document.
import { deflateSync } from 'node:zlib';
import { bytesSource } from '../../preload/contract/byte-source';
import { Increment, numberSyntax, openPdf, refSyntax, textSyntax } from '../pdf';
import { FontUse, type TrueTypeFont } from '../signing';

/** A4 in points. */
export const a4 = { width: 595.28, height: 841.89 } as const;

export interface SheetFonts {
  readonly regular: TrueTypeFont;
  readonly bold: TrueTypeFont;
}

export interface PageText {
  readonly x: number;
  /** The base line, from the page's foot. */
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly text: string;
}

export interface PageRule {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  /** Written over by hand: dotted. */
  readonly dotted: boolean;
}

export interface SheetPage {
  readonly texts: readonly PageText[];
  readonly rules: readonly PageRule[];
}

/** A file of no page: what is drawn comes as its first update. */
function emptyFile(): Uint8Array {
  const objects = ['<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) >>', '<< /Type /Pages /Kids [] /Count 0 >>'];
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const rows = offsets.map((offset) => `${`${offset}`.padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 3\n0000000000 65535 f \n${rows}trailer\n<< /Size 3 /Root 1 0 R /Info 3 0 R >>\n`;
  return Uint8Array.from(Buffer.from(`${text}startxref\n${start}\n%%EOF\n`, 'latin1'));
}

function contentOf(page: SheetPage, regular: FontUse, bold: FontUse): string {
  const n = numberSyntax;
  const rules = page.rules.map(
    ({ from, to, y, dotted }) =>
      `${dotted ? '0.8 w [0.8 2.4] 0' : '0.75 w [] 0'} d ${n(from)} ${n(y)} m ${n(to)} ${n(y)} l S`,
  );
  const texts = page.texts.map(
    ({ x, y, size, bold: heavy, text }) =>
      `/${heavy ? 'F2' : 'F1'} ${n(size)} Tf 1 0 0 1 ${n(x)} ${n(y)} Tm ${(heavy ? bold : regular).show(text)} Tj`,
  );
  return ['0 G 0 g', ...rules, 'BT', ...texts, 'ET'].join('\n');
}

/** The file, the same for the same pages; `missing` where the fonts lack a letter. */
export function newSheetFile(
  pages: readonly SheetPage[],
  title: string,
  fonts: SheetFonts,
): { readonly bytes: Uint8Array; readonly missing: boolean } {
  const base = emptyFile();
  const file = openPdf(bytesSource(base));
  const increment = new Increment(file);
  const info = { kind: 'ref', number: 3, generation: 0 } as const;
  // The trailer names object 3 before it is there: no new object may take its number.
  increment.keepClear(info);
  const regular = new FontUse(fonts.regular);
  const bold = new FontUse(fonts.bold, 'Tinos-Bold');
  const contents = pages.map((page) => contentOf(page, regular, bold));
  const named = `/F1 ${refSyntax(regular.put(increment))} /F2 ${refSyntax(bold.put(increment))}`;
  const tree = { kind: 'ref', number: 2, generation: 0 } as const;
  const kids = contents.map((content) => {
    const [page, stream] = [increment.allocate(), increment.allocate()];
    increment.putStream(stream, '/Filter /FlateDecode', deflateSync(Buffer.from(content, 'latin1')));
    increment.put(
      page,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${numberSyntax(a4.width)} ${numberSyntax(a4.height)}] ` +
        `/Resources << /Font << ${named} >> >> /Contents ${refSyntax(stream)} >>`,
    );
    return page;
  });
  increment.put(tree, `<< /Type /Pages /Kids [${kids.map(refSyntax).join(' ')}] /Count ${kids.length} >>`);
  increment.put(info, `<< /Title ${textSyntax(title)} /Producer (Van Thu) >>`);
  const { bytes } = increment.finish(new Uint8Array(16));
  return {
    bytes: Uint8Array.from(Buffer.concat([base, bytes])),
    missing: regular.missing || bold.missing,
  };
}
