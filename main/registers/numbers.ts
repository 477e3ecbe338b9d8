// Gives số đến and số đi: once each, through the journal, one request after another. It keeps no book of its own.
import { Failure } from '../../preload/contract/failure';
import { asInstant, dayOf, type Instant } from '../../preload/contract/ids';
import type { EntryOf, Journal, RegisterName } from '../journal';
import {
  applyGiven,
  applyStart,
  decideGive,
  type Given,
  largestNumber,
  needsStart,
  proposed,
  registerState,
  type SeriesKey,
  yearAllowed,
} from './register-state';

type StartRequest = Omit<EntryOf<'number-start'>, 'type' | 'at'>;

export interface Numbers {
  /** The next free number. Throws Failure `numbers-uncertain`. */
  propose(key: SeriesKey): number;
  /**
   * Gives a number; the same act gets its number again. Durable when it resolves.
   * Throws Failure `number-taken`, `number-out-of-range`, `number-year`, `number-act-differs`, `numbers-uncertain`,
   * or of the disk: then nothing was given.
   */
  give(request: Omit<Given, 'at'>): Promise<{ readonly number: number; readonly at: Instant }>;
  /** The last numbers used elsewhere; all are durable together. Throws Failure `number-year`, `number-out-of-range`. */
  start(requests: readonly StartRequest[]): Promise<void>;
  /** True at the first start, and after damage to the journal. */
  readonly needsStart: boolean;
}

type NumberJournal = Pick<Journal, 'numbers' | 'starts' | 'damages' | 'appendAll'>;

/** The registers whose newest start is older than the newest damage. */
function uncertainRegisters(journal: NumberJournal): Set<RegisterName> {
  const damage = journal.damages.at(-1)?.seq;
  if (damage === undefined) return new Set();
  const sure = (register: RegisterName) =>
    journal.starts.some((one) => one.value.register === register && one.seq > damage);
  return new Set((['incoming', 'outgoing'] as const).filter((register) => !sure(register)));
}

/** Numbers over an open journal. `now` is the clock; the year is Vietnam's. */
export function openNumbers(journal: NumberJournal, now: () => Date): Numbers {
  const uncertain = uncertainRegisters(journal);
  const state = registerState(
    journal.numbers.map((one) => one.value),
    journal.starts.map((one) => one.value),
    uncertain,
  );
  const thisYear = () => Number(dayOf(now()).slice(0, 4));

  // One after another: two acts that ask for the same number at once must not both find it free.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  return {
    propose(key) {
      if (uncertain.has(key.register)) throw new Failure('numbers-uncertain', key.register);
      return proposed(state, key);
    },
    give: (request) =>
      inTurn(async () => {
        const decision = decideGive(state, request, thisYear());
        if (decision.kind === 'refused')
          throw new Failure(decision.code, `${request.register} ${request.number}`);
        if (decision.kind === 'already') {
          return { number: decision.given.number, at: asInstant(new Date(decision.given.at)) };
        }
        const { act, register, series, year, number, documentId } = request;
        const at = asInstant(now());
        const given = { act, register, series, year, number, documentId, at };
        await journal.appendAll([{ type: 'number-given', ...given }]);
        applyGiven(state, given);
        return { number, at };
      }),
    start: (requests) =>
      inTurn(async () => {
        for (const { year, last } of requests) {
          if (!yearAllowed(year, thisYear())) throw new Failure('number-year', String(year));
          if (last > largestNumber) throw new Failure('number-out-of-range', String(last));
        }
        const at = asInstant(now());
        await journal.appendAll(requests.map((one) => ({ type: 'number-start', ...one, at }) as const));
        for (const one of requests) {
          applyStart(state, one);
          uncertain.delete(one.register);
        }
      }),
    get needsStart() {
      return needsStart(state) || uncertain.size > 0;
    },
  };
}
