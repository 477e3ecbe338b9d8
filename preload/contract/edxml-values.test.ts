import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agencyCodeForm,
  agencyCodeForms,
  canonicalAgencyCode,
  isTechnicalAgencyCode,
  sameAgency,
  topLevelCode,
} from './agency-code';
import { buildDocumentId, documentCode, parseDocumentId, sameDocumentId } from './document-id';
import {
  administrativeTypes,
  documentTypeName,
  documentTypeNumber,
  legalTypes,
  typeAbbreviation,
  typeAbbreviations,
  wireDocumentType,
} from './document-types';
import { packageJson } from './edxml';
import { markedWords } from './package-secrecy';
import { secrecyLevelOf } from './secrecy';
import { statusCode, statusName, statusNeedsReason } from './status-codes';
import {
  isoDay,
  normaliseWireDate,
  normaliseWireTimestamp,
  wireDate,
  wireInstant,
  wireTimestamp,
} from './wire-time';

describe('times on the wire', () => {
  it.each([
    ['2026/01/15', '2026/01/15'],
    ['2026-1-5', '2026/01/05'],
    ['15/01/2026', '2026/01/15'],
    ['2023/03/14 00:00:00', '2023/03/14'],
    ['2023/03/14 14:30:00', '2023/03/14 14:30:00'],
    ['2026-01-15T17:00:00Z', '2026/01/16'],
    ['2026/02/30', undefined],
    ['mai', undefined],
    ['2026/01/15 25:00:00', undefined],
    ['2026-01-15+07:00', '2026/01/15'],
    ['2026-01-15Z', '2026/01/15'],
    ['2026-01-15 -0500', '2026/01/15'],
    ['15-01-2026+07:00', '2026/01/15'],
    ['15.01.2026', '2026/01/15'],
    ['5.1.2026 14:30', '2026/01/05 14:30:00'],
    ['2026.01.15', '2026/01/15'],
    ['20260115', '2026/01/15'],
    ['20260115+07:00', '2026/01/15'],
    ['2026-01-15T24:00:00', '2026/01/15'],
    ['2026-01-15T24:00:00+07:00', '2026/01/15'],
    ['2026-01-15T24:00:00Z', '2026/01/16 07:00:00'],
    ['2026-01-15T24:00:01', undefined],
    ['2026-01-15+7', undefined],
    ['15012026', undefined],
    ['202601155', undefined],
    ['14/03/2026 12:00:00 SA', '2026/03/14'],
    ['14/03/2026 2:30:00 CH', '2026/03/14 14:30:00'],
    ['2026-03-14 12:05:00 PM', '2026/03/14 12:05:00'],
    ['2026/03/14 12:00:00 am', '2026/03/14'],
    ['3/4/2026 12:00:00 AM', undefined],
    ['14/03/2026 13:00:00 CH', undefined],
    ['14/03/2026 00:30:00 SA', undefined],
    ['2026-01-15 17:00:00+00', '2026/01/16'],
    ['2026-01-15T00:00:00+07', '2026/01/15'],
    ['20261315', undefined],
  ])('the date %s is %s', (text, expected) => {
    expect(normaliseWireDate(text)).toBe(expected);
  });

  it('timestamps are Vietnam’s, a zone is converted', () => {
    expect(normaliseWireTimestamp('2026-01-15T09:30:00+07:00')).toBe('2026/01/15 09:30:00');
    expect(normaliseWireTimestamp('2026-01-15 23:30:00.123Z')).toBe('2026/01/16 06:30:00');
    expect(normaliseWireTimestamp('2026/01/15')).toBe('2026/01/15 00:00:00');
    expect(wireTimestamp(new Date('2026-12-31T17:00:00Z'))).toBe('2027/01/01 00:00:00');
    expect(wireDate(new Date('2026-12-31T16:59:59Z'))).toBe('2026/12/31');
    expect(isoDay('15/01/2026')).toBe('2026-01-15');
  });

  it('a zone behind a day moves nothing, the end of a day is the next midnight', () => {
    for (const zone of ['Z', '+07:00', '-0800', ' +14:00']) {
      expect(isoDay(`2026-01-15${zone}`)).toBe('2026-01-15');
      expect(normaliseWireTimestamp(`2026-01-15${zone}`)).toBe('2026/01/15 00:00:00');
    }
    expect(isoDay('2026-01-31T24:00:00')).toBe('2026-01-31');
    expect(normaliseWireTimestamp('2026-01-31T24:00:00')).toBe('2026/02/01 00:00:00');
    expect(wireInstant('2026-01-31T24:00:00')?.toISOString()).toBe('2026-01-31T17:00:00.000Z');
  });

  it('a time that has no four-digit year in Vietnam is none', () => {
    for (const text of ['9999-12-31T23:59:59.9999999Z', '0001-01-01T00:00:00+14:00']) {
      expect([normaliseWireDate(text), isoDay(text), normaliseWireTimestamp(text)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  it('what was brought into form is read as the same day and time', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    const day = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), part(12), part(31), fc.constantFrom('/', '-', '.', ''))
      .map(([year, month, date, stroke]) => [String(year).padStart(4, '0'), month, date].join(stroke));
    const time = fc.tuple(part(24), part(59), part(59)).map((parts) => `T${parts.join(':')}`);
    const zone = fc.constantFrom('', 'Z', '+07:00', '-1200', '+14:00');
    fc.assert(
      fc.property(day, fc.option(time, { nil: '' }), zone, (date, hour, offset) => {
        const text = `${date}${hour}${offset}`;
        for (const normal of [normaliseWireDate, normaliseWireTimestamp]) {
          const once = normal(text);
          if (once === undefined) continue;
          expect(once).toMatch(/^\d{4}\/\d{2}\/\d{2}( \d{2}:\d{2}:\d{2})?$/);
          expect(normal(once)).toBe(once);
        }
        expect(isoDay(normaliseWireDate(text) ?? '')).toBe(isoDay(text));
      }),
    );
  });

  it('an instant comes back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const instant = new Date(seconds * 1000);
        expect(wireInstant(wireTimestamp(instant))).toEqual(instant);
      }),
    );
  });
});

