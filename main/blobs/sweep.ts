// Which stored files may be put into the trash, and which leave it. Pure; it deletes nothing.
import type { Sha256 } from '../../preload/contract/ids';

const day = 86_400_000;
/** Nothing younger is touched: an act that names it may still be on its way to the ledger. */
export const youngest = 7 * day;
/** How long the trash keeps a file. */
export const trashAge = 30 * day;

export interface SweepInput {
  readonly now: Date;
  readonly stored: readonly { readonly sha256: Sha256; readonly storedAt: Date }[];
  readonly trashed: readonly { readonly sha256: Sha256; readonly trashedAt: Date }[];
  /** Every name in the ledger, the journal and the tickets. */
  readonly referenced: ReadonlySet<string>;
  readonly ledger: {
    readonly complete: boolean;
    readonly damaged: boolean;
    /** True when it was ever rebuilt from the journal. */
    readonly rebuilt: boolean;
    readonly generation: string;
  };
  readonly journal: { readonly intact: boolean; readonly generation: string };
}

export type SweepDecision =
  | {
      readonly kind: 'refused';
      readonly reason:
        | 'ledger-incomplete'
        | 'ledger-damaged'
        | 'ledger-rebuilt'
        | 'other-generation'
        | 'journal-damaged';
    }
  | {
      readonly kind: 'sweep';
      readonly toTrash: readonly Sha256[];
      /** Named again since: they leave the trash for the store. */
      readonly toRestore: readonly Sha256[];
      readonly toDelete: readonly Sha256[];
    };

/** Decides a sweep: refused unless everything that could name a file is whole, undamaged and of one generation. */
export function decideSweep(input: SweepInput): SweepDecision {
  const { ledger, journal, now } = input;
  if (!ledger.complete) return { kind: 'refused', reason: 'ledger-incomplete' };
  if (ledger.damaged) return { kind: 'refused', reason: 'ledger-damaged' };
  if (ledger.rebuilt) return { kind: 'refused', reason: 'ledger-rebuilt' };
  if (!journal.intact) return { kind: 'refused', reason: 'journal-damaged' };
  if (ledger.generation !== journal.generation) return { kind: 'refused', reason: 'other-generation' };
  // A clock set back makes ages negative: then nothing is old enough.
  const older = (then: Date, age: number) => now.getTime() - then.getTime() > age;
  const named = (sha256: Sha256) => input.referenced.has(sha256);
  return {
    kind: 'sweep',
    toTrash: input.stored
      .filter((one) => !named(one.sha256) && older(one.storedAt, youngest))
      .map((one) => one.sha256),
    toRestore: input.trashed.filter((one) => named(one.sha256)).map((one) => one.sha256),
    toDelete: input.trashed
      .filter((one) => !named(one.sha256) && older(one.trashedAt, trashAge))
      .map((one) => one.sha256),
  };
}
