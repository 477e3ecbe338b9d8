import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../preload/contract/byte-source';
import { mostLetters, mostListed } from '../../preload/contract/preview';
import { previewOf } from './preview';
import { columnOf } from './workbook-text';
import { storedZip } from './zip.fixture';

function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => bytes.slice(at, at + length) } as ByteSource;
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sentence = 'Kính gửi: Ủy ban nhân dân tỉnh';

describe('text', () => {
  it('is read as UTF-8, and as UTF-16 of both orders', () => {
    expect(previewOf(sourceOf(utf8(sentence)))).toEqual({
      kind: 'text',
      text: sentence,
      encoding: 'utf-8',
      cut: false,
    });
    const little = Buffer.from(`\ufeff${sentence}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      expect(previewOf(sourceOf(bytes))).toMatchObject({ text: sentence, encoding: 'utf-16' });
    }
  });

  it('of a code before Unicode is told to be one, every byte kept as its letter', () => {
    const bytes = Buffer.from('C\u00f4ng h\u00dfa x\u00b7 h\u00e9i', 'latin1');
    expect(previewOf(sourceOf(bytes))).toMatchObject({ text: bytes.toString('latin1'), encoding: 'legacy' });
  });

  it('is cut where it is long, and a letter of two halves is not torn', () => {
    const shown = previewOf(sourceOf(utf8(`${'a'.repeat(mostLetters - 1)}\u{1f600}${'b'.repeat(50)}`)));
    expect(shown).toMatchObject({ kind: 'text', cut: true });
    expect(shown.kind === 'text' && shown.text.length).toBe(mostLetters - 1);
  });

  it('a letter that the end of what is read tears is no reason to think of another code', () => {
    const long = utf8('ệ'.repeat(mostLetters));
    expect(previewOf(sourceOf(long))).toMatchObject({ kind: 'text', encoding: 'utf-8', cut: true });
  });

  it('of DOS ends before its sign of the end', () => {
    expect(previewOf(sourceOf(utf8('Kinh gui\r\n\u001a')))).toMatchObject({
      text: 'Kinh gui\r\n',
      cut: false,
    });
    const legacy = Buffer.from('C\u00f4ng h\u00dfa\u001a\u001a', 'latin1');
    expect(previewOf(sourceOf(legacy))).toMatchObject({ text: 'C\u00f4ng h\u00dfa', encoding: 'legacy' });
    expect(previewOf(sourceOf(utf8('a\u001ab')))).toEqual({ kind: 'none' });
  });

  it('of UTF-16 is known without its mark, in both orders', () => {
    const little = Buffer.from(sentence, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big])
      expect(previewOf(sourceOf(bytes))).toEqual({
        kind: 'text',
        text: sentence,
        encoding: 'utf-16',
        cut: false,
      });
  });

  it('a program is no text', () => {
    expect(previewOf(sourceOf(Uint8Array.from([0x4d, 0x5a, 0, 0, 1, 2, 3, 0xff, 0xfe])))).toEqual({
      kind: 'none',
    });
  });
});

const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const textOf = (parts: Readonly<Record<string, string>>): string | undefined => {
  const files = Object.entries(parts).map(([name, body]) => [name, utf8(body)]);
  const shown = previewOf(sourceOf(zipSync(Object.fromEntries(files))));
  return shown.kind === 'text' ? shown.text : undefined;
};

describe('office files without their program', () => {
  it('a Word file gives its paragraphs and cells', () => {
    const document = `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Điều 1</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`;
    const bytes = zipSync({ 'word/document.xml': utf8(document) });
    expect(previewOf(sourceOf(bytes))).toMatchObject({
      kind: 'text',
      text: expect.stringMatching(/^Điều 1\s+a$/),
      encoding: 'office',
    });
  });

  it('a workbook gives its rows with the strings that they name', () => {
    const bytes = zipSync({
      'xl/workbook.xml': utf8('<workbook/>'),
      'xl/sharedStrings.xml': utf8(
        '<sst><si><t>Tên</t></si><si><r><t>Số </t></r><r><t>tiền</t></r></si></sst>',
      ),
      'xl/worksheets/sheet1.xml': utf8(
        '<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>7</v></c></row></sheetData></worksheet>',
      ),
    });
    expect(previewOf(sourceOf(bytes))).toMatchObject({ text: 'Tên\tSố tiền\n7' });
  });

  it('a workbook is read whatever prefix its program writes', () => {
    expect(
      textOf({
        'xl/workbook.xml': '<x:workbook xmlns:x="m"/>',
        'xl/sharedStrings.xml': '<x:sst xmlns:x="m"><x:si><x:t>Tên</x:t></x:si></x:sst>',
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Tuổi</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      }),
    ).toBe('Tên\tTuổi\n7');
  });

  it('the sheets of a workbook come in its own order, and by their numbers where it names none', () => {
    const sheets = Object.fromEntries(
      [1, 2, 10].map((number) => [
        `xl/worksheets/sheet${number}.xml`,
        sheetOf(`<row><c><v>${number}</v></c></row>`),
      ]),
    );
    expect(textOf({ 'xl/workbook.xml': '<workbook/>', ...sheets })).toBe('1\n\n2\n\n10');
    expect(
      textOf({
        'xl/workbook.xml':
          '<workbook xmlns:r="r"><sheets><sheet sheetId="1" r:id="c"/><sheet sheetId="2" r:id="a"/><sheet sheetId="3" r:id="b"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': `<Relationships>${relation('a', 'worksheet', 'worksheets/sheet1.xml')}${relation('b', 'worksheet', '/xl/worksheets/sheet2.xml')}${relation('c', 'worksheet', './worksheets/sheet10.xml')}</Relationships>`,
        ...sheets,
      }),
    ).toBe('10\n\n1\n\n2');
  });

  it('a cell stands under its column, however many before it are empty', () => {
    const rows =
      '<row><c r="B1"><v>1</v></c><c r="C1"><v>2</v></c></row><row><c r="A2"><v>3</v></c><c r="B2"/><c r="C2" t="inlineStr"><is><t>a&#10;b</t></is></c><c><v>5</v></c></row>';
    expect(textOf({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': sheetOf(rows) })).toBe(
      '\t1\t2\n3\t\ta b\t5',
    );
    const cell = (word: string, more = '') =>
      `<table:table-cell${more}>${word === '' ? '' : `<text:p>${word}</text:p>`}</table:table-cell>`;
    expect(
      textOf({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml': `<office:body><table:table><table:table-row>${cell('a')}${cell('', ' table:number-columns-repeated="2"')}${cell('b')}${cell('', ' table:number-columns-repeated="16380"')}</table:table-row><table:table-row>${cell('')}${cell('c')}</table:table-row></table:table></office:body>`,
      }),
    ).toBe('a\t\t\tb\n\tc');
  });

  it('the letters of every column lead to it and to no other', () => {
    const lettersOf = (column: number): string =>
      (column >= 26 ? lettersOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
    fc.assert(
      fc.property(fc.nat(16_383), fc.integer({ min: 1, max: 1_048_576 }), (column, row) => {
        expect(columnOf(`${lettersOf(column)}${row}`)).toBe(column);
      }),
    );
    expect([undefined, '', 'ZZZ1', '12'].map(columnOf)).toEqual(Array(4).fill(undefined));
  });

  it('a presentation gives the words of its slides in their order', () => {
    const slide = (...lines: readonly string[]) =>
      `<p:sld><p:txBody>${lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sld>`;
    const cells = ['Mục', 'Số']
      .map((word) => `<a:tc><a:p><a:r><a:t>${word}</a:t></a:r></a:p></a:tc>`)
      .join('');
    expect(
      textOf({
        'ppt/presentation.xml':
          '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="b"/><p:sldId id="257" r:id="a"/></p:sldIdLst></p:presentation>',
        'ppt/_rels/presentation.xml.rels': `<Relationships>${relation('a', 'slide', 'slides/slide1.xml')}${relation('b', 'slide', 'slides/slide2.xml')}</Relationships>`,
        'ppt/slides/slide1.xml': `<p:sld><a:tbl><a:tr>${cells}</a:tr></a:tbl></p:sld>`,
        'ppt/slides/slide2.xml': slide('Báo cáo', 'Quý III'),
      }),
    ).toBe('Báo cáo\nQuý III\n\nMục\tSố');
  });

  it('a presentation of OpenDocument gives the words of its slides without the notes of the speaker', () => {
    const slide = (word: string) =>
      `<draw:page><draw:frame><text:p>${word}</text:p></draw:frame><presentation:notes><text:p>nói</text:p></presentation:notes></draw:page>`;
    expect(
      textOf({
        mimetype: 'application/vnd.oasis.opendocument.presentation',
        'content.xml': `<office:body>${slide('một')}${slide('<text:span>hai</text:span><text:line-break/>ba')}</office:body>`,
      }),
    ).toBe('một\n\nhai\nba');
  });

  it('a table of a text has a line for a row, and what follows it begins a line', () => {
    const cell = (word: string) => `<w:tc><w:p><w:r><w:t>${word}</w:t></w:r></w:p></w:tc>`;
    const row = (...words: readonly string[]) => `<w:tr>${words.map(cell).join('')}</w:tr>`;
    const document = `<w:document><w:tbl>${row('a', 'b')}${row('', 'd')}${row('e', '')}</w:tbl><w:p><w:r><w:t>sau</w:t></w:r></w:p></w:document>`;
    expect(textOf({ 'word/document.xml': document })).toBe('a\tb\n\td\ne\t\nsau');
  });

  it('a document type ends the reading: nothing of its entities is unfolded', () => {
    const document = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]><w:document><w:p><w:t>&a;&a;</w:t></w:p></w:document>`;
    expect(previewOf(sourceOf(zipSync({ 'word/document.xml': utf8(document) })))).toEqual({ kind: 'none' });
  });

  it('one that has no words is not shown as an empty page', () => {
    const document = '<w:document><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>';
    expect(previewOf(sourceOf(zipSync({ 'word/document.xml': utf8(document) })))).toEqual({ kind: 'none' });
    const empty = { 'xl/workbook.xml': utf8('<workbook/>') };
    expect(previewOf(sourceOf(zipSync(empty)))).toEqual({ kind: 'none' });
  });

  it('what is too large of one is told to be missing, and where nothing else is there nothing is shown', () => {
    const large = new Uint8Array(33 << 20).fill(0x20);
    large.set(utf8('<w:document><w:p><w:t>a</w:t></w:p>'));
    expect(previewOf(sourceOf(zipSync({ 'word/document.xml': large }, { level: 0 })))).toEqual({
      kind: 'none',
    });
    const book = {
      'xl/workbook.xml': utf8('<workbook/>'),
      'xl/worksheets/sheet1.xml': utf8(sheetOf('<row><c><v>7</v></c></row>')),
      'xl/worksheets/sheet2.xml': large,
    };
    expect(previewOf(sourceOf(zipSync(book, { level: 0 })))).toMatchObject({ text: '7', cut: true });
  });
});

describe('archives', () => {
  it('show two entries of one name as two, and no name that only looks like another', () => {
    const shown = previewOf(
      sourceOf(
        storedZip([
          { name: 'a.pdf', bytes: utf8('1') },
          { name: 'a.pdf', bytes: utf8('12') },
          { name: 'hop-dong\u202efdp.exe', bytes: utf8('') },
        ]),
      ),
    );
    expect(shown).toMatchObject({
      entries: [
        { name: 'a.pdf', size: 1 },
        { name: 'a.pdf', size: 2 },
        { name: 'hop-dongfdp.exe', size: 0 },
      ],
      count: 3,
      bytes: 3,
    });
  });

  it('are listed with names and sizes, and nothing of them is unpacked', () => {
    const bytes = zipSync({ 'phu-luc/a.txt': utf8('1234'), '../b.exe': utf8('12') });
    expect(previewOf(sourceOf(bytes))).toEqual({
      kind: 'list',
      entries: [
        { name: 'phu-luc/a.txt', size: 4, locked: false },
        { name: '../b.exe', size: 2, locked: false },
      ],
      count: 2,
      bytes: 6,
    });
  });

  it('of many files show the first and count all', () => {
    const files = Object.fromEntries(
      Array.from({ length: mostListed + 5 }, (_, index) => [`${index}`, new Uint8Array(0)]),
    );
    const shown = previewOf(sourceOf(zipSync(files, { level: 0 })));
    expect(shown.kind === 'list' && [shown.entries.length, shown.count]).toEqual([
      mostListed,
      mostListed + 5,
    ]);
  });

  it('a bomb is listed like any other: its size is what it says', () => {
    const bytes = zipSync({ 'bom.txt': new Uint8Array(8 << 20) });
    expect(previewOf(sourceOf(bytes))).toMatchObject({ bytes: 8 << 20 });
  });

  it('one without a directory shows nothing', () => {
    const bytes = zipSync({ a: utf8('1') }).slice(0, 40);
    expect(previewOf(sourceOf(bytes))).toEqual({ kind: 'none' });
  });
});
