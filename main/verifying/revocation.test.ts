import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from './certificate';
import { type Pki, standardPki } from './fixtures/pki';
import { readEvidence, revocationOf } from './revocation';

let pki: Pki;
const day = 24 * 3_600_000;
const now = new Date(Date.now() + 60_000);

beforeAll(() => {
  pki = standardPki();
  pki.certificate('other', 'other', 'root', { subject: '/O=Trial/CN=sub' });
}, 60_000);

afterAll(() => pki.dispose());

function status(
  evidence: { crls?: readonly Uint8Array[]; ocsp?: readonly Uint8Array[] },
  time = now,
  until: Date = time > now ? time : now,
) {
  const certificate = readCertificate(pki.der('leader'));
  const issuer = readCertificate(pki.der('sub'));
  const read = readEvidence(evidence.crls ?? [], evidence.ocsp ?? []);
  return revocationOf(certificate, issuer, read, time, until).status;
}

describe('the revocation status', () => {
  it('is unknown without evidence and with unreadable evidence', () => {
    expect(status({})).toBe('unknown');
    expect(status({ crls: [Uint8Array.of(1, 2, 3)], ocsp: [Uint8Array.of(0x30, 0)] })).toBe('unknown');
  });

  it('is what the issuer’s list says', () => {
    expect(status({ crls: [pki.crl('sub')] })).toBe('good');
    expect(status({ crls: [pki.crl('sub', ['leader'])] })).toBe('revoked');
    expect(status({ crls: [pki.crl('sub', ['agency'])] })).toBe('good');
  });

  it('is not what another authority of the same name says', () => {
    expect(status({ crls: [pki.crl('other')] })).toBe('unknown');
    expect(status({ crls: [pki.crl('other', ['leader'])] })).toBe('unknown');
  });

  it('does not believe a changed or an outdated list, nor one from the future', () => {
    const list = Uint8Array.from(pki.crl('sub'));
    const last = list.length - 1;
    list[last] = (list[last] ?? 0) ^ 1;
    expect(status({ crls: [list] })).toBe('unknown');
    const current = pki.crl('sub', [], ['-crldays', '1']);
    expect(status({ crls: [current] }, new Date(now.getTime() + 3 * day))).toBe('unknown');
    expect(
      status({ crls: [current] }, new Date(now.getTime() - 3 * day), new Date(now.getTime() - 2 * day)),
    ).toBe('unknown');
  });

  it('believes a later list about an earlier time', () => {
    expect(status({ crls: [pki.crl('sub')] }, new Date(now.getTime() - day))).toBe('good');
  });

  it('is what a delegated responder says, or the issuer itself', () => {
    expect(status({ ocsp: [pki.ocsp('sub', 'leader', 'responder')] })).toBe('good');
    expect(status({ ocsp: [pki.ocsp('sub', 'leader', 'sub')] })).toBe('good');
    expect(status({ ocsp: [pki.ocsp('sub', 'leader', 'responder', ['leader'])] })).toBe('revoked');
  });

  it('is not what somebody says whom the issuer did not authorise', () => {
    // A signer of the same issuer without the purpose, and a responder of another issuer.
    expect(status({ ocsp: [pki.ocsp('sub', 'leader', 'agency')] })).toBe('unknown');
    pki.certificate('otherresponder', 'other', 'ocsp');
    expect(status({ ocsp: [pki.ocsp('sub', 'leader', 'otherresponder')] })).toBe('unknown');
  });

  it('is not what a response about another certificate says', () => {
    expect(status({ ocsp: [pki.ocsp('sub', 'agency', 'responder')] })).toBe('unknown');
  });

  it('does not believe a responder that was itself revoked', () => {
    pki.certificate('checked', 'sub', 'ocspchecked');
    const ocsp = [pki.ocsp('sub', 'leader', 'checked', ['leader'])];
    expect(status({ ocsp })).toBe('revoked');
    expect(status({ ocsp, crls: [pki.crl('sub', ['checked'])] })).toBe('good');
  });

  it('lets one word of revocation outweigh every good one', () => {
    const ocsp = [pki.ocsp('sub', 'leader', 'responder')];
    expect(status({ ocsp, crls: [pki.crl('sub', ['leader'])] })).toBe('revoked');
  });

  it('tells a revocation after the time from one before it', () => {
    const list = pki.crlRevokedAt('sub', 'leader', '260101000000Z');
    expect(status({ crls: [list] }, new Date('2025-12-31'), now)).toBe('good');
    expect(status({ crls: [list] }, new Date('2026-01-02'), now)).toBe('revoked');
  });
});
