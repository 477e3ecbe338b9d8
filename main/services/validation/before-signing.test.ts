// The gate between a chosen certificate and its PIN, over checks that answer as they are told.
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/failure';
import { asInstant, asSha256, newActId } from '../../../preload/contract/ids';
import type { Standing } from '../../../preload/contract/levels';
import type { BlobStore } from '../../blobs';
import { createBeforeSigning } from './before-signing';
import { evidence } from './evidence';
import type { KnownStanding } from './standing';

const now = new Date('2026-11-20T03:00:00Z');
const chosen = {
  ...{ certificate: Buffer.from('leaf'), chain: [], holder: 'Sở Nội vụ', issuer: 'CA phục vụ' },
};

function known(standing: Standing['standing']): KnownStanding {
  const codes: Standing['codes'] = standing === 'unknown' ? ['revocation-unknown'] : [];
  const path = [Buffer.from('leaf'), Buffer.from('sub'), Buffer.from('root')];
  return {
    standing: { standing, codes, revokedAt: null, source: 'ocsp', checkedAt: asInstant(now) },
    found: {
      ...{ standing, codes, revokedAt: null, source: 'ocsp', path },
      ...{ crls: [Buffer.from('list')], ocspResponses: [Buffer.from('answer')] },
    },
  };
}

function gate(answer: () => Promise<KnownStanding>) {
  const kept: Uint8Array[] = [];
  const remembered: string[][] = [];
  const blobs = {
    put: async (_about: unknown, bytes: Uint8Array) => {
      kept.push(bytes);
      return { sha256: asSha256('a'.repeat(64)), size: bytes.length };
    },
  } as unknown as BlobStore;
  const before = createBeforeSigning({
    standingOf: answer,
    blobs,
    remember: async (acts) => void remembered.push([...acts]),
    now: () => now,
  });
  return { before, kept, remembered };
}

describe('before a PIN is asked for', () => {
  it('a good certificate passes, and what was found is durable for each act', async () => {
    const { before, kept, remembered } = gate(async () => known('good'));
    const acts = [newActId(), newActId()];
    expect((await before.check(chosen, acts)).standing).toBe('good');
    expect(remembered).toEqual([acts]);
    const file = evidence.parse(JSON.parse(Buffer.from(kept[0] ?? []).toString('utf8')));
    expect(file).toMatchObject({ signer: 'Sở Nội vụ', result: { standing: 'good', source: 'ocsp' } });
    expect(file.certificates).toHaveLength(3);
    expect(file.certificates[0]).toContain(Buffer.from('leaf').toString('base64'));
    expect([file.crls.length, file.ocspResponses]).toEqual([1, [Buffer.from('answer').toString('base64')]]);
  });

  it.each([
    ['revoked', 'signing-certificate-revoked'],
    ['expired', 'signing-certificate-out-of-time'],
    ['not-yet-valid', 'signing-certificate-out-of-time'],
  ] as const)('a certificate that is %s is refused, and nothing is kept', async (standing, code) => {
    const { before, kept, remembered } = gate(async () => known(standing));
    await expect(before.check(chosen, [newActId()])).rejects.toMatchObject({ code });
    expect([kept, remembered]).toEqual([[], []]);
  });

  it.each(['unknown', 'untrusted'] as const)(
    'one that is %s passes with the warning, kept too',
    async (standing) => {
      const { before, kept } = gate(async () => known(standing));
      expect((await before.check(chosen, [newActId()])).standing).toBe(standing);
      expect(kept).toHaveLength(1);
    },
  );

  it('a check that breaks is a certificate that could not be checked, and never a refusal', async () => {
    const { before, kept } = gate(() => Promise.reject(new Failure('reader-crashed')));
    expect(await before.check(chosen, [newActId()])).toMatchObject({
      ...{ standing: 'unknown', codes: ['reader-crashed'], source: 'none' },
    });
    const file = evidence.parse(JSON.parse(Buffer.from(kept[0] ?? []).toString('utf8')));
    expect(file.certificates[0]).toContain(Buffer.from('leaf').toString('base64'));
  });
});
