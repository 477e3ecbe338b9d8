// The days of a year that a clerk should see: holidays of the law and what the agency changed, in order. Pure.
import { asDay, type Day } from '../../../preload/contract/ids';
import {
  type CalendarChange,
  type HolidayName,
  holidaysIn,
  type WorkingCalendar,
} from '../../../preload/contract/working-calendar';

export interface YearDay {
  readonly day: Day;
  /** What the law has on this day, null for a plain one. */
  readonly law: HolidayName | null;
  /** What the agency made of it; it wins. */
  readonly change: CalendarChange | null;
}

/** Every holiday and every changed day of a year. */
export function yearDays(year: number, calendar: WorkingCalendar): YearDay[] {
  const days = new Map<Day, YearDay>();
  for (const [day, law] of holidaysIn(year)) {
    if (day.startsWith(`${year}-`)) days.set(day, { day, law, change: null });
  }
  for (const change of calendar.changes) {
    if (!change.day.startsWith(`${year}-`)) continue;
    days.set(change.day, { day: change.day, law: days.get(change.day)?.law ?? null, change });
  }
  return [...days.values()].sort((left, right) => (left.day < right.day ? -1 : 1));
}

/** The changes with this one, which takes the place of any other of its day. */
export function withChange(
  changes: readonly CalendarChange[],
  change: CalendarChange,
): readonly CalendarChange[] {
  return [...withoutDay(changes, change.day), change];
}

export function withoutDay(changes: readonly CalendarChange[], day: Day): readonly CalendarChange[] {
  return changes.filter((one) => one.day !== day);
}

/** dd/MM/yyyy, or yyyy-MM-dd; undefined for what is no day. */
export function readDay(text: string): Day | undefined {
  const backward = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const parts = backward === null ? /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim()) : null;
  const [year, month, date] =
    backward !== null
      ? [backward[3], backward[2], backward[1]]
      : parts !== null
        ? [parts[1], parts[2], parts[3]]
        : [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const found = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(found.getTime()) || found.toISOString().slice(0, 10) !== iso ? undefined : asDay(iso);
}
