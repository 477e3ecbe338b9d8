// Whether a line of the hub's sent list is the package whose outcome is unknown. The list has no DocumentId and lags, so a
// match must be strict: a wrong match would hide a document that never left. Pure.
import { sameAgency } from '../../preload/contract/agency-code';
import type { CallOutput } from '../../preload/contract/calls';
import type { DocumentFacts } from '../../preload/contract/records';
import { titleOf } from '../db/identity';

export type SentLine = CallOutput<'hub.sent'>['items'][number];

/** How far the hub's clock may be behind this one's. */
const skewMilliseconds = 10 * 60_000;

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/**
 * The instant of a time as hubs write it, in milliseconds, or null: ISO 8601, `yyyy/MM/dd HH:mm:ss`, `dd/MM/yyyy HH:mm:ss`,
 * the last two in Vietnam's time, and epoch milliseconds.
 */
export function hubTime(text: string): number | null {
  const trimmed = text.trim();
  if (/^\d{13}$/.test(trimmed)) return Number(trimmed);
  const yearFirst = /^(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(trimmed);
  if (yearFirst) {
    const [, year, month, day, hour, minute, second] = yearFirst;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  }
  const dayFirst = /^(\d{2})[-/](\d{2})[-/](\d{4})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(trimmed);
  if (dayFirst) {
    const [, day, month, year, hour, minute, second] = dayFirst;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  }
  const parsed = /^\d{4}-\d{2}-\d{2}T/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

export interface Sought {
  readonly facts: DocumentFacts;
  readonly receivers: readonly string[];
  /** When the first attempt may have begun. */
  readonly since: Date;
  /** Names at the hub that belong to other packages of this desk. */
  readonly taken: ReadonlySet<string>;
  /** A recall or update carries the number and subject of its original: then only a line with a readable time counts. */
  readonly sharesNumber: boolean;
  /** When a recall or update of the same document may first have been sent: from then on a line may be its own. */
  readonly before: Date | null;
}

/** A line with the same number and symbol (and subject, where the hub gives one), to a receiver, not older, not taken. */
export function findSent(lines: readonly SentLine[], sought: Sought): SentLine | null {
  const { facts } = sought;
  const title = plain(titleOf(facts));
  const subject = plain(facts.subject);
  if (title === '') return null;
  const matches = lines.filter((line) => {
    if (line.docId !== '' && sought.taken.has(line.docId)) return false;
    if (line.from !== '' && !sameAgency(line.from, facts.sender.code)) return false;
    if (!sought.receivers.some((receiver) => isAmong(line.to, receiver))) return false;
    const lineSubject = plain(line.title);
    const sameSubject = lineSubject !== '' && subject.startsWith(lineSubject);
    const notation = plain(line.notation);
    const sameNumber = notation === title || (notation === plain(facts.notation) && sameSubject);
    if (!sameNumber || (lineSubject !== '' && !sameSubject)) return false;
    const at = hubTime(line.sentAt);
    if (at === null) return !sought.sharesNumber && sought.before === null;
    if (sought.before !== null && at >= sought.before.getTime() - skewMilliseconds) return false;
    return at >= sought.since.getTime() - skewMilliseconds;
  });
  return matches[0] ?? null;
}

/** The hub gives one code or several, as text. */
function isAmong(to: string, receiver: string): boolean {
  return to.split(/[\s,;"[\]]+/).some((code) => code !== '' && sameAgency(code, receiver));
}
