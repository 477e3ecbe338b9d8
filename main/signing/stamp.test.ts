import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import { POINTS_PER_MM } from './geometry';
import { type StampRequest, stampIncrement, stampSize } from './stamp';
import { testFont } from './test-signers';

const fonts = { regular: testFont(), bold: testFont() };
const arrival: StampRequest = {
  kind: 'arrival',
  agency: 'Ủy ban nhân dân tỉnh Lạng Sơn',
  number: '07',
  date: '27/11/2026',
  forwarded: 'Phòng Văn xã',
  fileSymbol: '',
};

function stamped(request: StampRequest, page = ''): string {
  const bytes = samplePdf('table', pageObjects(page));
  const increment = stampIncrement(bytesSource(bytes), request, { page: 0, x: 60, y: 600 }, fonts);
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-stamp-')), 'stamped.pdf');
  writeFileSync(path, Buffer.concat([bytes, increment]));
  return path;
}

describe('a stamp', () => {
  it.each([0, 90, 180, 270])('reads upright on a page turned by %d degrees', (turn) => {
    const path = stamped(arrival, `/Rotate ${turn} `);
    execFileSync('qpdf', ['--check', path]);
    const text = execFileSync('mutool', ['draw', '-F', 'text', path, '1'], { encoding: 'utf8' });
    for (const words of [
      'ỦY BAN NHÂN DÂN TỈNH',
      'ĐẾN',
      'Số: 07',
      'Ngày: 27/11/2026',
      'Chuyển: Phòng Văn xã',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/Số và ký hiệu HS: …/);
  });

  it('is laid on an encrypted document with its password, and refused without', () => {
    const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../pdf/fixtures/aes-128.pdf')));
    const at = { page: 0, x: 60, y: 600 };
    expect(() => stampIncrement(bytesSource(bytes), arrival, at, fonts)).toThrow(
      expect.objectContaining({ code: 'pdf-password-needed' }),
    );
    const increment = stampIncrement(bytesSource(bytes), arrival, at, fonts, 'usr');
    const path = join(mkdtempSync(join(tmpdir(), 'van-thu-stamp-')), 'locked.pdf');
    writeFileSync(path, Buffer.concat([bytes, increment]));
    execFileSync('qpdf', ['--check', `--password=usr`, path]);
    const text = execFileSync('mutool', ['draw', '-p', 'usr', '-F', 'text', path, '1'], { encoding: 'utf8' });
    expect(text).toContain('Số: 07');
  });

  it('has the size of the law', () => {
    const size = (request: StampRequest) => {
      const { width, height } = stampSize(request);
      return [width, height].map((one) => Math.round(one / POINTS_PER_MM));
    };
    expect(size(arrival)).toEqual([50, 35]);
    expect(([1, 2, 3] as const).map((level) => size({ kind: 'urgency', level }))).toEqual([
      [20, 8],
      [40, 8],
      [30, 8],
    ]);
  });

  it.each([
    [1, 'KHẨN'],
    [2, 'THƯỢNG KHẨN'],
    [3, 'HỎA TỐC'],
  ] as const)('of urgency %d says %s', (level, words) => {
    const text = execFileSync('mutool', ['draw', '-F', 'text', stamped({ kind: 'urgency', level }), '1'], {
      encoding: 'utf8',
    });
    expect(text).toContain(words);
  });
});
