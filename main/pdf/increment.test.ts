import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import {
  addAnnotation,
  addField,
  dictOf,
  Increment,
  isArray,
  openPdf,
  type PdfFile,
  textSyntax,
} from './index';
import { pageObjects, type SampleKind, samplePdf, startxrefOf } from './sample-pdf';

const kinds: readonly SampleKind[] = ['table', 'stream', 'object-streams', 'hybrid'];
const changeId = new Uint8Array(16).fill(7);

function open(bytes: Uint8Array): PdfFile {
  return openPdf(bytesSource(bytes));
}

/** Adds a text field with a widget to page 1. */
function withField(bytes: Uint8Array, name: string): { all: Uint8Array; numbers: readonly number[] } {
  const file = open(bytes);
  const increment = new Increment(file);
  const field = increment.allocate();
  increment.put(field, `<< /Subtype /Widget /FT /Tx /T ${textSyntax(name)} /Rect [0 0 9 9] >>`);
  addAnnotation(file, increment, file.page(0), field);
  addField(file, increment, field);
  const { numbers } = increment;
  const finished = increment.finish(changeId);
  return { all: new Uint8Array(Buffer.concat([bytes, finished.bytes])), numbers };
}

it('an update gives no new object the number that an old reference leads nowhere by', () => {
  const file = open(samplePdf('table', pageObjects('', '/AcroForm << /Fields [12 0 R [11 0 R]] >> ')));
  expect(new Increment(file).allocate().number).toBe(11);
  const increment = new Increment(file);
  increment.keepClear(file.catalog.dict);
  expect([increment.allocate().number, increment.allocate().number]).toEqual([13, 14]);
});

describe.each(kinds)('an update of a file with %s', (kind) => {
  it('keeps every earlier byte and adds the field to form and page', () => {
    const bytes = samplePdf(kind);
    const { all } = withField(bytes, 'Số ký hiệu');
    expect(Buffer.compare(all.subarray(0, bytes.length), bytes)).toBe(0);
    const file = open(all);
    expect([...file.fields()].map((one) => one.name)).toEqual(['Số ký hiệu']);
    expect(file.get(file.page(0).dict, 'Annots')).toMatchObject({ items: [{ kind: 'ref' }] });
    expect(file.get(file.acroForm()?.dict ?? file.trailer, 'SigFlags')).toBe(3);
  });

  it('writes a section of the same kind, a table never becoming a hybrid', () => {
    const { all } = withField(samplePdf(kind), 'a');
    const expected = kind === 'table' || kind === 'hybrid' ? 'table' : 'stream';
    expect(open(all).revision.xrefKind).toBe(expected);
    if (expected === 'table') {
      const section = Buffer.from(all).toString('latin1').slice(startxrefOf(all));
      expect(section.startsWith('xref\n0 1\n0000000000 65535 f \n')).toBe(true);
    }
  });

  it('uses numbers that nothing used, cross-reference streams included', () => {
    const bytes = samplePdf(kind);
    const before = open(bytes);
    const taken = before.numbersOf(0);
    const { numbers } = withField(bytes, 'a');
    const fresh = numbers.filter((number) => number > 10);
    expect(fresh.every((number) => !taken.has(number))).toBe(true);
    expect(Math.min(...fresh)).toBe(before.nextNumber);
  });

  it('can be repeated, and each earlier state stays readable', () => {
    let bytes = samplePdf(kind);
    for (const name of ['a', 'b', 'c']) bytes = withField(bytes, name).all;
    const file = open(bytes);
    expect(file.revisions).toHaveLength(4);
    expect([...file.fields()].map((one) => one.name)).toEqual(['a', 'b', 'c']);
    expect([...file.asOf(2).fields()].map((one) => one.name)).toEqual(['a', 'b']);
  });
});

describe('an update', () => {
  it('rewrites lists in their own objects and leaves page, form and catalog alone', () => {
    const objects = [
      ...pageObjects('/Annots 5 0 R ', '/AcroForm 6 0 R '),
      { number: 5, body: '[ ]' },
      { number: 6, body: '<< /Fields 7 0 R /SigFlags 3 >>' },
      { number: 7, body: '[]' },
    ];
    const { all, numbers } = withField(samplePdf('table', objects), 'a');
    expect(numbers.filter((number) => number < 8)).toEqual([5, 7]);
    expect([...open(all).fields()]).toHaveLength(1);
  });

  it('keeps untouched parts of a rewritten object byte for byte', () => {
    const odd = '/Secret (\x80\\(\xff\\051 % not a note) /Name#20x 1.50 ';
    const { all } = withField(samplePdf('table', pageObjects(odd)), 'a');
    const text = Buffer.from(all).toString('latin1');
    expect(text.slice(text.lastIndexOf('3 0 obj'))).toContain(odd);
  });

  it('writes a form that stands in the catalog inside the catalog', () => {
    const { all, numbers } = withField(
      samplePdf('table', pageObjects('', '/AcroForm << /Fields [] /DA (/F 0 Tf) >> ')),
      'a',
    );
    const file = open(all);
    expect(numbers).toContain(1);
    expect(dictOf(file.catalog.object)?.entries.has('AcroForm')).toBe(true);
    expect(file.acroForm()?.dict.entries.get('DA')?.value).toMatchObject({ kind: 'string' });
    expect([...file.fields()]).toHaveLength(1);
  });

  it('counts its offsets from the header when bytes stand before it', () => {
    const bytes = new Uint8Array(Buffer.concat([Buffer.from('junk\n'), samplePdf('table')]));
    const file = open(withField(bytes, 'a').all);
    expect(file.headerOffset).toBe(5);
    expect([...file.fields()]).toHaveLength(1);
    expect(file.revisions).toHaveLength(2);
  });

  it('keeps the first part of /ID and changes the second', () => {
    const bytes = samplePdf('table', pageObjects(), { trailer: '/ID [<0102> <0102>] ' });
    const id = open(withField(bytes, 'a').all).trailer.entries.get('ID')?.value;
    expect(isArray(id) && id.items).toMatchObject([{ bytes: Uint8Array.of(1, 2) }, { bytes: changeId }]);
  });

  it('keeps keys of other programs in the trailer', () => {
    for (const kind of ['table', 'stream'] as const) {
      const bytes = samplePdf(kind, pageObjects(), {
        trailer: '/Info 4 0 R /Own#20key [1 (a) << /B 2.5 >>] ',
      });
      const { trailer } = open(withField(bytes, 'a').all);
      expect(trailer.entries.get('Info')?.value).toMatchObject({ number: 4 });
      expect(trailer.entries.get('Own key')?.value).toMatchObject({
        items: [1, { kind: 'string' }, { kind: 'dict' }],
      });
    }
  });

  it('keeps the generation of an object it rewrites', () => {
    const bytes = Buffer.from(samplePdf('table')).toString('latin1');
    const aged = bytes
      .replace('3 0 obj', '3 4 obj')
      .replace('/Kids [3 0 R]', '/Kids [3 4 R]')
      .replace(/(3 1\n\d{10}) 00000 n/, '$1 00004 n');
    const file = open(withField(new Uint8Array(Buffer.from(aged, 'latin1')), 'a').all);
    expect(file.page(0).ref.generation).toBe(4);
    expect(file.object(3, 4)?.generation).toBe(4);
    expect(file.get(file.page(0).dict, 'Annots')).toMatchObject({ items: [{ kind: 'ref' }] });
  });
});