describe('agency codes', () => {
  it.each([
    ['000.00.18.G12', 'old', 'G12'],
    ['001.00.26.g14', 'old', 'G14'],
    ['H37.02.02', 'new', 'H37'],
    ['H37.DN.001', 'new', 'H37'],
    ['G12', 'new', 'G12'],
    ['Bộ Tài chính', 'odd', undefined],
    [`H37${'.001'.repeat(9)}`, 'odd', undefined],
  ])('%s is %s of %s', (code, form, top) => {
    expect(agencyCodeForm(code)).toBe(form);
    expect(topLevelCode(code)).toBe(top);
  });

  it('compare without case and know technical codes', () => {
    expect(sameAgency(' h37.02', 'H37.02')).toBe(true);
    expect(isTechnicalAgencyCode('000.00.44.W00')).toBe(true);
    expect(isTechnicalAgencyCode('G12')).toBe(false);
  });

  it.each([
    ['000.00.00.H26', 'H26'],
    ['000.00.18.g12', 'G12.18'],
    ['000.01.12.H28', 'H28.12.01'],
    ['001.02.26.G14', 'G14.26.02.001'],
    ['001.00.26.G14', 'G14.26.001'],
  ])('%s is the old code of %s', (old, code) => {
    expect(sameAgency(old, code)).toBe(true);
    expect(agencyCodeForms(code)).toEqual([code, old.toUpperCase()]);
    expect(agencyCodeForms(old)).toEqual([old.toUpperCase(), code]);
  });

  it.each([
    ['000.00.18.G12', 'G12'],
    ['000.00.00.H26', 'H27'],
    ['000.01.00.H28', 'H28.01'],
    ['000.00.18.G12', 'G12.18.00'],
    ['H26', 'H26.00'],
    ['A00.01.10.H26', 'H26.10.01.A00'],
  ])('%s and %s are two agencies', (one, other) => {
    expect(sameAgency(one, other)).toBe(false);
  });

  it('keep two old codes apart, however they are written, and what is no old code is compared as it is', () => {
    const group = (length: number) => fc.stringMatching(new RegExp(`^[01A]{${length}}$`));
    const old = fc
      .tuple(group(3), group(2), group(2), fc.constantFrom('H26', 'G12'))
      .map((all) => all.join('.'));
    fc.assert(
      fc.property(old, old, (one, other) => {
        expect(sameAgency(one, other)).toBe(one === other);
        expect(canonicalAgencyCode(canonicalAgencyCode(one))).toBe(canonicalAgencyCode(one));
        expect(agencyCodeForms(canonicalAgencyCode(one))).toContain(one);
      }),
    );
    expect(sameAgency('bộ tài chính ', 'Bộ Tài chính')).toBe(true);
    expect(agencyCodeForms('H37.DN.001.02')).toEqual(['H37.DN.001.02']);
  });
});

