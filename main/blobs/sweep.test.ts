// The rule of sweeping, case by case: when in doubt nothing goes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asSha256 } from '../../preload/contract/ids';
import { decideSweep, type SweepInput, trashAge, youngest } from './sweep';

const now = new Date('2026-11-20T00:00:00Z');
const sha = (digit: string) => asSha256(digit.repeat(64));
const ago = (age: number) => new Date(now.getTime() - age);
const input: SweepInput = {
  now,
  stored: [
    { sha256: sha('a'), storedAt: ago(youngest + 1) },
    { sha256: sha('b'), storedAt: ago(youngest + 1) },
    { sha256: sha('c'), storedAt: ago(youngest) },
  ],
  trashed: [
    { sha256: sha('d'), trashedAt: ago(trashAge + 1) },
    { sha256: sha('e'), trashedAt: ago(trashAge + 1) },
    { sha256: sha('f'), trashedAt: ago(trashAge) },
  ],
  referenced: new Set([sha('b'), sha('e')]),
  ledger: { complete: true, damaged: false, rebuilt: false, generation: 'g' },
  journal: { intact: true, generation: 'g' },
};

describe('deciding a sweep', () => {
  it('takes what nothing names and is old enough, and gives back what is named again', () => {
    expect(decideSweep(input)).toEqual({
      kind: 'sweep',
      toTrash: [sha('a')],
      toRestore: [sha('e')],
      toDelete: [sha('d')],
    });
  });

  it.each([
    ['ledger-incomplete', { ledger: { ...input.ledger, complete: false } }],
    ['ledger-damaged', { ledger: { ...input.ledger, damaged: true } }],
    ['ledger-rebuilt', { ledger: { ...input.ledger, rebuilt: true } }],
    ['journal-damaged', { journal: { ...input.journal, intact: false } }],
    ['other-generation', { journal: { ...input.journal, generation: 'h' } }],
  ])('refuses: %s', (reason, change) => {
    expect(decideSweep({ ...input, ...change })).toEqual({ kind: 'refused', reason });
  });

  it('never takes a named file, and nothing at all when the clock was set back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(15), fc.integer({ min: -100, max: 100 }))),
        fc.uniqueArray(fc.nat(15)),
        (stored, named) => {
          const names = new Set(named.map((one) => sha(one.toString(16))));
          const decided = decideSweep({
            ...input,
            stored: stored.map(([digit, days]) => ({
              sha256: sha(digit.toString(16)),
              storedAt: ago(days * 86_400_000),
            })),
            trashed: [],
            referenced: names,
          });
          if (decided.kind !== 'sweep') throw new Error('a whole ledger may be swept');
          for (const one of decided.toTrash) expect(names.has(one)).toBe(false);
        },
      ),
    );
    expect(decideSweep({ ...input, now: new Date('2020-01-01T00:00:00Z') })).toMatchObject({
      toTrash: [],
      toDelete: [],
    });
  });
});
