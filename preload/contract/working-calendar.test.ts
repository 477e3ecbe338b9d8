// Working days as the law has them, changed by hand, and what holds of every day there is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asDay } from './ids';
import {
  type CalendarChange,
  dayOff,
  holidaysIn,
  isWorkingDay,
  lawCalendar,
  nextWorkingDay,
  plusDays,
  weekdayOf,
  workingDayFrom,
  workingDaysBetween,
} from './working-calendar';

const anyDay = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2040, 11, 31) / 86_400_000 })
  .map((days) => asDay(new Date(days * 86_400_000).toISOString().slice(0, 10)));
const anyChanges = fc.array(
  fc.record({
    day: anyDay,
    kind: fc.constantFrom('off' as const, 'working' as const),
    name: fc.constantFrom('', 'Nghỉ theo thông báo'),
  }) as fc.Arbitrary<CalendarChange>,
  { maxLength: 60 },
);

describe('the calendar of the law', () => {
  it('has the eleven holidays of a year and a day in lieu of each that falls on a weekend', () => {
    for (let year = 2020; year <= 2040; year += 1) {
      const all = [...holidaysIn(year)];
      const own = all.filter(([, name]) => name !== 'lieu');
      const weekend = own.filter(([day]) => [0, 6].includes(weekdayOf(day)));
      // 30/4 or 01/5 may be the day of the Hùng kings too.
      expect(own.length).toBeGreaterThanOrEqual(10);
      expect(own.length).toBeLessThanOrEqual(11);
      expect(all.length - own.length).toBe(weekend.length);
      for (const [day] of all) expect(isWorkingDay(lawCalendar, day)).toBe(false);
    }
  });

  it('knows Tết 2026, the kings on a Sunday with its Monday, 30/4 and 01/5, and two days around 02/9', () => {
    const off = (day: string) => dayOff(lawCalendar, asDay(day))?.name;
    expect(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'].map(off)).toEqual(
      Array(5).fill('tet'),
    );
    expect(off('2026-02-23')).toBeUndefined();
    expect([off('2026-04-26'), off('2026-04-27')]).toEqual(['hung-kings', 'lieu']);
    expect([off('2026-04-30'), off('2026-05-01')]).toEqual(['liberation', 'labour']);
    expect([off('2026-09-01'), off('2026-09-02'), off('2026-09-03')]).toEqual([
      'national',
      'national',
      undefined,
    ]);
    expect(dayOff(lawCalendar, asDay('2026-11-24'))).toBeNull();
    expect(dayOff(lawCalendar, asDay('2026-11-28'))).toEqual({ by: 'weekend', name: '' });
  });

  it('steps over a whole Tết', () => {
    expect(nextWorkingDay(lawCalendar, asDay('2026-02-13'))).toBe('2026-02-23');
    expect(workingDaysBetween(lawCalendar, asDay('2026-02-13'), asDay('2026-02-24'))).toBe(2);
  });
});

describe('what the agency changed by hand', () => {
  it('makes a Saturday a working day and a Monday none, and the last word on a day holds', () => {
    const saturday = asDay('2026-08-22');
    const monday = asDay('2026-08-31');
    const calendar = {
      changes: [
        { day: saturday, kind: 'off', name: 'nhầm' },
        { day: saturday, kind: 'working', name: 'Làm bù' },
        { day: monday, kind: 'off', name: 'Hoán đổi' },
      ] as const,
    };
    expect(isWorkingDay(calendar, saturday)).toBe(true);
    expect(dayOff(calendar, monday)).toEqual({ by: 'agency', name: 'Hoán đổi' });
    expect(nextWorkingDay(calendar, asDay('2026-08-21'))).toBe(saturday);
  });

  it('may take every day off: the day asked about then stands', () => {
    const changes = Array.from({ length: 500 }, (_, at) => ({
      day: plusDays(asDay('2026-01-01'), at),
      kind: 'off' as const,
      name: '',
    }));
    expect(workingDayFrom({ changes }, asDay('2026-01-05'))).toBe('2026-01-05');
  });
});

describe('of any day and any changes', () => {
  it('the next working day is later, is one, and none lies between', () => {
    fc.assert(
      fc.property(anyDay, anyChanges, (from, changes) => {
        const calendar = { changes };
        const next = nextWorkingDay(calendar, from);
        expect(next > from).toBe(true);
        expect(isWorkingDay(calendar, next)).toBe(true);
        expect(workingDaysBetween(calendar, from, next)).toBe(1);
      }),
    );
  });

  it('working days add up, whichever day stands between', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), fc.nat(40), anyChanges, (from, first, second, changes) => {
        const calendar = { changes };
        const middle = plusDays(from, first);
        const to = plusDays(middle, second);
        expect(workingDaysBetween(calendar, from, middle) + workingDaysBetween(calendar, middle, to)).toBe(
          workingDaysBetween(calendar, from, to),
        );
      }),
    );
  });

  it('a change of one day changes no other', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.boolean(), (day, other, off) => {
        const changes = [{ day, kind: off ? ('off' as const) : ('working' as const), name: '' }];
        expect(isWorkingDay({ changes }, day)).toBe(!off);
        if (other !== day) expect(isWorkingDay({ changes }, other)).toBe(isWorkingDay(lawCalendar, other));
      }),
    );
  });
});
