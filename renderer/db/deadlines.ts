// By which day, and which part of it, the next step of a document must be done: from the decrees or from the document. Pure:
// the calendar of working days and the clock are given.
import { assertNever } from '../../preload/contract/failure';
import { type Day, dayOf, type Instant } from '../../preload/contract/ids';
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import {
  nextWorkingDay,
  plusDays,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
} from '../../preload/contract/working-calendar';
import type { Deadline, Silence } from '../ledger';
import { currentCalendar } from './calendar';

export interface Term {
  /** The day from which it is work of today, and the last lawful day. */
  readonly from: Day;
  readonly day: Day;
  readonly by: Deadline['by'];
  /** `morning`: until noon of that day; `at-once`: the law gives no day at all. */
  readonly part: Deadline['part'];
}

/** A working morning ends at noon, Vietnam's. */
const noonMinutes = 12 * 60;
/** After so many days a receiver that never answered is no longer waited for. */
const closedAfterDays = 90;

function vietnamDay(time: Instant): Day {
  return dayOf(new Date(time));
}

function minutesOf(now: Date): number {
  return Math.floor(((now.getTime() + 7 * 3_600_000) % 86_400_000) / 60_000);
}

function earlier(law: Term, dueOn: Day | null): Term {
  return dueOn !== null && dueOn < law.day
    ? { from: law.from, day: dueOn, by: 'document', part: 'day' }
    : law;
}

function ofDocument(dueOn: Day | null): Term | null {
  return dueOn === null ? null : { from: dueOn, day: dueOn, by: 'document', part: 'day' };
}

/** What came on paper came on the day that the clerk entered with its number, be it entered days later. */
function cameOn({ docId, arrivalDate, receivedAt }: IncomingDocument): Day {
  return docId === null && arrivalDate !== null ? arrivalDate : vietnamDay(receivedAt);
}

/** When it was signed; tools that write Vietnam's time as UTC say hours after the desk had the signed file. */
function signedOn({ leaderSignature, history, createdAt }: OutgoingDocument): Day {
  const claimed = leaderSignature?.at ?? createdAt;
  const seen = history.find(({ what }) => what === 'leader-signed')?.at;
  return vietnamDay(seen !== undefined && Date.parse(seen) < Date.parse(claimed) ? seen : claimed);
}

/**
 * NĐ 30/2020: receipt is told on the same day (21.2), the document presented on it or the next working day; urgent ones at
 * once, on whichever day they come (23.1). What comes on a day off is of the first working day after it.
 */
export function incomingTerm(
  document: IncomingDocument,
  calendar: WorkingCalendar = currentCalendar(),
): Term | null {
  const came = cameOn(document);
  const urgent = document.facts.urgency > 0;
  const { dueOn } = document.facts;
  switch (document.state) {
    case 'to-accept': {
      const day = urgent ? came : workingDayFrom(calendar, came);
      return earlier({ from: came, day, by: 'law', part: urgent ? 'at-once' : 'day' }, dueOn);
    }
    case 'to-present': {
      const day = urgent ? came : nextWorkingDay(calendar, came);
      return earlier({ from: came, day, by: 'law', part: urgent ? 'at-once' : 'day' }, dueOn);
    }
    case 'to-assign':
    case 'in-progress':
      return ofDocument(dueOn);
    case 'finished':
    case 'refused':
    case 'recalled':
    case 'unreadable':
    case 'secret':
      return null;
    default:
      return assertNever(document.state);
  }
}

/** When it was sent back: the first answer that still stands and was not taken up since. What else came after it moves nothing. */
function backAt({ history, deliveries, createdAt }: OutgoingDocument): Instant {
  const since = history.slice(history.map(({ what }) => what).lastIndexOf('taken-up-again') + 1);
  const answers = since.filter(({ what }) => what === 'status-02');
  const stands = (at: Instant): boolean =>
    deliveries.some((one) => one.state === '02' && one.removed !== true && one.at === at);
  const first = answers
    .map(({ at }) => at)
    .filter(stands)
    .sort()[0];
  return first ?? answers.at(-1)?.at ?? history.at(-1)?.at ?? createdAt;
}

/**
 * QĐ 28/2018 Art. 6.2 with NĐ 30/2020 18.1: sent on the day of signing, at the latest on the morning of the next working day;
 * urgent ones right after signing.
 */
export function outgoingTerm(
  document: OutgoingDocument,
  calendar: WorkingCalendar = currentCalendar(),
): Term | null {
  const urgent = document.facts.urgency > 0;
  switch (document.state) {
    case 'to-number':
    case 'to-seal':
    case 'to-send':
    case 'queued': {
      const signed = signedOn(document);
      return urgent
        ? { from: signed, day: signed, by: 'law', part: 'at-once' }
        : { from: signed, day: nextWorkingDay(calendar, signed), by: 'law', part: 'morning' };
    }
    case 'returned': {
      const back = vietnamDay(backAt(document));
      return { from: back, day: nextWorkingDay(calendar, back), by: 'law', part: 'day' };
    }
    case 'draft':
    case 'to-sign':
    case 'sent':
    case 'recalled':
      return null;
    default:
      return assertNever(document.state);
  }
}

/** The term as it stands now; `now` is read in Vietnam's time whatever the PC's zone. */
export function deadlineOf(term: Term | null, now: Date): Deadline | null {
  if (term === null) return null;
  const today = dayOf(now);
  const noonIsOver = term.part === 'morning' && term.day === today && minutesOf(now) >= noonMinutes;
  return { day: term.day, by: term.by, part: term.part, late: term.day < today || noonIsOver };
}

/**
 * Receivers of whom nothing has come back (QĐ 28/2018 8.2: the sender makes sure that it arrived): how many, and for how many
 * working days, the longest of them. Null while no day of sending has passed, and once so much time has that nobody waits any
 * more.
 */
export function silenceOf(
  document: OutgoingDocument,
  now: Date,
  calendar: WorkingCalendar = currentCalendar(),
): Silence | null {
  const { deliveries, sentAt } = document;
  if (document.state !== 'sent' || sentAt === null) return null;
  const today = dayOf(now);
  // Each from its own sending: an update may have given it to some of them much later.
  const silent = deliveries
    .filter((one) => one.state === 'sent' && one.removed !== true)
    .map((one) => vietnamDay(one.at ?? sentAt))
    .filter((sent) => sent < today && today <= plusDays(sent, closedAfterDays))
    .sort();
  const first = silent[0];
  if (first === undefined) return null;
  const workingDays = workingDaysBetween(calendar, first, today);
  return workingDays === 0 ? null : { receivers: silent.length, of: deliveries.length, workingDays };
}
