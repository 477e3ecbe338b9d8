// Days, times, sizes and document numbers as Vietnamese offices write them, always in UTC+7. Pure; it holds no sentence.
import type { Day, Instant } from '../../preload/contract/ids';
import { asDay, dayOf } from '../../preload/contract/ids';

const vietnamOffset = 7 * 3_600_000;
const dayLength = 86_400_000;

/** 2026-11-20 becomes 20/11/2026. */
export function dayText(day: Day): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** 2026-11-20 becomes 20/11. */
export function shortDayText(day: Day): string {
  return dayText(day).slice(0, 5);
}

/** The clock in Vietnam, HH:mm. */
export function timeText(time: Instant): string {
  return new Date(Date.parse(time) + vietnamOffset).toISOString().slice(11, 16);
}

/** dd/MM/yyyy HH:mm in Vietnam. */
export function instantText(time: Instant): string {
  return `${dayText(dayOf(new Date(time)))} ${timeText(time)}`;
}

/** Whole days from `from` to `to`; negative when `to` is past. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength);
}

/** How long ago an instant was, as a list shows it. */
export type Recency =
  | { readonly kind: 'today'; readonly text: string }
  | { readonly kind: 'yesterday' }
  | { readonly kind: 'this-year'; readonly text: string }
  | { readonly kind: 'older'; readonly text: string };

/** Clock for today, "yesterday", dd/MM within the year, else dd/MM/yyyy. */
export function recency(time: Instant, now: Instant): Recency {
  const day = dayOf(new Date(time));
  const today = dayOf(new Date(now));
  if (day === today) return { kind: 'today', text: timeText(time) };
  if (daysBetween(day, today) === 1) return { kind: 'yesterday' };
  if (day.slice(0, 4) === today.slice(0, 4)) return { kind: 'this-year', text: shortDayText(day) };
  return { kind: 'older', text: dayText(day) };
}

/** 1400000 becomes 1,4 MB: decimal comma, units of 1000. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text = value < 9.95 && unit > 0 ? value.toFixed(1) : value.toFixed(0);
  return `${text.replace('.', ',').replace(/,0$/, '')} ${units[unit]}`;
}

/** 48216 becomes 48 216 with a no-break space. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** "99/BTC-VP"; a number below 10 has a leading 0 (NĐ 30 Art. 15.1); what is not known yet stays out. */
export function numberAndSymbol(number: string, notation: string): string {
  const shown = /^\d$/.test(number) ? `0${number}` : number;
  const symbol = notation.replace(/^\//, '');
  if (shown === '') return symbol;
  return symbol === '' ? shown : `${shown}/${symbol}`;
}

/** Reads dd/MM/yyyy, d/M/yyyy, with / - or . between; undefined when it is no day. */
export function parseDay(text: string): Day | undefined {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (found === null) return undefined;
  const [date, month, year] = [found[1], found[2], found[3]].map((part) => String(part).padStart(2, '0'));
  const iso = `${year}-${month}-${date}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso) return undefined;
  return asDay(iso);
}
