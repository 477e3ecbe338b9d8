import { describe, expect, it } from 'vitest';
import { type EarlierSignature, type GateFacts, signingGate, strictPolicy } from './gate';

const good: EarlierSignature = {
  field: 'a',
  integrity: 'intact',
  permitted: true,
  revocation: 'unknown',
  chain: 'unknown',
};

function gate(facts: Partial<GateFacts>, policy = strictPolicy): string | undefined {
  return signingGate({ role: 'seal', earlier: [], number: 'unknown', ...facts }, policy);
}

describe('the gate of law', () => {
  it('lets the agency sign only after a valid signature of the leader', () => {
    expect(gate({})).toBe('leader-missing');
    expect(gate({ earlier: [good] })).toBeUndefined();
    expect(gate({ earlier: [{ ...good, revocation: 'revoked' }] })).toBe('leader-missing');
    expect(gate({}, { ...strictPolicy, sealWithoutLeader: true })).toBeUndefined();
  });

  it("takes no signature of the agency's own for the leader's", () => {
    for (const role of ['number', 'attachment', 'copy', 'seal'] as const) {
      expect(gate({ earlier: [{ ...good, role }] })).toBe('leader-missing');
    }
    expect(gate({ earlier: [{ ...good, role: 'invisible' }] })).toBeUndefined();
    expect(
      gate({
        earlier: [
          { ...good, role: 'leader' },
          { ...good, role: 'number' },
        ],
      }),
    ).toBeUndefined();
  });

  it('lets the agency sign over no broken signature and no forbidden change', () => {
    for (const role of ['seal', 'number'] as const) {
      expect(gate({ role, earlier: [good, { ...good, integrity: 'broken' }] })).toBe(
        'earlier-signature-broken',
      );
      expect(gate({ role, earlier: [{ ...good, permitted: false }] })).toBe('earlier-signature-broken');
    }
  });

  it('wants the number between the leader and the seal', () => {
    expect(gate({ earlier: [good], number: 'missing' })).toBe('number-missing');
    expect(gate({ earlier: [good], number: 'given' })).toBeUndefined();
    expect(gate({ role: 'number' })).toBe('leader-missing');
    expect(gate({ role: 'number', earlier: [good] })).toBeUndefined();
    expect(gate({ role: 'number', earlier: [good, { ...good, role: 'seal' }] })).toBe('number-after-seal');
    expect(gate({ role: 'leader', earlier: [good, { ...good, role: 'seal' }] })).toBe('leader-after-seal');
  });

  it('asks nothing of an attachment, a copy or an invisible signature', () => {
    for (const role of ['attachment', 'copy', 'invisible'] as const) expect(gate({ role })).toBeUndefined();
  });
});
