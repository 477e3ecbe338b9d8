import { describe, expect, it } from 'vitest';
import { isAgency, roleRefusal } from './signing-rules';

describe('the holder of a certificate', () => {
  it('is the agency whatever the way its name is shortened', () => {
    expect(isAgency('Ủy ban nhân dân tỉnh Lạng Sơn', 'UBND tỉnh Lạng Sơn')).toBe(true);
    expect(isAgency('ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN', 'Uỷ ban nhân dân tỉnh Lạng Sơn')).toBe(true);
    expect(isAgency('Ủy ban nhân dân tỉnh Cao Bằng', 'UBND tỉnh Lạng Sơn')).toBe(false);
    expect(isAgency('Trần Thị Bình', 'UBND tỉnh Lạng Sơn')).toBe(false);
  });
});

describe('a role', () => {
  it('is refused to the wrong profile and the wrong certificate, with the reason', () => {
    const agency = 'UBND tỉnh Lạng Sơn';
    expect(roleRefusal('leader', 'Trần Thị Bình', agency, 'leader')).toBeNull();
    expect(roleRefusal('leader', 'Trần Thị Bình', agency, 'clerk')).toBe('signing-not-leader-profile');
    expect(roleRefusal('leader', agency, agency, 'leader')).toBe('signing-agency-certificate');
    expect(roleRefusal('seal', agency, agency, 'clerk')).toBeNull();
    expect(roleRefusal('seal', 'Nguyễn Thị Hường', agency, 'clerk')).toBe('signing-person-certificate');
    expect(roleRefusal('seal', agency, agency, 'leader')).toBe('signing-not-clerk-profile');
  });
});
