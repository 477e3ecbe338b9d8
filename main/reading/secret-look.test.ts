// A mark at the head of a word file or inside an archive is found, prose about secrets is not, and nothing hangs on what is broken.
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { type StoredEntry, storedZip } from '../convert/zip.fixture';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import { firstParagraphs } from './office-lines';
import { fileSaysSecret } from './secret-look';

const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const box = (text: string) =>
  `<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>${paragraph(text)}</w:txbxContent></mc:Choice></mc:AlternateContent><w:t>Số: 12/UBND</w:t></w:r></w:p>`;
const wordXml = (body: string) =>
  `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;
const docx = (body: string, more: Record<string, Uint8Array> = {}) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(wordXml(body)),
    ...more,
  });
const odt = (text: string) =>
  zipSync({
    'content.xml': strToU8(
      `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><text:p>UBND TỈNH</text:p><text:p><text:span>${text}</text:span></text:p></office:body></office:document-content>`,
    ),
  });
const says = (bytes: Uint8Array) => fileSaysSecret(bytesSource(bytes));
const prose = paragraph('Về việc bảo vệ bí mật nhà nước trong cơ quan');

describe('a word file', () => {
  it('is secret by a box, a cell or a line of its own at its head', async () => {
    for (const mark of ['MẬT', 'TỐI MẬT', 'TUYỆT MẬT']) {
      expect(await says(docx(prose + box(mark)))).toBe(true);
      expect(await says(docx(`<w:tbl><w:tr><w:tc>${paragraph(mark)}</w:tc></w:tr></w:tbl>`))).toBe(true);
      expect(await says(odt(mark))).toBe(true);
    }
    expect(await says(docx('<w:p><w:r><w:t>TỐI</w:t></w:r><w:r><w:t> MẬT</w:t></w:r></w:p>'))).toBe(true);
    expect(
      await says(docx(prose, { 'word/header1.xml': strToU8(`<w:hdr>${paragraph('MẬT')}</w:hdr>`) })),
    ).toBe(true);
  });

  it('is secret by a mark that is shown in capitals, large or small, whatever its letters are', async () => {
    const shown = (look: string) => `<w:p><w:r><w:rPr>${look}</w:rPr><w:t>Tối mật</w:t></w:r></w:p>`;
    expect(await says(docx(shown('<w:caps/>')))).toBe(true);
    expect(await says(docx(shown('<w:smallCaps w:val="1"/>')))).toBe(true);
    expect(await says(docx(shown('<w:caps w:val="0"/>')))).toBe(false);
    expect(await says(docx(shown('<w:caps/>').replace('Tối mật', 'Bảo') + paragraph('Tối mật')))).toBe(false);
  });

  it('is not secret by prose, small letters, or a line far below its head', async () => {
    expect(await says(docx(prose + paragraph('mật')))).toBe(false);
    expect(await says(docx(paragraph('MẤT')))).toBe(false);
    expect(await says(docx(prose.repeat(100) + paragraph('MẬT')))).toBe(false);
    expect(await says(odt('Bảo vệ bí mật nhà nước'))).toBe(false);
  });

  it('that is cut off in the middle still shows the mark before the cut', () => {
    const xml = wordXml(paragraph('MẬT') + prose);
    expect(firstParagraphs(xml.slice(0, xml.indexOf('Về việc')))).toEqual(['MẬT']);
  });
});

describe('a sheet, slides, or a file of an old program', () => {
  const sheet = (strings: readonly string[], page = '') =>
    zipSync({
      'xl/workbook.xml': strToU8('<workbook/>'),
      'xl/sharedStrings.xml': strToU8(
        `<sst>${strings.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData/>${page}</worksheet>`),
    });
  const header = (text: string) =>
    `<headerFooter><oddHeader>&amp;C&amp;"Times,Bold"&amp;14${text}</oddHeader></headerFooter>`;
  const slides = (text: string) =>
    zipSync({
      'ppt/presentation.xml': strToU8('<p:presentation/>'),
      'ppt/slides/slide1.xml': strToU8(`<p:sld><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`),
    });
  const rtf = (text: string) => strToU8(`{\\rtf1\\ansi UBND\\par\\b ${text}\\b0\\par Ve viec}`);
  const ole = (text: string) =>
    new Uint8Array(
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(1024, 7),
        Buffer.from(`ỦY BAN NHÂN DÂN\r${text}\rSố: 12/UBND\r`, 'utf16le'),
      ]),
    );

  it('is secret by a cell, the header of its page, a slide, or a line of its own', async () => {
    expect(await says(sheet(['UBND TỈNH', 'TỐI MẬT']))).toBe(true);
    expect(await says(sheet(['UBND'], header('MẬT')))).toBe(true);
    expect(await says(slides('TUYỆT MẬT'))).toBe(true);
    expect(await says(rtf("M\\u7852\\'3fT"))).toBe(true);
    expect(await says(rtf('T\\u7888?I M\\u7852?T'))).toBe(true);
    expect(await says(ole('MẬT'))).toBe(true);
    expect(await says(slides('</a:t></a:r><a:r><a:rPr cap="all"/><a:t>Tối mật'))).toBe(true);
  });

  it('is not secret by prose or by what only looks like a mark', async () => {
    expect(await says(sheet(['Bảo vệ bí mật nhà nước', 'MẤT'], header('Trang &amp;P')))).toBe(false);
    expect(await says(slides('Công tác bảo mật'))).toBe(false);
    expect(await says(rtf('M\\u7844?T'))).toBe(false);
    expect(await says(ole('Về công tác bảo vệ bí mật'))).toBe(false);
  });
});

describe('a file of the years before Unicode', () => {
  it('is secret by a mark in letters of its fonts', async () => {
    expect(await says(docx(paragraph('TèI MËT')))).toBe(true);
    expect(await says(strToU8("{\\rtf1\\ansi UBND\\par T\\'e8I M\\'cbT\\par V/v}"))).toBe(true);
    const old = [Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1023, 7)];
    expect(
      await says(new Uint8Array(Buffer.concat([...old, Buffer.from('UBND\rTUYÖT MËT\r', 'latin1')]))),
    ).toBe(true);
    expect(
      await says(new Uint8Array(Buffer.concat([...old, Buffer.from('UBND\rB¶O MËT\r', 'latin1')]))),
    ).toBe(false);
  });
});

describe('an archive', () => {
  it('is secret by a file in it that an office file carries, or that lies beside parts of one', async () => {
    const marked = docx(box('MẬT'));
    expect(await says(docx(prose, { 'word/embeddings/Microsoft_Word_Document.docx': marked }))).toBe(true);
    expect(await says(docx(prose, { 'word/embeddings/package1.bin': marked }))).toBe(true);
    expect(await says(docx(prose, { 'phu-luc.docx': marked }))).toBe(true);
    expect(await says(docx(prose, { 'phu-luc.docx': docx(prose) }))).toBe(false);
  });

  it('is secret by a file in it that has no ending, or another one', async () => {
    expect(await says(zipSync({ 'a/to-trinh': docx(box('MẬT')) }))).toBe(true);
    expect(await says(zipSync({ 'to-trinh.dat': docx(box('MẬT')), 'a.png': strToU8('x') }))).toBe(true);
    expect(await says(zipSync({ 'Kế hoạch_MẬT.png': strToU8('x') }))).toBe(true);
  });

  it('is secret by the name of a file in it, or by a word file or PDF in it', async () => {
    expect(await says(zipSync({ 'phu-luc/TỐI_MẬT.xlsx': strToU8('x') }))).toBe(true);
    expect(await says(zipSync({ 'a/to-trinh.docx': docx(box('MẬT')) }))).toBe(true);
    const text = 'BT /F1 14 Tf 100 740 Td (Do mat) Tj ET';
    const plain = samplePdf(
      'table',
      pageObjects().map((one) =>
        one.number === 4 ? { ...one, body: `<< /Length ${text.length} >>\nstream\n${text}\nendstream` } : one,
      ),
    );
    expect(
      await says(zipSync({ 'a/to-trinh.docx': docx(prose), 'b.pdf': plain, 'c.txt': strToU8('MẬT') })),
    ).toBe(false);
  });

  it('is secret by a file behind a twin name, whichever of the two comes first', async () => {
    const [plain, marked] = [docx(prose), docx(box('MẬT'))];
    for (const two of [
      [plain, marked],
      [marked, plain],
    ]) {
      expect(await says(storedZip(two.map((bytes) => ({ name: 'a/to-trinh.docx', bytes }))))).toBe(true);
    }
    const [text, stamped] = [prose, box('TỐI MẬT')].map((body) => ({
      name: 'word/document.xml',
      bytes: strToU8(wordXml(body)),
    })) as [StoredEntry, StoredEntry];
    expect(await says(storedZip([stamped, text]))).toBe(true);
    expect(await says(storedZip([text, stamped]))).toBe(true);
    expect(await says(storedZip([text, text]))).toBe(false);
  });

  it('is looked into two deep, and a third one is left alone', async () => {
    const once = zipSync({ 'a.docx': docx(box('MẬT')) });
    const twice = zipSync({ 'b/a.zip': once });
    expect(await says(twice)).toBe(true);
    expect(await says(zipSync({ 'c.zip': twice }))).toBe(false);
  });

  it('that is broken, or no archive at all, says nothing', async () => {
    const whole = zipSync({ 'a/to-trinh.docx': docx(box('MẬT')) });
    expect(await says(whole.subarray(0, whole.length - 30))).toBe(false);
    expect(await says(strToU8('MẬT'))).toBe(false);
    expect(await says(new Uint8Array(0))).toBe(false);
  });
});
