// Files that stray from the standard in ways every viewer reads over: what is read of them, and that an update keeps it.
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { addAnnotation, addField, entryOf, Increment, openPdf, type PdfFile } from '.';
import { pageObjects, type SampleObject, samplePdf } from './sample-pdf';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const open = (bytes: Uint8Array): PdfFile => openPdf(bytesSource(bytes));

/** A file of the usual objects, some of them replaced or added. */
function withObjects(...changed: readonly SampleObject[]): Uint8Array {
  const numbers = new Set(changed.map((one) => one.number));
  const kept = pageObjects().filter((one) => !numbers.has(one.number));
  return samplePdf('table', [...kept, ...changed]);
}

const tree = (kids: string): SampleObject => ({
  number: 2,
  body: `<< /Type /Pages /Kids [${kids}] /MediaBox [0 0 595 842] >>`,
});

/** The file after an update that adds a field with its widget to the last page. */
function withField(bytes: Uint8Array): PdfFile {
  const file = open(bytes);
  const increment = new Increment(file);
  const field = increment.allocate();
  increment.put(field, '<< /FT /Sig /T (A) /Subtype /Widget /Rect [0 0 9 9] >>');
  addAnnotation(file, increment, file.page(-1), field);
  addField(file, increment, field);
  return open(new Uint8Array(Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes])));
}

describe('a token that is no value', () => {
  const catalog = (entries: string): Uint8Array => samplePdf('table', pageObjects('', entries));

  it.each(['1.2.3', '5-', '-', '1e5', '16#FF', 'foo', 'True', 'nil', '99999999 0 R', '3 99999 R', '<4x>'])(
    '%s is read over, is no number, name or reference, and stays as it is written',
    (token) => {
      const file = open(catalog(`/Odd ${token} /Lang (vi) `));
      expect(entryOf(file.catalog.dict, 'Odd')).toEqual({ kind: 'unknown', text: token });
      expect(entryOf(file.catalog.dict, 'Lang')).toMatchObject({ kind: 'string' });
      const after = withField(catalog(`/Odd ${token} /Lang (vi) `));
      expect(textOf(after.catalog.object.raw)).toContain(`/Odd ${token} /Lang (vi) `);
      expect([...after.fields()].map((field) => field.name)).toEqual(['A']);
    },
  );

  it.each(['/A -1 0 R ', '/A 1 2 3 ', '/A /B foo '])(
    'is read over where a key should stand: %s',
    (entries) => {
      const after = withField(catalog(`${entries}/Lang (vi) `));
      expect(entryOf(after.catalog.dict, 'Lang')).toMatchObject({ kind: 'string' });
      expect([...after.fields()].map((field) => field.name)).toEqual(['A']);
    },
  );

  it.each(['/A { 1 add } ', '/A ', '/A (a(b) ', '[/A] ', '/A endobj ', `/A ${'x'.repeat(65)} `, '<(>) '])(
    'is refused where readers may go on differently: %s',
    (entries) => {
      expect(() => open(catalog(entries))).toThrow(/pdf-/);
    },
  );

  it('in a trailer is not written again', () => {
    const file = withField(samplePdf('table', pageObjects(), { trailer: '/Odd foo -1 0 R ' }));
    expect(file.trailer.entries.has('Odd')).toBe(true);
    expect(entryOf(file.trailer, 'Odd')).toBe(null);
  });
});

