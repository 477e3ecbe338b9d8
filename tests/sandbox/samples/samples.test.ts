import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { openPdf } from '../../../main/pdf';
import { bytesSource } from '../../../preload/contract/byte-source';
import { dateParts, dayFrom, isWorkingDay, workingDay } from './calendar';
import { ministryDocuments } from './documents/ministries';
import { provinceDocuments } from './documents/provinces';
import { type Letter, setLetter } from './letter';
import { sheetFile, wordFile } from './office';
import { sealPicture, signaturePicture } from './signing';
import { withChangedText } from './tamper';

const all = [...ministryDocuments, ...provinceDocuments];

const letter: Letter = {
  agency: ['ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN'],
  number: undefined,
  notation: 'UBND-KT',
  place: 'Lạng Sơn',
  date: undefined,
  year: '2026',
  typeName: undefined,
  subject: 'V/v thử nghiệm',
  addressees: ['Bộ Tài chính'],
  body: ['Đoàn công tác gồm 09 người, dự kiến có 19 đại biểu.'],
  receivers: ['Như trên', 'Lưu: VT'],
  authority: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
  name: 'Trần Thị Bình',
  made: new Date('2026-11-20T01:00:00Z'),
  objectStreams: false,
  encode: ['09 ', '19 '],
};

describe('working days', () => {
  it.each([
    ['2026-11-22', false],
    ['2026-11-20', true],
    ['2026-09-02', false],
    ['2026-02-16', false],
    ['2026-02-20', false],
    ['2026-02-23', true],
    ['2027-04-16', false],
    ['2026-04-30', false],
  ])('%s: %s', (day, working) => {
    expect(isWorkingDay(dayFrom(day))).toBe(working);
  });

  it('are counted over weekends and holidays in both directions', () => {
    expect(workingDay(dayFrom('2026-11-22'), 0)).toEqual(dayFrom('2026-11-20'));
    expect(workingDay(dayFrom('2026-11-22'), -1)).toEqual(dayFrom('2026-11-19'));
    expect(workingDay(dayFrom('2026-11-20'), 1)).toEqual(dayFrom('2026-11-23'));
    expect(workingDay(dayFrom('2026-02-13'), 1)).toEqual(dayFrom('2026-02-23'));
  });

  it('stand in a date line with zeros below 10 and in months 1 and 2 alone', () => {
    expect(dateParts(dayFrom('2026-02-05'))).toEqual({ day: '05', month: '02', year: '2026' });
    expect(dateParts(dayFrom('2026-03-15'))).toEqual({ day: '15', month: '3', year: '2026' });
  });
});

describe('the samples', () => {
  it('are at least 14 from the promised agencies, with every case once or more', () => {
    expect(all.length).toBeGreaterThanOrEqual(14);
    const senders = new Set(all.map((one) => one.from));
    for (const code of ['H14', 'H26', 'H37', 'H57', 'G12', 'G22']) expect(senders).toContain(code);
    for (const type of ['Công văn', 'Quyết định', 'Thông báo', 'Giấy mời', 'Báo cáo', 'Kế hoạch']) {
      expect(all.map((one) => one.type)).toContain(type);
    }
    expect(new Set(all.map((one) => one.signing))).toEqual(new Set(['both', 'none', 'changed', 'foreign']));
    expect(all.filter((one) => one.business?.type === '1')).toHaveLength(1);
    expect(new Set(all.map((one) => one.file)).size).toBe(all.length);
  });

  it('name only samples that exist, and no number is given twice but for the recall', () => {
    for (const one of all) {
      if (one.business !== undefined) expect(all.map((other) => other.file)).toContain(one.business.target);
    }
    const fresh = all.filter((one) => one.business?.type !== '1');
    expect(new Set(fresh.map((one) => `${one.from} ${one.number}/${one.notation}`)).size).toBe(fresh.length);
  });
});

describe('a letter', () => {
  it('is a PDF our reader opens, with room for number, date and signature on the page', async () => {
    const set = await setLetter(letter);
    expect([...openPdf(bytesSource(set.bytes)).pages()]).toHaveLength(set.pages);
    expect(set.signature.page).toBe(set.pages - 1);
    for (const spot of [set.number, set.day, set.month]) expect(spot.y).toBeGreaterThan(600);
    const { x, width } = set.signature.rect;
    expect(x + width).toBeLessThan(560);
    expect(set.day.x).toBeGreaterThan(set.number.x);
  });

  it('can be forged in place without changing its length', async () => {
    const set = await setLetter(letter);
    const [from = '', to = ''] = set.codes;
    const forged = withChangedText(set.bytes, from, to);
    expect(forged.length).toBe(set.bytes.length);
    expect(Buffer.from(forged).equals(Buffer.from(set.bytes))).toBe(false);
    expect([...openPdf(bytesSource(forged)).pages()]).toHaveLength(set.pages);
    expect(() => withChangedText(set.bytes, 'FFFFFFFF', '00000000')).toThrow('not found');
  });
});

describe('office files and pictures', () => {
  it('are archives of well-formed parts', () => {
    const files = [
      wordFile('TIÊU ĐỀ & phụ', ['một <hai>']),
      sheetFile(
        'A & B',
        [
          ['a', 'b'],
          ['x', '12.5'],
        ],
        [5, 6],
      ),
    ];
    for (const file of files) {
      const parts = Object.entries(unzipSync(file));
      expect(parts.map(([name]) => name)).toContain('[Content_Types].xml');
      for (const [, bytes] of parts)
        expect(() => new SaxesParser({ xmlns: true }).write(strFromU8(bytes)).close()).not.toThrow();
    }
  });

  it('have their real size: 36 mm at 300 dots an inch', () => {
    const png = Buffer.from(sealPicture(['ỦY BAN NHÂN DÂN', 'TỈNH LẠNG SƠN']));
    expect(png.readUInt32BE(16)).toBe(425);
    expect(png.readUInt32BE(png.indexOf('pHYs') + 4)).toBe(11_811);
    expect(Buffer.from(signaturePicture('A')).equals(Buffer.from(signaturePicture('B')))).toBe(false);
  });
});
