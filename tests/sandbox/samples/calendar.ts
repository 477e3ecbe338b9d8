// Working days of Vietnamese state agencies around a given day: no Saturdays, Sundays and public holidays
// (Bộ luật Lao động 2019, điều 112). Days are counted in UTC+7 and the clock is never asked.

/** First day of the lunar year and the day of the Hùng kings (10/3 lunar), by year. */
const lunar: Readonly<Record<number, readonly [tet: string, hung: string]>> = {
  2024: ['02-10', '04-18'],
  2025: ['01-29', '04-07'],
  2026: ['02-17', '04-26'],
  2027: ['02-06', '04-16'],
  2028: ['01-26', '04-04'],
  2029: ['02-13', '04-23'],
  2030: ['02-02', '04-12'],
  2031: ['01-23', '04-01'],
};

const fixed = ['01-01', '04-30', '05-01', '09-01', '09-02'];
const dayMs = 86_400_000;

/** Midnight UTC of a calendar day, used as the day itself. */
export function dayFrom(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime())) throw new Error(`no day: ${text}`);
  return day;
}

export function isWorkingDay(day: Date): boolean {
  const weekday = day.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  const text = day.toISOString().slice(5, 10);
  if (fixed.includes(text)) return false;
  const moons = lunar[day.getUTCFullYear()];
  if (moons === undefined) return true;
  const [tet, hung] = moons;
  const fromTet = (day.getTime() - dayFrom(`${day.getUTCFullYear()}-${tet}`).getTime()) / dayMs;
  return text !== hung && !(fromTet >= -2 && fromTet <= 4);
}

/** The working day `count` working days after (or before) a day; 0 is the day itself or the last working day before it. */
export function workingDay(from: Date, count: number): Date {
  let day = from;
  while (!isWorkingDay(day)) day = new Date(day.getTime() - dayMs);
  const step = count < 0 ? -dayMs : dayMs;
  for (let left = Math.abs(count); left > 0; ) {
    day = new Date(day.getTime() + step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** The instant of a clock time in Vietnam on a day. */
export function at(day: Date, hour: number, minute: number): Date {
  return new Date(day.getTime() + (hour - 7) * 3_600_000 + minute * 60_000);
}

const two = (value: number) => String(value).padStart(2, '0');

export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** Day below 10 and months 1 and 2 with a leading zero, as NĐ 30/2020 has it. */
export function dateParts(day: Date): DateParts {
  const month = day.getUTCMonth() + 1;
  return {
    day: two(day.getUTCDate()),
    month: month <= 2 ? two(month) : String(month),
    year: String(day.getUTCFullYear()),
  };
}

/** A day inside a sentence: 15/01/2026. */
export function shortDate(day: Date): string {
  return `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
}

/** The wire's date: 2026/01/15. */
export function wireDay(day: Date): string {
  return day.toISOString().slice(0, 10).replaceAll('-', '/');
}
