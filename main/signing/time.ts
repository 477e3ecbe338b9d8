// Times as Vietnamese documents and PDF write them, always in UTC+7 whatever the machine's zone. It reads no clock.

const ZONE_MINUTES = 7 * 60;

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

function partsOf(time: Date): Parts {
  const shifted = new Date(time.getTime() + ZONE_MINUTES * 60_000);
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return {
    year: `${shifted.getUTCFullYear()}`.padStart(4, '0'),
    month: two(shifted.getUTCMonth() + 1),
    day: two(shifted.getUTCDate()),
    hour: two(shifted.getUTCHours()),
    minute: two(shifted.getUTCMinutes()),
    second: two(shifted.getUTCSeconds()),
  };
}

/** A PDF date (ISO 32000-2, 7.9.4), for example D:20261122093000+07'00'. */
export function pdfDate(time: Date): string {
  const { year, month, day, hour, minute, second } = partsOf(time);
  return `D:${year}${month}${day}${hour}${minute}${second}+07'00'`;
}

/** Day in the form of NĐ 30/2020, for example 22/11/2026. */
export function dayText(time: Date): string {
  const { year, month, day } = partsOf(time);
  return `${day}/${month}/${year}`;
}

/** Hour with its zone (ISO 8601), for example 09:30:00 +07:00. */
export function hourText(time: Date): string {
  const { hour, minute, second } = partsOf(time);
  return `${hour}:${minute}:${second} +07:00`;
}