describe('document ids', () => {
  it('are built in the common form and taken apart only when they have it', () => {
    const parts = { organId: 'G12', promulgationDate: '2026/01/15', code: documentCode('99', 'BTC-VP') };
    const id = buildDocumentId(parts);
    expect(id).toBe('G12,2026/01/15,99/BTC-VP');
    expect(parseDocumentId(` ${id} `)).toEqual(parts);
    expect(parseDocumentId('000.00.01.H01,2018,10')).toBeUndefined();
    expect(parseDocumentId('7aceb1d0-0000-4000-8000-000000000000')).toBeUndefined();
    expect(sameDocumentId(` ${id}`, id)).toBe(true);
    expect(sameDocumentId(id.toLowerCase(), id)).toBe(false);
  });
});

describe('document types', () => {
  it('resolve by name, then by group and item, then by item', () => {
    expect(documentTypeName({ Type: '2', TypeName: 'CÔNG VĂN' })).toBe('Công văn');
    expect(documentTypeName({ Type: '1', TypeName: 'Thư ngỏ' })).toBe('Thư ngỏ');
    expect(documentTypeName({ Type: '2', TypeDetail: '18' })).toBe('Công văn');
    expect(documentTypeName({ Type: '1', TypeDetail: '7' })).toBe('Nghị định');
    expect(documentTypeName({ Type: '18' })).toBe('Công văn');
    expect(documentTypeName({ Type: '18', TypeDetail: '0' })).toBe('Công văn');
    expect(documentTypeName({})).toBeUndefined();
    expect(documentTypeNumber('giấy mời')).toBe('25');
    expect([typeAbbreviation('Quyết định'), typeAbbreviation('Công văn'), typeAbbreviation('x')]).toEqual([
      'QĐ',
      '',
      undefined,
    ]);
  });
});

