// Which numbers are given and which may be: pure, over what the journal remembers. It reads no clock and writes nothing.
//
// A number of a register, series and year is, once and for ever:
//
//   free ──propose──▶ free (only shown) ──give(act)──▶ given
//     └── at or below the last number of the other book ("start"): used there, never given here
//
// Given never becomes free again: a cancelled document burns its number, since the other book and the receivers know it.
import { copySeries } from '../../preload/contract/copies';
import type { ActId, DeskId } from '../../preload/contract/ids';
import type { RegisterName } from '../journal';

/** Where numbers count: NĐ 30/2020 Art. 15 starts each series at 1 on the first day of the year. */
export interface SeriesKey {
  readonly register: RegisterName;
  readonly series: string;
  readonly year: number;
}

export interface Given extends SeriesKey {
  readonly act: ActId;
  readonly number: number;
  readonly documentId: DeskId;
  readonly at: string;
}

/** `series` null: every series of the register that has no start of its own. */
export interface Start {
  readonly register: RegisterName;
  readonly series: string | null;
  readonly year: number;
  readonly last: number;
}

export interface RegisterState {
  readonly byAct: Map<ActId, Given>;
  /** Numbers given, by series. */
  readonly given: Map<string, Map<number, Given>>;
  readonly starts: Map<string, number>;
  /** True after damage to the journal until the last numbers were entered again. */
  readonly uncertain: ReadonlySet<RegisterName>;
}

export const largestNumber = 999_999;

const keyOf = (register: RegisterName, series: string | null, year: number) =>
  JSON.stringify([register, year, series]);

/** The state from what the journal holds; `uncertain` names the registers damaged since their newest start. */
export function registerState(
  given: Iterable<Given>,
  starts: Iterable<Start>,
  uncertain: ReadonlySet<RegisterName>,
): RegisterState {
  const state: RegisterState = { byAct: new Map(), given: new Map(), starts: new Map(), uncertain };
  for (const one of starts) applyStart(state, one);
  for (const one of given) applyGiven(state, one);
  return state;
}

export function applyGiven(state: RegisterState, one: Given): void {
  const key = keyOf(one.register, one.series, one.year);
  const numbers = state.given.get(key) ?? new Map<number, Given>();
  numbers.set(one.number, one);
  state.given.set(key, numbers);
  state.byAct.set(one.act, one);
}

/** The newest start of a series counts: the clerk may correct a mistyped one. */
export function applyStart(state: RegisterState, one: Start): void {
  state.starts.set(keyOf(one.register, one.series, one.year), one.last);
}

function floorOf(state: RegisterState, key: SeriesKey): number {
  const own = state.starts.get(keyOf(key.register, key.series, key.year));
  // What the other book used up of its documents says nothing of its copies: they count for themselves.
  if (own === undefined && key.series === copySeries) return 0;
  return own ?? state.starts.get(keyOf(key.register, null, key.year)) ?? 0;
}

/** The number to offer: one above everything given here or used in the other book. */
export function proposed(state: RegisterState, key: SeriesKey): number {
  let highest = floorOf(state, key);
  for (const number of state.given.get(keyOf(key.register, key.series, key.year))?.keys() ?? []) {
    if (number > highest) highest = number;
  }
  return highest + 1;
}

export type GiveDecision =
  | { readonly kind: 'give' }
  /** The same act again: the same answer. */
  | { readonly kind: 'already'; readonly given: Given }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'number-taken'
        | 'number-out-of-range'
        | 'number-year'
        | 'number-act-differs'
        | 'numbers-uncertain';
    };

/** Whether an act may have this number; `thisYear` is the year in Vietnam now. */
export function decideGive(state: RegisterState, request: Omit<Given, 'at'>, thisYear: number): GiveDecision {
  const before = state.byAct.get(request.act);
  if (before !== undefined) {
    const same =
      before.register === request.register &&
      before.series === request.series &&
      before.year === request.year &&
      before.documentId === request.documentId;
    return same ? { kind: 'already', given: before } : { kind: 'refused', code: 'number-act-differs' };
  }
  if (!Number.isInteger(request.number) || request.number < 1 || request.number > largestNumber) {
    return { kind: 'refused', code: 'number-out-of-range' };
  }
  if (!yearAllowed(request.year, thisYear)) return { kind: 'refused', code: 'number-year' };
  if (state.uncertain.has(request.register)) return { kind: 'refused', code: 'numbers-uncertain' };
  const taken = state.given.get(keyOf(request.register, request.series, request.year))?.has(request.number);
  if (taken === true || request.number <= floorOf(state, request)) {
    return { kind: 'refused', code: 'number-taken' };
  }
  return { kind: 'give' };
}

/** This year, or the one before: the last documents of December are entered in January. */
export function yearAllowed(year: number, thisYear: number): boolean {
  return year === thisYear || year === thisYear - 1;
}

/** True while no book was ever begun here: the first start asks for the last numbers used. */
export function needsStart(state: RegisterState): boolean {
  return state.starts.size === 0 && state.byAct.size === 0;
}
