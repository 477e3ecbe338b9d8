import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentHeader, traceHeaderList } from '../../preload/contract/edxml';
import { asDay, asInstant } from '../../preload/contract/ids';
import type { DocumentFacts } from '../../preload/contract/records';
import { factsOf, headerOf, statusHeaderOf, statusOf, traceOf } from './facts';

const now = new Date('2026-11-20T03:00:00.000Z');
const word = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `x${text.replace(/\s/g, '')}`);
const dayValue = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => asDay(new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10)));
const organ = fc.record({ code: word, name: word });
const facts: fc.Arbitrary<DocumentFacts> = fc.record({
  documentId: word,
  number: fc.integer({ min: 1, max: 99_999 }).map(String),
  notation: word,
  typeName: fc.constantFrom('Công văn', 'Quyết định', 'Thông báo', 'Giấy mời'),
  subject: word,
  content: fc.constantFrom('', 'tóm tắt'),
  place: word,
  issuedOn: dayValue,
  signer: fc.record({ competence: fc.constantFrom('', 'KT. CHỦ TỊCH'), position: word, name: word }),
  sender: organ,
  receivers: fc.array(organ, { minLength: 1, maxLength: 4 }),
  toPlaces: fc.array(word, { maxLength: 3 }),
  urgency: fc.integer({ min: 0, max: 4 }),
  dueOn: fc.option(dayValue),
  pages: fc.integer({ min: 0, max: 500 }),
  copies: fc.integer({ min: 0, max: 50 }),
  appendixes: fc.array(word, { maxLength: 3 }),
  responseFor: fc.array(
    fc.record({ organId: word, code: word, documentId: word, promulgationDate: fc.option(dayValue) }),
    { maxLength: 2 },
  ),
  business: fc.oneof(
    fc.record({
      type: fc.constant('0' as const),
      reason: fc.constant(''),
      targetDocumentId: fc.constant(''),
    }),
    fc.record({
      type: fc.constantFrom('1' as const, '2' as const),
      reason: word,
      targetDocumentId: word,
    }),
    fc.record({
      type: fc.constant('2' as const),
      reason: word,
      targetDocumentId: word,
      decidedBy: word,
      update: fc.record({
        facts: fc.boolean(),
        receivers: fc.array(
          fc.record({ code: word, change: fc.constantFrom('added' as const, 'removed' as const) }),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    }),
    fc
      .array(fc.record({ documentId: word, receivers: fc.array(word, { maxLength: 3 }) }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((replaces) => ({
        type: '3' as const,
        reason: 'Sai nội dung',
        targetDocumentId: replaces[0]?.documentId ?? '',
        decidedBy: 'Trần Thị Bình',
        replaces,
      })),
  ),
  paper: fc.boolean(),
});

describe('the facts of a document', () => {
  it('survive the way into a package and back', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const header = documentHeader.parse(headerOf(one));
        const trace = traceHeaderList.parse(traceOf(one, now));
        expect(factsOf(header, trace)).toEqual(one);
      }),
    );
  });

  it('keep a business type that the standard does not know as it came', () => {
    const trace = traceHeaderList.parse({ Bussiness: { BussinessDocType: '7', BussinessDocReason: 'thử' } });
    expect(factsOf(documentHeader.parse({}), trace).business).toEqual({
      type: '0',
      reason: 'thử',
      targetDocumentId: '',
      unknownType: '7',
    });
  });

  it('write the type of the document as the hub wants it, the name always beside it', () => {
    const [one] = fc.sample(facts, 1);
    if (one === undefined) throw new Error('no sample');
    const letter = { ...one, typeName: 'Công văn' };
    expect(headerOf(letter).DocumentType).toEqual({ Type: '18', TypeName: 'Công văn' });
    const grouped = headerOf(letter, 'group');
    expect(grouped.DocumentType).toEqual({ Type: '2', TypeName: 'Công văn', TypeDetail: '18' });
    expect(factsOf(documentHeader.parse(grouped), null).typeName).toBe('Công văn');
    const free = { ...one, typeName: 'Phiếu xin ý kiến' };
    expect(headerOf(free, 'group').DocumentType).toEqual({ Type: undefined, TypeName: 'Phiếu xin ý kiến' });
  });

  it('are read from a header that has hardly anything', () => {
    const empty = factsOf(documentHeader.parse({}), null);
    expect(empty.issuedOn).toBeNull();
    expect(empty.business.type).toBe('0');
    expect(empty.receivers).toEqual([]);
  });

  it('have no date where a program wrote the one that nobody set', () => {
    const unset = (date: string) =>
      factsOf(
        documentHeader.parse({
          PromulgationInfo: { PromulgationDate: date },
          DueDate: date,
          ResponseFor: [{ Code: '1/BTC-VP', PromulgationDate: date }],
        }),
        null,
      );
    for (const date of ['0001/01/01', '0001-01-01T00:00:00', '1899/12/30']) {
      const { issuedOn, dueOn, responseFor } = unset(date);
      expect([issuedOn, dueOn, responseFor[0]?.promulgationDate]).toEqual([null, null, null]);
    }
    expect(unset('1900/01/01').dueOn).toBe('1900-01-01');
  });

  it('call an agency that has no name by its code', () => {
    const [one] = fc.sample(facts, 1);
    if (one === undefined) throw new Error('no sample');
    const { To } = headerOf({ ...one, receivers: [{ code: 'G12', name: '' }] });
    expect(To).toEqual([{ OrganId: 'G12', OrganName: 'G12' }]);
  });

  it('say nothing of pages that nobody counted', () => {
    const [one] = fc.sample(facts, 1);
    if (one === undefined) throw new Error('no sample');
    expect(headerOf({ ...one, pages: 0 }).OtherInfo?.PageAmount).toBeUndefined();
    expect(headerOf({ ...one, pages: 3 }).OtherInfo?.PageAmount).toBe('3');
  });

  it('name the urgency that stands as a word', () => {
    const urgency = (Priority: string) =>
      factsOf(documentHeader.parse({ OtherInfo: { Priority } }), null).urgency;
    expect(['Hỏa tốc', 'hoả tốc', 'THƯỢNG KHẨN', 'Khẩn', 'Thường', '3', 'gấp'].map(urgency)).toEqual([
      3, 3, 2, 1, 0, 3, 0,
    ]);
  });

  it('have number and symbol apart though a writer put both into one element', () => {
    const code = (CodeNumber: string, CodeNotation: string) => {
      const { number, notation } = factsOf(
        documentHeader.parse({ Code: { CodeNumber, CodeNotation } }),
        null,
      );
      return [number, notation];
    };
    expect(code('1234/UBND-VXKGVX-NVNN-TTPV', '')).toEqual(['1234', 'UBND-VXKGVX-NVNN-TTPV']);
    expect(code('', '99/BTC-VP')).toEqual(['99', 'BTC-VP']);
    for (const [number = '', notation = ''] of [
      ['99/BTC-VP', 'BTC-VP'],
      ['99/BTC-VP', '99/BTC-VP'],
      ['99', '99/BTC-VP'],
    ]) {
      expect(code(number, notation)).toEqual(['99', 'BTC-VP']);
    }
    expect(code('30/2020', 'NĐ-CP')).toEqual(['30/2020', 'NĐ-CP']);
    expect(code('', 'BTC/VP')).toEqual(['', 'BTC/VP']);
    expect(code('9', '99/BTC-VP')).toEqual(['9', '99/BTC-VP']);
  });

  it('of an update tell an urgency that nobody named from one of 0', () => {
    const read = (type: string, priority?: string) => {
      const header = priority === undefined ? {} : { OtherInfo: { Priority: priority } };
      const trace = traceHeaderList.parse({ Bussiness: { BussinessDocType: type } });
      const { urgency, urgencyUnsaid } = factsOf(documentHeader.parse(header), trace);
      return [urgency, urgencyUnsaid];
    };
    expect(read('2')).toEqual([0, true]);
    expect(read('2', 'gấp')).toEqual([0, true]);
    expect(read('2', '12')).toEqual([0, true]);
    expect(read('2', '0')).toEqual([0, undefined]);
    expect(read('2', '3')).toEqual([3, undefined]);
    expect(read('0')).toEqual([0, undefined]);
  });

  it('keep a deadline that lies before the day of issue', () => {
    const header = { PromulgationInfo: { PromulgationDate: '2026/01/15' }, DueDate: '2026-01-14+07:00' };
    const { issuedOn, dueOn } = factsOf(documentHeader.parse(header), null);
    expect([issuedOn, dueOn]).toEqual(['2026-01-15', '2026-01-14']);
  });

  it('write the time of the desk in Vietnamese time whatever the zone of the machine', () => {
    const one = fc.sample(facts, 1)[0];
    if (one === undefined) throw new Error('no sample');
    expect(traceOf(one, now).TraceHeader[0]?.Timestamp).toBe('2026/11/20 10:00:00');
  });
});

describe('a status', () => {
  it('survives the way into a package and back', () => {
    const status = {
      code: '02',
      from: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' },
      responseFor: {
        organId: 'G12',
        code: '99/BTC-VP',
        documentId: 'G12,2026/11/20,99/BTC-VP',
        promulgationDate: asDay('2026-11-20'),
      },
      description: 'Nội dung đã bị sửa sau khi ký',
      staff: 'Nguyễn Thị Hường',
      at: asInstant(new Date('2026-11-20T03:04:05.000Z')),
    };
    expect(statusOf(statusHeaderOf(status), asInstant(now))).toEqual(status);
  });

  it('has the two digits of the standard where its writer left the zero out', () => {
    const codes = ['1', '2', '3', '16', '77'].map(
      (code) => statusOf({ StatusCode: code }, asInstant(now)).code,
    );
    expect(codes).toEqual(['01', '02', '03', '16', '77']);
  });

  it('takes the time of arrival where it carries none', () => {
    expect(statusOf({ StatusCode: '77' }, asInstant(now))).toMatchObject({
      code: '77',
      at: now.toISOString(),
    });
  });

  it('takes the time of arrival where a program wrote the one that nobody set', () => {
    const header = { StatusCode: '03', Timestamp: '0001-01-01T00:00:00' };
    expect(statusOf(header, asInstant(now)).at).toBe(now.toISOString());
  });
});
