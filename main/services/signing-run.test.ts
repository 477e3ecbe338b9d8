// What a run asks of the device: PSS only where it is wanted, possible and said to be there.
import { describe, expect, it } from 'vitest';
import type { ChosenCertificate } from '../token/client';
import { deviceOf } from './signing-run';

const rsaPkcs = 0x1;
const rsaPss = 0xd;
const sha256RsaPss = 0x43;

function chosen(keyType: string, mechanisms: readonly number[]): ChosenCertificate {
  const token = { module: '/driver.so', serial: 'S', label: 'L', mechanisms: [...mechanisms] };
  return { token, certificate: { fingerprint: 'f'.repeat(64), keyType } } as unknown as ChosenCertificate;
}

describe('the device of a run', () => {
  it('is named by driver, serial and label, and its certificate by fingerprint, never by slot', () => {
    expect(deviceOf(chosen('RSA-2048', [rsaPkcs]), false)).toEqual({
      module: '/driver.so',
      tokenSerial: 'S',
      tokenLabel: 'L',
      fingerprint: 'f'.repeat(64),
      pss: false,
    });
  });

  it.each([
    ['RSA-2048', [rsaPkcs, rsaPss], true, true],
    ['RSA-4096', [sha256RsaPss], true, true],
    ['RSA-2048', [rsaPkcs, rsaPss], false, false],
    ['RSA-2048', [rsaPkcs], true, false],
    ['RSA-2048', [], true, false],
    ['P-256', [rsaPss], true, false],
  ] as const)(
    'with %s and mechanisms %j, setting %s, is asked for PSS: %s',
    (key, mechanisms, wanted, asked) => {
      expect(deviceOf(chosen(key, mechanisms), wanted).pss).toBe(asked);
    },
  );
});