describe('the spelling and the numbers of document types', () => {
  const names = [
    ...Object.values(administrativeTypes),
    ...Object.values(legalTypes),
    ...Object.keys(typeAbbreviations),
  ];

  it('every name finds itself, whatever its case, blanks and composition', () => {
    for (const name of names) {
      for (const written of [name.toUpperCase(), name.normalize('NFD'), ` ${name.replaceAll(' ', '  ')} `])
        expect(documentTypeName({ TypeName: written })).toBe(name);
    }
  });

  it('a tone may stand on either vowel, and a name with other tones stays as it came', () => {
    expect(['Giấy uỷ quyền', 'BẢN THOẢ THUẬN'].map(documentTypeNumber)).toEqual(['24', '22']);
    expect(['Giấy uỷ quyền', 'Bản thoả thuận'].map(typeAbbreviation)).toEqual(['GUQ', 'BTT']);
    expect(documentTypeName({ Type: '1', TypeName: 'Giấy uỷ quyền' })).toBe('Giấy ủy quyền');
    expect(documentTypeName({ TypeName: 'Công vãn' })).toBe('Công vãn');
    expect(wireDocumentType('Giấy uỷ quyền', 'item')).toEqual({ Type: '24', TypeName: 'Giấy uỷ quyền' });
  });

  it('numbers are read with zeros before them, and what is no number names nothing', () => {
    expect(documentTypeName({ Type: '07' })).toBe('Thông báo');
    expect(documentTypeName({ Type: '02', TypeDetail: '018' })).toBe('Công văn');
    expect(documentTypeName({ Type: '1', TypeDetail: '07' })).toBe('Nghị định');
    expect(documentTypeName({ Type: '18', TypeDetail: '00' })).toBe('Công văn');
    for (const odd of ['0', '00', '33', 'constructor', 'toString']) {
      expect(documentTypeName({ Type: odd })).toBeUndefined();
    }
    expect(documentTypeName({ Type: '2', TypeDetail: 'constructor' })).toBeUndefined();
  });

  it('a legal type leaves with its group and item, and where items stand alone with its name alone', () => {
    expect(wireDocumentType('Nghị định', 'group')).toEqual({
      Type: '1',
      TypeName: 'Nghị định',
      TypeDetail: '7',
    });
    expect(wireDocumentType('Nghị định', 'item')).toEqual({ Type: undefined, TypeName: 'Nghị định' });
    expect(wireDocumentType('Quyết định', 'group')).toMatchObject({ Type: '2', TypeDetail: '2' });
  });

  it('what is written as group and item is read back without its name', () => {
    for (const name of [...Object.values(administrativeTypes), ...Object.values(legalTypes)]) {
      const { Type, TypeDetail } = wireDocumentType(name, 'group');
      expect(documentTypeName({ Type, TypeDetail })).toBe(name);
    }
  });
});

describe('statuses', () => {
  it('have words, unknown ones stay, and some need a reason', () => {
    expect(statusName('03')).toBe('Đã tiếp nhận');
    expect(statusName('77')).toBe('77');
    expect(['01', '02', '13', '16'].map(statusNeedsReason)).toEqual([false, true, true, true]);
  });
});

describe('status codes', () => {
  it('have two digits, and what is no single digit stays as it came', () => {
    expect(['1', ' 3 ', '06', '16', '103', 'xong', ''].map(statusCode)).toEqual([
      '01',
      '03',
      '06',
      '16',
      '103',
      'xong',
      '',
    ]);
  });
});

describe('secrecy marks', () => {
  it.each([
    ['MẬT', 'mat'],
    ['[Tối mật]', 'toi-mat'],
    ['Độ mật: Tuyệt mật', 'tuyet-mat'],
    ['TỐI MẬT - Phương án bảo vệ', 'toi-mat'],
    ['Phương án bảo vệ (Mật)', 'mat'],
    ['Công văn, mức mật: Mật, gửi kèm', 'mat'],
    ['Báo cáo công tác bảo mật năm 2026', undefined],
    ['V/v giới thiệu sản phẩm mật ong', undefined],
    ['Mật độ dân số các xã', undefined],
    ['MẬT ĐỘ DÂN SỐ', undefined],
    ['Quy chế bảo vệ bí mật nhà nước', undefined],
    ['Vắng mặt', undefined],
  ])('%s', (text, level) => {
    expect(secrecyLevelOf(text)).toBe(level);
    expect(secrecyLevelOf(text.normalize('NFD'))).toBe(level);
  });

  it('are found in any field of a header', () => {
    const wordsOf = (header: object) => markedWords(packageJson.parse({ kind: 'edoc', header }));
    expect(wordsOf({ Subject: 'V/v', OtherInfo: { SphereOfPromulgation: 'Tuyệt mật' } })).toEqual([
      'Tuyệt mật',
    ]);
    expect(wordsOf({ Subject: 'V/v bảo mật' })).toEqual([]);
  });
});
