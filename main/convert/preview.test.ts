import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../preload/contract/byte-source';
import { mostLetters, mostListed } from '../../preload/contract/preview';
import { previewOf } from './preview';
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

  it('a program is no text', () => {
    expect(previewOf(sourceOf(Uint8Array.from([0x4d, 0x5a, 0, 0, 1, 2, 3, 0xff, 0xfe])))).toEqual({
      kind: 'none',
    });
  });
});

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

  it('a document type ends the reading: nothing of its entities is unfolded', () => {
    const document = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]><w:document><w:p><w:t>&a;&a;</w:t></w:p></w:document>`;
    expect(previewOf(sourceOf(zipSync({ 'word/document.xml': utf8(document) })))).toMatchObject({ text: '' });
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
