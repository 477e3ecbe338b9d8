import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPersonalNumbers } from './personal-number';

describe('personal numbers', () => {
  it.each([
    ['Trần Thị Bình 001088012345', 'Trần Thị Bình *********345'],
    ['UID=CMND:012345678', 'UID=CMND:******678'],
    ['UID=CCCD:001088012345, CN=Lê An', 'UID=CCCD:*********345, CN=Lê An'],
    ['CN=Lê An,serialNumber=0101234567', 'CN=Lê An,serialNumber=*******567'],
    ['UBND tỉnh, MST:0101234567-001', 'UBND tỉnh, MST:**********-001'],
    ['MST 0101234567', 'MST *******567'],
    ['Lê An (CCCD 001 088 012 345)', 'Lê An (CCCD *** *** *** 345)'],
    ['Lê An 001.088.012.345', 'Lê An ***.***.***.345'],
    ['HC:C1234567', 'HC:*****567'],
    ['IDCVN-001088012345', 'IDCVN-*********345'],
  ])('of %s are masked', (name, masked) => {
    expect(withoutPersonalNumbers(name)).toBe(masked);
  });

  it.each([
    'Trần Thị Bình',
    'Ủy ban nhân dân tỉnh Lạng Sơn',
    'Sở Tài chính 2026',
    'Trường THPT số 12',
    'Công ty 319',
    'CA phục vụ các cơ quan Nhà nước G2',
    'Ngày 22/11/2026',
    'UBND-VX',
    '',
  ])('are not seen in %s', (name) => {
    expect(withoutPersonalNumbers(name)).toBe(name);
  });

  it('of 9, 10, 12 and 13 digits never show more than their last three, wherever they stand', () => {
    const digits = fc
      .constantFrom(9, 10, 12, 13)
      .chain((length) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }));
    fc.assert(
      fc.property(digits, fc.constantFrom('', 'CCCD:', 'UID=CMND:', 'Lê An ', 'MST '), (one, before) => {
        const shown = withoutPersonalNumbers(`${before}${one.join('')}`);
        expect(shown.replace(/\D/g, '')).toBe(one.slice(-3).join(''));
        expect(withoutPersonalNumbers(shown)).toBe(shown);
      }),
    );
  });
});
