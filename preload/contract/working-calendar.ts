// Working days of a Vietnamese agency: public holidays of the Labour Code, days off in lieu, and what the agency changed by
// hand (the yearly announcement, Saturdays worked in exchange). Pure; all days are Vietnam's, and no clock is asked.
import { z } from 'zod';
import { asDay, type Day, day } from './ids';
import { solarDay } from './lunar';

/** One day that the agency decided otherwise than the computed calendar; a later line of a day wins. */
export const calendarChange = z.strictObject({
  day,
  kind: z.enum(['off', 'working']),
  name: z.string().max(200),
});
export type CalendarChange = z.infer<typeof calendarChange>;
export const calendarChanges = z.array(calendarChange).max(2000);

/** Why nobody works on a day. `lieu`: in place of a holiday that fell on a weekend (Art. 111.3). */
export type HolidayName = 'new-year' | 'tet' | 'hung-kings' | 'liberation' | 'labour' | 'national' | 'lieu';

export interface WorkingCalendar {
  readonly changes: readonly CalendarChange[];
}

/** The calendar of the law, with nothing changed by hand. */
export const lawCalendar: WorkingCalendar = { changes: [] };

const dayLength = 86_400_000;
const at = (of: Day): number => Date.parse(`${of}T00:00:00Z`);

/** The day so many days later, or earlier. */
export function plusDays(from: Day, days: number): Day {
  return asDay(new Date(at(from) + days * dayLength).toISOString().slice(0, 10));
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(of: Day): number {
  return new Date(at(of)).getUTCDay();
}

const isWeekend = (of: Day): boolean => weekdayOf(of) === 0 || weekdayOf(of) === 6;

/**
 * Bộ luật Lao động 2019 Art. 112: 01/01; five days of Tết; 10/3 lunar; 30/4; 01/5; 02/9 and the day before or after it. Which
 * five days and which neighbour is announced each year: here one day before Tết and four from it on, and the neighbour that
 * joins a weekend, the way most announcements went. Those two are what a clerk should hold against the announcement.
 */
function holidaysOf(year: number): Map<Day, HolidayName> {
  const found = new Map<Day, HolidayName>();
  const on = (text: string, name: HolidayName): void => void found.set(asDay(text), name);
  on(`${year}-01-01`, 'new-year');
  const tet = asDay(solarDay(year, 1, 1));
  for (let off = -1; off <= 3; off += 1) found.set(plusDays(tet, off), 'tet');
  on(solarDay(year, 3, 10), 'hung-kings');
  on(`${year}-04-30`, 'liberation');
  on(`${year}-05-01`, 'labour');
  const national = asDay(`${year}-09-02`);
  found.set(national, 'national');
  found.set(plusDays(national, [0, 1, 4].includes(weekdayOf(national)) ? 1 : -1), 'national');
  return found;
}

const years = new Map<number, ReadonlyMap<Day, HolidayName>>();

/** Holidays of a year with the days in lieu of those on a Saturday or Sunday, in the order of the calendar. */
export function holidaysIn(year: number): ReadonlyMap<Day, HolidayName> {
  const known = years.get(year);
  if (known !== undefined) return known;
  const holidays = holidaysOf(year);
  const all = new Map(holidays);
  for (const one of [...holidays.keys()].sort()) {
    if (!isWeekend(one)) continue;
    let lieu = plusDays(one, 1);
    while (isWeekend(lieu) || all.has(lieu)) lieu = plusDays(lieu, 1);
    all.set(lieu, 'lieu');
  }
  const sorted = new Map([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
  years.set(year, sorted);
  return sorted;
}

function changeOf(calendar: WorkingCalendar, of: Day): CalendarChange | undefined {
  let found: CalendarChange | undefined;
  for (const change of calendar.changes) if (change.day === of) found = change;
  return found;
}

/** Why a day is off; null on a working day. */
export function dayOff(
  calendar: WorkingCalendar,
  of: Day,
): { readonly by: 'agency' | 'law' | 'weekend'; readonly name: string } | null {
  const change = changeOf(calendar, of);
  if (change !== undefined) return change.kind === 'off' ? { by: 'agency', name: change.name } : null;
  const year = Number(of.slice(0, 4));
  // A day in lieu of 01/01 never reaches back, one of Tết may lie in the year of its own.
  const holiday = holidaysIn(year).get(of);
  if (holiday !== undefined) return { by: 'law', name: holiday };
  return isWeekend(of) ? { by: 'weekend', name: '' } : null;
}

export function isWorkingDay(calendar: WorkingCalendar, of: Day): boolean {
  return dayOff(calendar, of) === null;
}

/** A calendar of nothing but days off ends somewhere: then the day asked about stands. */
const mostDays = 400;

/** The day itself where it is a working day, else the next one. */
export function workingDayFrom(calendar: WorkingCalendar, from: Day): Day {
  let found = from;
  for (let tries = 0; tries < mostDays; tries += 1) {
    if (isWorkingDay(calendar, found)) return found;
    found = plusDays(found, 1);
  }
  return from;
}

/** The working day after this day. */
export function nextWorkingDay(calendar: WorkingCalendar, after: Day): Day {
  return workingDayFrom(calendar, plusDays(after, 1));
}

/** How many working days lie after `from` up to and with `to`; 0 where `to` is not later. At most 400 days are looked at. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  let count = 0;
  let found = from;
  for (let tries = 0; tries < mostDays && found < to; tries += 1) {
    found = plusDays(found, 1);
    if (isWorkingDay(calendar, found)) count += 1;
  }
  return count;
}
