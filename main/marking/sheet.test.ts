// The sheet of an incoming document as pdftotext and qpdf read it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HandlingSheet } from '../../preload/contract/handling-sheet';
import { shippedBold, shippedFont } from '../signing';
import { sheetPdf } from './sheet';

const fonts = { regular: shippedFont(), bold: shippedBold() };
const sheet: HandlingSheet = {
  parent: 'UBND tỉnh Lạng Sơn',
  agency: 'Văn phòng Ủy ban nhân dân tỉnh Lạng Sơn',
  number: '07',
  arrivalDate: '27/11/2026',
  type: 'Công văn',
  author: 'Bộ Nội vụ',
  notation: '1234/BNV-VTLTNN',
  documentDate: '20/11/2026',
  subject: 'Về việc hướng dẫn công tác văn thư, lưu trữ điện tử trong các cơ quan nhà nước ở địa phương',
  leader: [
    {
      text: 'Giao Phòng Nội vụ tham mưu, báo cáo UBND tỉnh trước ngày 30/11/2026.',
      by: 'Trần Văn Quyết',
      day: '27/11/2026',
    },
  ],
  unit: [{ text: 'Chuyển đ/c Hường nghiên cứu, đề xuất.', by: 'Lê Thị Ngọc', day: '27/11/2026' }],
  handler: [],
};

function onDisk(what: HandlingSheet): { path: string; text: string; pages: number } {
  const { bytes, missing } = sheetPdf(what, fonts);
  expect(missing).toBe(false);
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-sheet-')), 'phieu.pdf');
  writeFileSync(path, bytes);
  execFileSync('qpdf', ['--check', path]);
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [path], { encoding: 'utf8' }))?.[1]);
  return { path, text, pages };
}

describe('the sheet of an incoming document', () => {
  it('says what came in and who said what, on one page of A4', () => {
    const { text, pages, path } = onDisk(sheet);
    const plain = text.replace(/\s+/g, ' ');
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN',
      'Số đến: 07',
      'Ngày đến: 27/11/2026',
      'Tên loại: Công văn',
      'Tác giả: Bộ Nội vụ',
      'Số, ký hiệu: 1234/BNV-VTLTNN',
      'Ngày văn bản: 20/11/2026',
      'Trích yếu nội dung: Về việc hướng dẫn công tác văn thư',
      'Giao Phòng Nội vụ tham mưu',
      'Trần Văn Quyết, 27/11/2026',
      'Ý kiến đề xuất của người giải quyết:',
    ])
      expect(plain).toContain(words);
    const order = [
      'lãnh đạo cơ quan',
      'Trần Văn Quyết',
      'lãnh đạo đơn vị',
      'Lê Thị Ngọc',
      'người giải quyết',
    ];
    const places = order.map((words) => plain.indexOf(words));
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(pages).toBe(1);
    expect(execFileSync('pdfinfo', [path], { encoding: 'utf8' })).toContain('(A4)');
    expect(execFileSync('pdffonts', [path], { encoding: 'utf8' })).toMatch(/Tinos.*yes yes yes/);
  });

  it('prints no fact over another: a long one stands above the one it has no room beside', () => {
    const notation = '403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN';
    const { path } = onDisk({ ...sheet, notation, documentDate: '15/06/2017', number: '7'.repeat(90) });
    const boxes = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' });
    const words = [...boxes.matchAll(/xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</g)].map(
      ([, left, top, right, foot, text]) => ({
        ...{ left: Number(left), top: Number(top), right: Number(right), foot: Number(foot), text },
      }),
    );
    expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining([notation, '15/06/2017']));
    for (const one of words) {
      expect(one.right, one.text).toBeLessThan(595);
      // Letters of one line keep a little of their height above and below.
      const over = words.filter(
        (other) =>
          other !== one &&
          Math.abs(one.foot - other.foot) < 5 &&
          one.left < other.right &&
          other.left < one.right,
      );
      expect(over.map(({ text }) => text)).toEqual([]);
    }
  });

  it('goes on over pages where much was said, and loses no word', () => {
    const long = Array.from({ length: 40 }, (_, index) => ({
      text: `Ý kiến thứ ${index + 1}: ${'đề nghị rà soát, tổng hợp và báo cáo. '.repeat(4)}`,
      by: 'Trần Văn Quyết',
      day: '27/11/2026',
    }));
    const { text, pages } = onDisk({ ...sheet, leader: long });
    expect(pages).toBeGreaterThan(3);
    for (let index = 1; index <= 40; index += 1) expect(text).toContain(`Ý kiến thứ ${index}:`);
  });

  it('is the same file for the same words, and says so where a letter cannot be printed', () => {
    expect(Buffer.compare(sheetPdf(sheet, fonts).bytes, sheetPdf(sheet, fonts).bytes)).toBe(0);
    expect(sheetPdf({ ...sheet, subject: 'văn bản 漢' }, fonts).missing).toBe(true);
  });
});
