// Files whose cross-reference is of no use: what is taken from the objects alone, and what is refused because readers may differ.
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { Increment, openPdf, type PdfFile } from '.';
import { pageObjects, type SampleKind, samplePdf } from './sample-pdf';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A sample whose last startxref and section are of no use. */
function broken(kind: SampleKind, change: (text: string) => string = (text) => text): Uint8Array {
  const text = change(textOf(samplePdf(kind)));
  const unread = text.replace(/\nxref\n/, '\nxrxf\n').replaceAll('/W [1 4 2]', '/W [1 0 2]');
  return latin1(unread.replace(/startxref\n\d+/, 'startxref\n7'));
}

const found = (bytes: Uint8Array): PdfFile => openPdf(bytesSource(bytes), { findStart: true });

function refusal(bytes: Uint8Array): string {
  try {
    found(bytes);
  } catch (error) {
    return error instanceof Failure ? `${error.code} ${error.detail}` : String(error);
  }
  return 'taken';
}

/** The file after an update that changes the catalog's version. */
function updated(bytes: Uint8Array, file = found(bytes)): Uint8Array {
  const increment = new Increment(file);
  const { object, dict } = file.catalog;
  increment.rewrite(object, dict, [{ start: dict.end - 2, end: dict.end - 2, text: ' /Version /2.0 ' }]);
  return new Uint8Array(Buffer.concat([bytes, increment.finish(new Uint8Array(16)).bytes]));
}

describe('a file without a usable cross-reference', () => {
  it.each(['table', 'stream', 'object-streams'] as const)('(%s) is read from its objects', (kind) => {
    const bytes = broken(kind);
    expect(() => openPdf(bytesSource(bytes))).toThrow(Failure);
    const file = found(bytes);
    expect([file.rebuilt, [...file.pages()].length]).toEqual([true, 1]);
  });

  it.each(['table', 'stream', 'object-streams'] as const)(
    '(%s) is read strictly once an update brought a whole table, and every earlier byte is kept',
    (kind) => {
      const bytes = broken(kind);
      const after = updated(bytes);
      expect(textOf(after).startsWith(textOf(bytes))).toBe(true);
      const file = openPdf(bytesSource(after));
      expect(file.revisions).toHaveLength(1);
      expect([...file.pages()].map((page) => page.ref.number)).toEqual([3]);
      expect(file.catalog.dict.entries.has('Version')).toBe(true);
      for (const number of [2, 3, 4]) expect(file.object(number)?.number).toBe(number);
    },
  );

  it('counts offsets from its header, wherever that stands', () => {
    const bytes = latin1(`junk\n${textOf(broken('table'))}`);
    expect(found(bytes).headerOffset).toBe(5);
    expect(openPdf(bytesSource(updated(bytes))).headerOffset).toBe(5);
  });

  it('takes the last object of a number, as every reader that looks for them', () => {
    const bytes = broken('table', (text) =>
      text.replace('\nxref', '\n2 0 obj\n<< /Kids [3 0 R] /Type /Pages /MediaBox [0 0 9 9] >>\nendobj\nxref'),
    );
    const [page] = [...found(bytes).pages()];
    expect(page?.inherited.MediaBox).toMatchObject({ items: [0, 0, 9, 9] });
  });

  it.each([
    ['it holds a signature', (text: string) => text.replace('/Type /Page ', '/Type /Page /ByteRange 0 ')],
    [
      'an object stands inside the data of another',
      (text: string) => text.replace('(QUYET DINH)', '9 0 obj 12345'),
    ],
    ['an object stands in a comment', (text: string) => text.replace('2 0 obj', '% 9 0 obj\n2 0 obj')],
    [
      'two trailers name two roots',
      (text: string) => text.replace('trailer', 'trailer\n<< /Root 2 0 R >>\ntrailer'),
    ],
    [
      'no trailer names a root and there are two catalogs',
      (text: string) =>
        text
          .replace('/Root', '/Boot')
          .replace('\nxref', '\n9 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref'),
    ],
    [
      'no trailer names a root and there is no catalog',
      (text: string) => text.replace('/Root', '/Boot').replace('/Type /Catalog', '/Type /Catalogue'),
    ],
    [
      'its trailer is lost and may have named an encryption',
      (text: string) =>
        text.replace('/Root', '/Boot').replace('\nxref', '\n9 0 obj\n<< /Filter /Standard >>\nendobj\nxref'),
    ],
    ['a generation is beyond all readers', (text: string) => text.replace('4 0 obj', '4 99999 obj')],
    ['the root cannot be read', (text: string) => text.replace('/Type /Catalog', '/Type (')],
    ['there is no page', (text: string) => text.replace('/Kids [3 0 R]', '/Kids []')],
    [
      'a page is missing',
      (text: string) => text.replace('/Kids [3 0 R] /Count 1', '/Kids [3 0 R 8 0 R] /Count 2'),
    ],
  ])('is refused where %s', (_, change) => {
    expect(refusal(broken('table', change))).toMatch(/^pdf-/);
  });

  it.each([
    ['no trailer names it', (text: string) => text.replace('/Root', '/Boot')],
    ['there is no trailer', (text: string) => text.slice(0, text.indexOf('trailer'))],
    ['the trailer cannot be read', (text: string) => text.replace('/Size', '[/Size')],
    ['the trailer names a page', (text: string) => text.replace('/Root 1 0 R', '/Root 3 0 R')],
    ['the trailer names nothing', (text: string) => text.replace('/Root 1 0 R', '/Root 8 0 R')],
  ])('has the only catalog for its root where %s', (_, change) => {
    const bytes = broken('table', change);
    const file = openPdf(bytesSource(updated(bytes)));
    expect([file.catalogRef.number, [...file.pages()].length]).toEqual([1, 1]);
  });

  it('has the only catalog for its root where that lies in an object stream', () => {
    const file = found(broken('object-streams', (text) => text.replace('/Root', '/Boot')));
    expect([file.catalogRef.number, [...file.pages()].length]).toEqual([1, 1]);
  });

  it('is refused where its end is missing and so is an object', () => {
    const text = textOf(broken('table')).replace('4 0 obj', '5 0 obj');
    expect(refusal(latin1(text))).toBe('taken');
    expect(refusal(latin1(text.replace('%%EOF', '')))).toMatch(/^pdf-xref-damaged .*object 4 is missing/);
  });

  it('is refused where its data is cut off', () => {
    const text = textOf(broken('table'));
    const cut = `${text.slice(0, text.indexOf('endstream'))}\n${text.slice(text.indexOf('trailer'))}`;
    expect(refusal(latin1(cut))).toMatch(/^pdf-xref-damaged .*data of object 4/);
  });
});

describe('a file whose table is wrong in places', () => {
  const rebuilt = (bytes: Uint8Array): PdfFile =>
    openPdf(bytesSource(bytes), { findStart: true, rebuild: true });
  const misplaced = textOf(samplePdf('table')).replace(/(\n3 1\n\d{9})\d/, '$19');

  it('is read from its objects when it is asked for', () => {
    expect(() => [...found(latin1(misplaced)).pages()]).toThrow(Failure);
    expect([...rebuilt(latin1(misplaced)).pages()]).toHaveLength(1);
  });

  it('is refused where its table sees another object of a number than the last', () => {
    const twice = textOf(samplePdf('table', [...pageObjects(), { number: 9, body: 'true' }]));
    const hidden = twice.replace('xref\n0 1', '9 0 obj\nfalse\nendobj\nxref\n0 1');
    const moved = hidden.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) + 21}`);
    expect(() => rebuilt(latin1(moved))).toThrow(/two objects 9/);
  });
});
