// Why a certificate that was there is there no more: its own driver's or token's answer, nobody else's.
import { describe, expect, it } from 'vitest';
import type { ModuleReport } from '../token/client';
import type { CertificateCard, TokenCard } from '../token/protocol';
import { SeenCertificates } from './seen-certificates';

const certificate = { fingerprint: 'f1' } as CertificateCard;
const token = (part: Partial<TokenCard> = {}): TokenCard =>
  ({
    module: '/a.so',
    label: 'Cơ quan',
    serial: '1',
    code: null,
    certificates: [certificate],
    ...part,
  }) as TokenCard;
const good = (...tokens: TokenCard[]): ModuleReport => ({
  path: '/a.so',
  ok: true,
  module: { path: '/a.so', description: '', manufacturer: '', version: '', tokens },
});
const bad = (path: string): ModuleReport => ({ path, ok: false, code: 'token-hung', detail: 'C_GetInfo' });

function reasonAfter(...looks: ModuleReport[][]): string {
  const seen = new SeenCertificates();
  for (const look of looks) seen.note(look);
  return seen.whyAbsent('f1').code;
}

describe('a certificate that is not shown', () => {
  it('is missing by its own driver’s failure, and not by another’s', () => {
    expect(reasonAfter([good(token())], [bad('/a.so')])).toBe('token-hung');
    expect(reasonAfter([good(token())], [good(), bad('/b.so')])).toBe('signing-signer-absent');
  });

  it('is missing by its own token’s failure, also when the token no longer says its name', () => {
    const failed: Partial<TokenCard> = { certificates: [], code: 'token-device-error' };
    expect(reasonAfter([good(token())], [good(token(failed))])).toBe('token-device-error');
    expect(reasonAfter([good(token())], [good(token({ ...failed, label: '', serial: '' }))])).toBe(
      'token-device-error',
    );
    expect(reasonAfter([good(token())], [good(token({ ...failed, label: 'Khác' }))])).toBe(
      'signing-signer-absent',
    );
  });

  it('is simply absent when it was never seen or its device is out', () => {
    expect(reasonAfter([bad('/a.so')])).toBe('signing-signer-absent');
    expect(reasonAfter([good(token())], [good()])).toBe('signing-signer-absent');
  });
});
