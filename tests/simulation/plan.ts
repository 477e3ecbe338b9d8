// What may happen in a run, drawn at random and shrinkable: moments of work, of trouble and of time, and how calls end.
import fc from 'fast-check';
import { type Fate, fates } from './model-hub';

export type Moment =
  | { readonly kind: 'offer' }
  | { readonly kind: 'reply'; readonly pick: number; readonly code: string }
  | {
      readonly kind: 'clerk';
      /** `next`: what comes next for that document. */
      readonly act: 'next' | 'accept' | 'refuse' | 'present' | 'assign' | 'progress' | 'finish';
      readonly pick: number;
    }
  | { readonly kind: 'issue'; readonly receivers: number }
  | { readonly kind: 'recall' | 'update'; readonly pick: number }
  | { readonly kind: 'tick'; readonly reason: 'interval' | 'network' | 'resume' | 'asked' }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'clock-jump'; readonly seconds: number }
  /** Somebody is gone after so many steps; with `ledger`, its database is gone as well. */
  | {
      readonly kind: 'die';
      readonly who: 'window' | 'main';
      readonly steps: number;
      readonly ledger: boolean;
    }
  | { readonly kind: 'second-window' }
  /** Two windows do the next thing to one document at once: the one that is later has an old view of it. */
  | { readonly kind: 'both'; readonly pick: number }
  | { readonly kind: 'upgrade' }
  | { readonly kind: 'hub-backup' }
  | { readonly kind: 'hub-restored' }
  /** A person looks at what needs attention. */
  | { readonly kind: 'attend' };

export interface Plan {
  readonly moments: readonly Moment[];
  /** How the hub's calls end, in their order, those that send apart; after these it is well. */
  readonly sendFates: readonly Fate[];
  readonly fates: readonly Fate[];
}

const pick = fc.nat(7);
const weighted: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('offer' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('reply' as const),
      pick,
      code: fc.constantFrom('01', '02', '03', '06', '99'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('clerk' as const),
      act: fc.constantFrom(
        'next',
        'next',
        'next',
        'next',
        'accept',
        'refuse',
        'present',
        'assign',
        'progress',
        'finish',
      ),
      pick,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('issue' as const), receivers: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('recall' as const, 'update' as const), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      reason: fc.constantFrom('interval', 'network', 'resume', 'asked'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.constantFrom(1, 11, 60, 700, 2000, 4000, 90_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock-jump' as const),
      seconds: fc.constantFrom(-40_000_000, -90_000, -3600, -30, 30, 3600, 90_000, 40_000_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('die' as const),
      who: fc.constantFrom('window', 'main'),
      steps: fc.nat(30),
      ledger: fc.oneof(
        { weight: 4, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('second-window' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('upgrade' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hub-backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hub-restored' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('attend' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('both' as const), pick }) },
);

const sendFate = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Fate>('ok') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>(...fates) },
);

const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('ok') },
  { weight: 5, arbitrary: fc.constantFrom<Fate>(...fates) },
);

export const plan: fc.Arbitrary<Plan> = fc.record({
  moments: fc.array(weighted, { minLength: 1, maxLength: 14 }),
  sendFates: fc.array(sendFate, { maxLength: 12 }),
  fates: fc.array(fate, { maxLength: 24 }),
});
