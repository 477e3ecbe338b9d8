// By which day the next step of a document must be done, from the decree or from the document. Pure; no holidays are known,
// so a public holiday makes a deadline one day too strict, never too late.

import { assertNever } from '../../preload/contract/failure';
import { asDay, type Day, dayOf } from '../../preload/contract/ids';
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import type { Deadline } from '../ledger';

interface Term {
  /** The day from which it is work of today, and the last lawful day. */
  readonly from: Day;
  readonly day: Day;
  readonly by: Deadline['by'];
}

/** The working day after this one: Saturdays and Sundays are skipped. */
export function nextWorkingDay(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  do {
    date.setUTCDate(date.getUTCDate() + 1);
  } while (date.getUTCDay() === 0 || date.getUTCDay() === 6);
  return asDay(date.toISOString().slice(0, 10));
}

function earlier(law: Term, dueOn: Day | null): Term {
  return dueOn !== null && dueOn < law.day ? { from: law.from, day: dueOn, by: 'document' } : law;
}

function ofDocument(dueOn: Day | null): Term | null {
  return dueOn === null ? null : { from: dueOn, day: dueOn, by: 'document' };
}

/** NĐ 30/2020: receipt is told on the same day (21.2), the document presented on it or the next working day (23.1). */
export function incomingTerm(document: IncomingDocument): Term | null {
  const came = dayOf(new Date(document.receivedAt));
  const urgent = document.facts.urgency > 0;
  switch (document.state) {
    case 'to-accept':
      return earlier({ from: came, day: came, by: 'law' }, document.facts.dueOn);
    case 'to-present':
      return earlier(
        { from: came, day: urgent ? came : nextWorkingDay(came), by: 'law' },
        document.facts.dueOn,
      );
    case 'to-assign':
    case 'in-progress':
      return ofDocument(document.facts.dueOn);
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

/** NĐ 30/2020 18.1: sent on the day of signing, at the latest on the next working day; urgent ones at once. */
export function outgoingTerm(document: OutgoingDocument): Term | null {
  const urgent = document.facts.urgency > 0;
  switch (document.state) {
    case 'to-number':
    case 'to-seal':
    case 'to-send':
    case 'queued': {
      const signed = dayOf(new Date(document.leaderSignature?.at ?? document.createdAt));
      return { from: signed, day: urgent ? signed : nextWorkingDay(signed), by: 'law' };
    }
    case 'returned': {
      const last = document.history.at(-1);
      const back = dayOf(new Date(last?.at ?? document.createdAt));
      return { from: back, day: nextWorkingDay(back), by: 'law' };
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

export function deadlineOf(term: Term | null, today: Day): Deadline | null {
  return term === null ? null : { day: term.day, by: term.by, late: term.day < today };
}
