import { describe, expect, it } from 'vitest';
import { asDay, asInstant } from '../../preload/contract/ids';
import {
  countText,
  daysBetween,
  dayText,
  instantText,
  numberAndSymbol,
  parseDay,
  recency,
  sizeText,
  timeText,
} from './formats';

const at = (text: string) => asInstant(new Date(text));

describe('formats', () => {
  it('write days as dd/MM/yyyy and times in UTC+7 whatever the zone of the machine', () => {
    expect(dayText(asDay('2026-11-20'))).toBe('20/11/2026');
    expect(timeText(at('2026-11-20T17:30:00.000Z'))).toBe('00:30');
    expect(instantText(at('2026-11-20T17:30:00.000Z'))).toBe('21/11/2026 00:30');
  });

  it('say today, yesterday, this year or older by the day in Vietnam', () => {
    const now = at('2026-11-20T18:00:00.000Z');
    expect(recency(at('2026-11-20T17:05:00.000Z'), now)).toEqual({ kind: 'today', text: '00:05' });
    expect(recency(at('2026-11-20T16:55:00.000Z'), now)).toEqual({ kind: 'yesterday' });
    expect(recency(at('2026-03-01T03:00:00.000Z'), now)).toEqual({ kind: 'this-year', text: '01/03' });
    expect(recency(at('2025-12-31T03:00:00.000Z'), now)).toEqual({ kind: 'older', text: '31/12/2025' });
  });

  it('count days across the change of a month', () => {
    expect(daysBetween(asDay('2026-02-27'), asDay('2026-03-01'))).toBe(2);
    expect(daysBetween(asDay('2026-03-01'), asDay('2026-02-27'))).toBe(-2);
  });

  it('write sizes with a decimal comma', () => {
    expect([0, 999, 1000, 1_400_000, 12_345_678, 999_500, 2_000_000_000].map(sizeText)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '1,4 MB',
      '12 MB',
      '1 MB',
      '2 GB',
    ]);
  });

  it('part thousands with a blank that does not break', () => {
    expect(countText(48216)).toBe('48 216');
    expect(countText(999)).toBe('999');
    expect(countText(1234567)).toBe('1 234 567');
  });

  it('join number and symbol, with a leading 0 below 10', () => {
    expect(numberAndSymbol('99', 'BTC-VP')).toBe('99/BTC-VP');
    expect(numberAndSymbol('7', 'GM-VPCP')).toBe('07/GM-VPCP');
    expect(numberAndSymbol('07', '/GM-VPCP')).toBe('07/GM-VPCP');
    expect(numberAndSymbol('', 'BTC-VP')).toBe('BTC-VP');
    expect(numberAndSymbol('12', '')).toBe('12');
  });

  it('read days as offices type them and refuse what is no day', () => {
    expect(parseDay('20/11/2026')).toBe('2026-11-20');
    expect(parseDay(' 1-2-2026 ')).toBe('2026-02-01');
    expect(parseDay('29.02.2024')).toBe('2024-02-29');
    for (const wrong of ['29/02/2026', '31/04/2026', '2026-11-20', '20/11/26', '', '20/13/2026', 'mai']) {
      expect(parseDay(wrong)).toBeUndefined();
    }
  });
});
