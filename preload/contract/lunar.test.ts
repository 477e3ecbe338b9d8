// The first days of lunar years in Vietnam, against the printed calendars, also where they differ from China's by a day.
import { describe, expect, it } from 'vitest';
import { solarDay } from './lunar';

const tet: Readonly<Record<number, string>> = {
  2000: '02-05',
  2005: '02-09',
  2007: '02-17',
  2010: '02-14',
  2015: '02-19',
  2018: '02-16',
  2019: '02-05',
  2020: '01-25',
  2021: '02-12',
  2022: '02-01',
  2023: '01-22',
  2024: '02-10',
  2025: '01-29',
  2026: '02-17',
  2027: '02-06',
  2028: '01-26',
  2029: '02-13',
  2030: '02-02',
  2031: '01-23',
  2032: '02-11',
  2033: '01-31',
  2034: '02-19',
  2035: '02-08',
};
const hung: Readonly<Record<number, string>> = {
  2019: '04-14',
  2020: '04-02',
  2021: '04-21',
  2022: '04-10',
  2023: '04-29',
  2024: '04-18',
  2025: '04-07',
  2026: '04-26',
  2027: '04-16',
};

describe('lunar days', () => {
  it('give Tết of each year, of 2007 and 2030 a day before China', () => {
    for (const [year, day] of Object.entries(tet)) {
      expect(solarDay(Number(year), 1, 1)).toBe(`${year}-${day}`);
    }
  });

  it('give the day of the Hùng kings, after a leap second month too', () => {
    for (const [year, day] of Object.entries(hung)) {
      expect(solarDay(Number(year), 3, 10)).toBe(`${year}-${day}`);
    }
  });

  it('begin months 29 or 30 days apart, leap months aside, in every year of the century', () => {
    for (let year = 1950; year <= 2100; year += 1) {
      const days = Array.from({ length: 10 }, (_, at) => Date.parse(solarDay(year, at + 1, 1)) / 86_400_000);
      for (const [at, day] of days.entries()) {
        const gap = day - (days[at - 1] ?? day - 30);
        expect([29, 30, 58, 59, 60]).toContain(gap);
      }
    }
  });
});
