// Small Word and Excel files that Office and LibreOffice open: the parts a reader needs and no more.
import { strToU8, zipSync } from 'fflate';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org';

function escaped(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? '',
  );
}

function archive(parts: Readonly<Record<string, string>>): Uint8Array {
  const files = Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, strToU8(declaration + text)]),
  );
  return zipSync(files, { level: 6, mtime: '1980-01-02T00:00:00' });
}

function packageRoot(target: string, mainType: string, more = ''): Record<string, string> {
  return {
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${target}" ContentType="${mainType}"/>${more}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="${target}"/></Relationships>`,
  };
}

function run(text: string, bold: boolean, size: number): string {
  return `<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>${bold ? '<w:b/>' : ''}<w:sz w:val="${size * 2}"/></w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

/** A Word document: a centred bold title, then paragraphs. */
export function wordFile(title: string, paragraphs: readonly string[]): Uint8Array {
  const body = [
    `<w:p><w:pPr><w:jc w:val="center"/><w:spacing w:after="240"/></w:pPr>${run(title, true, 14)}</w:p>`,
    ...paragraphs.map(
      (text) =>
        `<w:p><w:pPr><w:jc w:val="both"/><w:spacing w:before="120"/><w:ind w:firstLine="720"/></w:pPr>${run(text, false, 14)}</w:p>`,
    ),
  ].join('');
  const page =
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1020" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';
  return archive({
    ...packageRoot(
      'word/document.xml',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    ),
    'word/document.xml': `<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body>${body}${page}</w:body></w:document>`,
  });
}

function column(index: number): string {
  return String.fromCharCode(65 + index);
}

/** An Excel workbook of one sheet; the first row is its head, texts that are numbers become numbers. */
export function sheetFile(
  name: string,
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): Uint8Array {
  const cell = (text: string, row: number, at: number): string => {
    const reference = `${column(at)}${row + 1}`;
    const style = row === 0 ? 1 : 2;
    if (row > 0 && /^-?\d+(\.\d+)?$/.test(text)) return `<c r="${reference}" s="${style}"><v>${text}</v></c>`;
    return `<c r="${reference}" s="${style}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
  };
  const data = rows
    .map(
      (row, index) => `<row r="${index + 1}">${row.map((text, at) => cell(text, index, at)).join('')}</row>`,
    )
    .join('');
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const main = `${office}/spreadsheetml/2006/main`;
  const font = (bold: boolean): string =>
    `<font>${bold ? '<b/>' : ''}<sz val="12"/><name val="Times New Roman"/><family val="1"/></font>`;
  const line =
    '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>';
  const none = '<left/><right/><top/><bottom/><diagonal/>';
  const override = (part: string, type: string): string =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  return archive({
    ...packageRoot(
      'xl/workbook.xml',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
      override('worksheets/sheet1.xml', 'worksheet') + override('styles.xml', 'styles'),
    ),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${office}/package/2006/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2">${font(false)}${font(true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border>${none}</border><border>${line}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><cols>${columns}</cols><sheetData>${data}</sheetData></worksheet>`,
  });
}
