import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificates } from './cms';
import { type Pki, standardPki } from './fixtures/pki';

let pki: Pki;

beforeAll(() => {
  pki = standardPki();
}, 60_000);

afterAll(() => pki.dispose());

describe('certificates read again', () => {
  it('are the same value for the same bytes, wherever these lie', () => {
    const [one] = readCertificates([pki.der('leader')]);
    const [other] = readCertificates([Uint8Array.from(pki.der('leader'))]);
    expect(other).toBe(one);
  });

  it('are told apart by one byte, also where the caller changed the bytes it had given', () => {
    const given = Uint8Array.from(pki.der('leader'));
    const [before] = readCertificates([given]);
    const last = given.length - 1;
    given[last] = (given[last] ?? 0) ^ 1;
    const [after] = readCertificates([given]);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
    expect(after?.signature).not.toEqual(before?.signature);
    expect(readCertificates([pki.der('leader')])[0]?.signature).toEqual(before?.signature);
  });
});
