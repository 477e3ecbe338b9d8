import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../preload/contract/annotation';
import type { IncomingDocument } from '../../../preload/contract/records';
import { filesWithSheet, sheetWords } from './kept-sheet';
import { proposedSheet, renewedSheet, sheetOf } from './sheet';

const document = {
  arrivalNumber: 7,
  arrivalDate: '2026-11-27',
  opinion: 'Giao Phòng Nội vụ xử lý',
  presentedTo: 'Trần Văn Quyết',
  history: [{ at: '2026-11-27T03:00:00.000Z', what: 'presented', who: '', detail: '' }],
  facts: {
    number: '1234',
    notation: 'BNV-VTLTNN',
    issuedOn: '2026-11-20',
    typeName: 'Công văn',
    subject: 'Hướng dẫn công tác văn thư',
    sender: { code: 'G01', name: 'Bộ Nội vụ' },
  },
} as IncomingDocument;

const mark = (id: string, more: Partial<Annotation>) =>
  ({
    ...{ id, layer: 'notes', kind: 'note', deleted: false, author: 'Nguyễn Thị Hường' },
    ...{ text: `lời ${id}`, createdAt: '2026-11-26T18:00:00.000Z' },
    ...more,
  }) as Annotation;

describe('the sheet of an incoming document', () => {
  it('is filled from the document, from what was entered, and from notes by layer, author and day in Vietnam', () => {
    const draft = proposedSheet(document, 'UBND tỉnh Lạng Sơn', [
      mark('b', { createdAt: '2026-11-27T02:00:00.000Z' as Annotation['createdAt'] }),
      mark('a', { layer: 'directions', author: 'Trần Văn Quyết' }),
      mark('c', { layer: 'imported' }),
      mark('d', { kind: 'stamp' }),
      mark('e', { text: '  ' }),
      mark('f', { deleted: true }),
    ]);
    expect(sheetOf(draft)).toEqual({
      parent: '',
      agency: 'UBND tỉnh Lạng Sơn',
      number: '07',
      arrivalDate: '27/11/2026',
      type: 'Công văn',
      author: 'Bộ Nội vụ',
      notation: '1234/BNV-VTLTNN',
      documentDate: '20/11/2026',
      subject: 'Hướng dẫn công tác văn thư',
      leader: [
        { text: 'Giao Phòng Nội vụ xử lý', by: 'Trần Văn Quyết', day: '27/11/2026' },
        { text: 'lời a', by: 'Trần Văn Quyết', day: '27/11/2026' },
      ],
      unit: [],
      handler: [{ text: 'lời b', by: 'Nguyễn Thị Hường', day: '27/11/2026' }],
    });
  });

  it('leaves out what the clerk left out, and puts each opinion where the clerk put it', () => {
    const draft = proposedSheet(document, '', [mark('a', {}), mark('b', {})]);
    const places = ['none', 'unit', 'handler'] as const;
    const moved = draft.opinions.map((one, index) => ({ ...one, place: places[index] ?? 'none' }));
    const sheet = sheetOf({ ...draft, opinions: moved });
    expect(sheet.leader).toEqual([]);
    expect(sheet.unit.map(({ text }) => text)).toEqual(['lời a']);
    expect(sheet.handler.map(({ text }) => text)).toEqual(['lời b']);
  });
});

describe('a kept sheet', () => {
  const kept = proposedSheet(document, '', [mark('a', {}), mark('b', {}), mark('c', {})]);
  const own = { id: 'own', place: 'unit', text: 'Riêng', by: 'Lê Thị Ngọc', day: '', said: null } as const;
  const arranged = {
    ...kept,
    subject: 'Trích yếu do văn thư sửa',
    opinions: [
      ...kept.opinions.map((one) =>
        one.id === 'a' ? { ...one, place: 'unit' as const, text: 'Đã sửa' } : one,
      ),
      own,
    ],
  };

  it('is what the clerk made of it while the notes say the same', () => {
    const same = proposedSheet(document, '', [mark('a', {}), mark('b', {}), mark('c', {})]);
    expect(renewedSheet(arranged, same)).toEqual({ draft: arranged, news: 0 });
  });

  it('takes up what came and changed, leaves out what is gone, and keeps what is the clerk’s alone', () => {
    const now = [mark('a', { text: 'lời khác' }), mark('c', {}), mark('d', {})];
    const { draft, news } = renewedSheet(arranged, proposedSheet(document, '', now));
    expect(news).toBe(3);
    expect(draft.subject).toBe('Trích yếu do văn thư sửa');
    expect(draft.opinions.map(({ id, place, text }) => [id, place, text])).toEqual([
      ['presented', 'leader', 'Giao Phòng Nội vụ xử lý'],
      ['a', 'unit', 'lời khác'],
      ['b', 'none', 'lời b'],
      ['c', 'handler', 'lời c'],
      ['own', 'unit', 'Riêng'],
      ['d', 'handler', 'lời d'],
    ]);
    // What is left out already is no news a second time.
    expect(renewedSheet(draft, proposedSheet(document, '', now)).news).toBe(0);
  });

  it('is listed after what came in, newest first, each file once', () => {
    const file = (sha256: string) => ({ sha256, name: sha256 }) as IncomingDocument['attachments'][number];
    const version = (sha256: string) => ({ file: file(sha256), at: '2026-11-27T03:00:00.000Z', by: 'Hường' });
    const versions = [version('x'), version('y'), version('x')];
    const row = { attachments: [file('m')], sheet: { words: kept, versions } } as unknown as IncomingDocument;
    expect(filesWithSheet(row).map(({ sha256 }) => sha256)).toEqual(['m', 'x', 'y']);
    expect(filesWithSheet({ ...row, sheet: undefined }).map(({ sha256 }) => sha256)).toEqual(['m']);
    const said = sheetWords(row, (key, values) => `${key} ${JSON.stringify(values)}`);
    expect(said).toContain('"version":3');
    expect(said).toContain('Hường');
  });
});
