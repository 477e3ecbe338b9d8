import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../preload/contract/annotation';
import type { IncomingDocument } from '../../../preload/contract/records';
import { proposedSheet, sheetOf } from './sheet';

const document = {
  arrivalNumber: 7,
  arrivalDate: '2026-11-27',
  opinion: 'Giao Phòng Nội vụ xử lý',
  presentedTo: 'Trần Văn Quyết',
  facts: {
    number: '1234',
    notation: 'BNV-VTLTNN',
    issuedOn: '2026-11-20',
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
      author: 'Bộ Nội vụ',
      notation: '1234/BNV-VTLTNN',
      documentDate: '20/11/2026',
      subject: 'Hướng dẫn công tác văn thư',
      leader: [
        { text: 'Giao Phòng Nội vụ xử lý', by: 'Trần Văn Quyết', day: '' },
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
