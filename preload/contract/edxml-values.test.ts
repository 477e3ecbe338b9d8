import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyCodeForm, isTechnicalAgencyCode, sameAgencyCode, topLevelCode } from './agency-code';
import { buildDocumentId, documentCode, parseDocumentId, sameDocumentId } from './document-id';
import { documentTypeName, documentTypeNumber, typeAbbreviation } from './document-types';
import { packageJson } from './edxml';
import { markedWords } from './package-secrecy';
import { secrecyLevelOf } from './secrecy';
import { statusName, statusNeedsReason } from './status-codes';
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
    expect(sameAgencyCode(' h37.02', 'H37.02')).toBe(true);
    expect(isTechnicalAgencyCode('000.00.44.W00')).toBe(true);
    expect(isTechnicalAgencyCode('G12')).toBe(false);
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

describe('statuses', () => {
  it('have words, unknown ones stay, and some need a reason', () => {
    expect(statusName('03')).toBe('Đã tiếp nhận');
    expect(statusName('77')).toBe('77');
    expect(['01', '02', '13', '16'].map(statusNeedsReason)).toEqual([false, true, true, true]);
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
