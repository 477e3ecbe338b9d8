// The words of states in lists: verdicts, urgency, deadlines, states of law. Pure; it draws nothing.

import type { Day } from '../../../preload/contract/ids';
import type { IncomingState, OutgoingState } from '../../../preload/contract/records';
import type { FileVerdict } from '../../../preload/contract/verdict';
import { daysBetween, shortDayText } from '../../i18n/formats';
import type { Params, TextKey } from '../../i18n/text';
import type { Deadline, Silence, SummaryRow } from '../../ledger';
import type { Tone } from '../../ui/chip';

export interface Words {
  readonly tone: Tone;
  readonly key: TextKey;
  readonly params?: Params;
}

/** A verdict in three words, never colour alone. */
export const verdictWords = {
  valid: { tone: 'good', key: 'verdict.valid' },
  indeterminate: { tone: 'warning', key: 'verdict.indeterminate' },
  invalid: { tone: 'bad', key: 'verdict.invalid' },
  unsigned: { tone: 'warning', key: 'verdict.unsigned' },
  unreadable: { tone: 'warning', key: 'verdict.unreadable' },
} as const satisfies Record<FileVerdict['verdict'], Words>;

const urgencies: Readonly<Record<number, Words>> = {
  1: { tone: 'bad', key: 'urgency.1' },
  2: { tone: 'bad', key: 'urgency.2' },
  3: { tone: 'bad', key: 'urgency.3' },
  4: { tone: 'bad', key: 'urgency.4' },
};

/** Urgent documents have a word, ordinary ones none. */
export function urgencyWords(urgency: number): Words | null {
  return urgencies[urgency] ?? null;
}

/** Every urgency has a name in forms and facts. */
export function urgencyName(urgency: number): TextKey {
  return urgencies[urgency]?.key ?? 'urgency.0';
}

/** "Hạn 30/11", "Hạn sáng 30/11", "Hạn hôm nay", "Làm ngay", "Quá hạn 2 ngày". */
export function deadlineWords(deadline: Deadline, today: Day): Words {
  const left = daysBetween(today, deadline.day);
  if (deadline.late || left < 0) {
    return left < 0
      ? { tone: 'bad', key: 'deadline.late', params: { days: -left } }
      : { tone: 'bad', key: 'deadline.late-today' };
  }
  if (deadline.part === 'at-once') return { tone: 'bad', key: 'deadline.at-once' };
  const morning = deadline.part === 'morning';
  if (left === 0) return { tone: 'warning', key: morning ? 'deadline.this-morning' : 'deadline.today' };
  return {
    tone: 'plain',
    key: morning ? 'deadline.morning' : 'deadline.on',
    params: { day: shortDayText(deadline.day) },
  };
}

/** From so many working days on, somebody should ask the receiver. */
const askAfter = 3;

/** "Chưa có phản hồi: 2/5 nơi, 3 ngày làm việc". */
export function silenceWords({ receivers, of, workingDays }: Silence): Words {
  return {
    tone: workingDays >= askAfter ? 'warning' : 'neutral',
    key: 'deadline.silence',
    params: { receivers, of, days: workingDays },
  };
}

/** How a document went out of force, where its state does not say it closely enough. */
export function endedKey(ended: SummaryRow['ended']): TextKey | null {
  return ended === null ? null : `ended.${ended}`;
}

/** The state of law of a document, in words. */
export function stateKey(state: IncomingState | OutgoingState): TextKey {
  return `state.${state}`;
}
