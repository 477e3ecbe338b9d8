// The kinds of change after a signature, in order of gravity. Pure values.
import type { SignatureVerdict } from '../../../preload/contract/verdict';

export type ChangeLevel = SignatureVerdict['changes'];

const order: readonly ChangeLevel[] = ['none', 'lta', 'form', 'signature', 'annotation', 'other'];

/** The graver of two levels. */
export function graver(one: ChangeLevel, other: ChangeLevel): ChangeLevel {
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

/** True when `level` is not graver than `limit`. */
export function within(level: ChangeLevel, limit: ChangeLevel): boolean {
  return order.indexOf(level) <= order.indexOf(limit);
}
