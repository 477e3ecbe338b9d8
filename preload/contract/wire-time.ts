// Dates and times as edXML puts them on the wire: Vietnamese time (UTC+7, no DST), whatever the PC's zone.
// It reads every form seen in the field and writes the one of QCVN 102; it never asks the clock or the locale.

/** Vietnam is UTC+7 all year; the zone database of the PC is never asked. */
export const vietnamOffsetMinutes = 7 * 60;

interface WireMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 to 24; 24:00:00 is the end of the day it stands with. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

// Eight digits are a year first: the other way round the month would be 19 or 20.
const dateForms = [
  /^(?<year>\d{4})[/.-](?<month>\d{1,2})[/.-](?<day>\d{1,2})(?!\d)/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)/,
  /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})(?!\d)/,
] as const;
const clock = /^[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
/** The clock of twelve hours as .NET writes it in Vietnamese (sáng, chiều) or, behind a year, in English. */
const halfDay = /^([ T]+)(\d{1,2})(:\d{2}(?::\d{2})?)\s*(SA|CH|AM|PM)$/i;
/** What xs:date may carry behind the day. */
const zoneAlone = /^\s*(?:Z|[+-]\d{2}:?\d{2})$/i;

const two = (value: number) => String(value).padStart(2, '0');
const four = (value: number) => String(value).padStart(4, '0');

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Minutes east of UTC of `Z`, `+07:00`, `+0700` or `+07`. */
function offsetMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}

function momentOf(utcMilliseconds: number): WireMoment {
  const local = new Date(utcMilliseconds + vietnamOffsetMinutes * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

function instantOf({ year, month, day, hour, minute, second }: WireMoment, offset: number): number {
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  utc.setUTCHours(hour, minute, second);
  return utc.getTime() - offset * 60_000;
}

/**
 * A time of twelve hours as one of 24; every other text as it is. English halves go with dates that begin with their month as well
 * (3/4/2026 is March then), so behind a date that does not begin with its year they are not read.
 */
function on24Hours(rest: string, yearFirst: boolean): string {
  const [, before, hours, after, half = ''] = halfDay.exec(rest) ?? [];
  const hour = Number(hours);
  const isMorning = /^(SA|AM)$/i.test(half);
  const isRead = yearFirst || /^(SA|CH)$/i.test(half);
  if (half === '' || !isRead || hour < 1 || hour > 12) return rest;
  return `${before}${(hour % 12) + (isMorning ? 0 : 12)}${after}`;
}

/** The wire has four digits for a year: the last instant of .NET in UTC is a year more in Vietnam. */
const isWritable = ({ year }: WireMoment) => year >= 1 && year <= 9999;

function parse(text: string): WireMoment | undefined {
  const trimmed = text.trim();
  const match = dateForms.map((form) => form.exec(trimmed)).find((one) => one !== null);
  if (!match) return undefined;
  const [year, month, day] = [match.groups?.year, match.groups?.month, match.groups?.day].map(Number) as [
    number,
    number,
    number,
  ];
  if (!isCalendarDay(year, month, day)) return undefined;
  const rest = trimmed.slice(match[0].length);
  // A day has no instant that a zone could move, so it is the day as written.
  if (rest === '' || zoneAlone.test(rest)) return { year, month, day, hour: 0, minute: 0, second: 0 };
  const time = clock.exec(on24Hours(rest, /^\d{4}/.test(trimmed)));
  if (time === null) return undefined;
  const [hour, minute, second] = [time[1], time[2], time[3] ?? '0'].map(Number) as [number, number, number];
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return undefined;
  const written = { year, month, day, hour, minute, second };
  const offset = time[4] === undefined ? vietnamOffsetMinutes : offsetMinutes(time[4]);
  if (offset === vietnamOffsetMinutes) return written;
  const moved = momentOf(instantOf(written, offset));
  return isWritable(moved) ? moved : undefined;
}

const dateText = (moment: WireMoment) => `${four(moment.year)}/${two(moment.month)}/${two(moment.day)}`;
const clockText = (moment: WireMoment) => `${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;

/**
 * A date field in the form of QCVN 102, `yyyy/MM/dd`. Accepts `yyyy-MM-dd`, `yyyyMMdd`, `dd/MM/yyyy`, dots for the strokes, a
 * zone behind the day, which is taken as written, and a trailing time, also one of twelve hours; a time other than midnight is kept
 * (`yyyy/MM/dd HH:mm:ss`), because a deadline may carry one. 24:00 belongs to the day it ends. Undefined when it is no date.
 */
export function normaliseWireDate(text: string): string | undefined {
  const moment = parse(text);
  if (moment === undefined) return undefined;
  const midnight = moment.hour % 24 === 0 && moment.minute === 0 && moment.second === 0;
  return midnight ? dateText(moment) : `${dateText(moment)} ${clockText(moment)}`;
}

/**
 * A timestamp field as `yyyy/MM/dd HH:mm:ss` in UTC+7; a zone of a time is converted, 24:00 is the next day's midnight.
 * Undefined when it is none.
 */
export function normaliseWireTimestamp(text: string): string | undefined {
  const read = parse(text);
  if (read === undefined) return undefined;
  const moment = momentOf(instantOf(read, vietnamOffsetMinutes));
  return isWritable(moment) ? `${dateText(moment)} ${clockText(moment)}` : undefined;
}

/** An instant as the wire's timestamp, `yyyy/MM/dd HH:mm:ss` in UTC+7. */
export function wireTimestamp(instant: Date): string {
  const moment = momentOf(instant.getTime());
  return `${dateText(moment)} ${clockText(moment)}`;
}

/** The day of an instant in Vietnam as the wire's date, `yyyy/MM/dd`. */
export function wireDate(instant: Date): string {
  return dateText(momentOf(instant.getTime()));
}

/** The instant of a wire date or timestamp (UTC+7 unless it says otherwise). Undefined when it is neither. */
export function wireInstant(text: string): Date | undefined {
  const moment = parse(text);
  return moment === undefined ? undefined : new Date(instantOf(moment, vietnamOffsetMinutes));
}

/** The day of a wire date as ISO `yyyy-MM-dd`; 24:00 belongs to the day it ends. Undefined when it is no date. */
export function isoDay(text: string): string | undefined {
  const moment = parse(text);
  return moment === undefined ? undefined : `${four(moment.year)}-${two(moment.month)}-${two(moment.day)}`;
}