describe('a page tree', () => {
  const damaged = { number: 8, body: '<< /Type /Page } >>' };
  const page = { number: 9, body: '<< /Type /Page /Parent 2 0 R >>' };

  it.each([
    ['is damaged', '3 0 R 8 0 R 9 0 R', 2],
    ['is a number', '3 0 R 7 9 0 R', 2],
    ['is written in the array itself', '3 0 R << /Type /Page >> 9 0 R', 2],
    ['is no dictionary', '3 0 R 10 0 R 9 0 R', 2],
    ['leads back to the tree', '3 0 R 2 0 R 9 0 R', 1],
  ])('whose node %s has its other pages, and says so', (_, kids, index) => {
    const file = open(withObjects(tree(kids), damaged, page, { number: 10, body: '42' }));
    expect(() => [...file.pages()]).toThrow(/pdf-/);
    expect(file.pagesDamaged).toBe(false);
    expect([file.page(-1).ref.number, file.page(-1).index]).toEqual([9, index]);
    expect(file.pagesDamaged).toBe(true);
  });

  it('has no page in the place of a damaged node', () => {
    const file = open(withObjects(tree('3 0 R 8 0 R'), damaged));
    expect(file.page(0).ref.number).toBe(3);
    expect(() => file.page(1)).toThrow(/pdf-object-damaged/);
  });

  it('without pages is told apart from one without that page', () => {
    const refused = (bytes: Uint8Array, index: number): string => {
      try {
        open(bytes).page(index);
      } catch (error) {
        return codeOf(error);
      }
      return 'found';
    };
    expect(refused(withObjects(tree('')), -1)).toBe('pdf-no-pages');
    expect(refused(withObjects(tree('77 0 R')), 0)).toBe('pdf-no-pages');
    expect(refused(withObjects(), 1)).toBe('pdf-page-missing');
    expect(refused(withObjects(), -2)).toBe('pdf-page-missing');
    expect(refused(withObjects(tree('2 0 R')), -1)).toBe('pdf-page-tree-damaged');
  });
});

describe('a list that is none', () => {
  it.each(['<< >>', '8 0 R', '(text)', '/Name', '5', '9 0 R', 'null'])(
    'as /Annots, %s, gives way to the new annotation',
    (written) => {
      const annotation = { number: 8, body: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>' };
      const objects = [...pageObjects(`/Annots ${written} `), annotation, { number: 9, body: '8 0 R' }];
      const file = withField(samplePdf('table', objects));
      expect(file.get(file.page(0).dict, 'Annots')).toMatchObject({ items: [{ kind: 'ref' }] });
    },
  );

  it.each([
    '/AcroForm [] ',
    '/AcroForm (x) ',
    '/AcroForm << /Fields << >> >> ',
    '/AcroForm << /Fields 3 0 R >> ',
  ])('as form or fields, %s, gives way to the new field', (entries) => {
    const file = withField(samplePdf('table', pageObjects('', entries)));
    expect([...file.fields()].map((field) => field.name)).toEqual(['A']);
  });
});

describe('a file without a header', () => {
  it('is read where everything else is in order, and has no version', () => {
    const bytes = latin1(textOf(samplePdf('table')).replace('%PDF-1.7', '%XYZ-1.7'));
    expect([open(bytes).version, open(bytes).page(0).ref.number]).toEqual(['', 3]);
    expect(withField(bytes).version).toBe('');
  });

  it.each([
    ['lost with its line', (text: string) => text.slice(9)],
    ['behind more than most readers look through', (text: string) => `${'x'.repeat(2000)}\n${text}`],
  ])('that is %s is found by its objects, if its document is to be written', (_, change) => {
    const bytes = latin1(change(textOf(samplePdf('table'))));
    expect(() => open(bytes)).toThrow(/pdf-not-pdf/);
    const file = openPdf(bytesSource(bytes), { findStart: true });
    expect([file.version, file.rebuilt, file.page(0).ref.number]).toEqual(['', true, 3]);
    const all = Buffer.concat([bytes, new Increment(file).finish(new Uint8Array(16)).bytes]);
    expect(open(new Uint8Array(all)).page(0).ref.number).toBe(3);
  });

  it('and without objects is none', () => {
    const source = bytesSource(latin1('Công văn\nstartxref\n0\n%%EOF\n'));
    expect(() => openPdf(source, { findStart: true })).toThrow(/pdf-not-pdf/);
  });

  it.each([
    ['text', 'startxref\n0\n%%EOF\n'],
    [
      'a PDF with a wrong table',
      textOf(samplePdf('table')).replace('%PDF', '%XYZ').replace('xref\n0', 'xrxf\n0'),
    ],
    [
      'a PDF with a wrong root',
      textOf(samplePdf('table')).replace('%PDF', '%XYZ').replace('/Root 1', '/Root 9'),
    ],
  ])('is none where it is %s', (_, text) => {
    expect(() => open(latin1(text))).toThrow(/pdf-not-pdf/);
  });
});

it('an object stream whose dictionary does not say so is what the table calls it', () => {
  const bytes = latin1(textOf(samplePdf('object-streams')).replace('/Type /ObjStm', '/Typo /ObjStm'));
  expect(open(bytes).page(0).ref.number).toBe(3);
});
