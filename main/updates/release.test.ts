// Only bytes that a trusted key has signed become a release.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, openRelease, readUpdateKeys } from './release';
import { bytesOf, newKey, release, signatureOf } from './release.fixture';

const current = newKey();
const next = newKey();
const stranger = newKey();
const trusted = [current.trusted, next.trusted];
const bytes = bytesOf(release);
const signature = signatureOf(bytes, [current]);

describe('a signed description', () => {
  it('is opened with either of the two keys, so that one can follow the other', () => {
    expect(openRelease(bytes, signature, trusted).release).toEqual(release);
    expect(openRelease(bytes, signatureOf(bytes, [next]), trusted).release).toEqual(release);
    expect(openRelease(bytes, signatureOf(bytes, [stranger, next]), trusted).release).toEqual(release);
  });

  it('is refused without a signature, by a stranger, and when nobody is trusted', () => {
    expect(() => openRelease(bytes, null, trusted)).toThrow('update-signature-missing');
    expect(() => openRelease(bytes, new Uint8Array(), trusted)).toThrow('update-signature-missing');
    expect(() => openRelease(bytes, signatureOf(bytes, [stranger]), trusted)).toThrow(
      'update-signature-invalid',
    );
    expect(() => openRelease(bytes, signature, [])).toThrow('update-signature-invalid');
  });

  it('is refused when a stranger signs under the name of a trusted key', () => {
    const forged = JSON.parse(signatureOf(bytes, [stranger]).toString()) as { signatures: { key: string }[] };
    for (const one of forged.signatures) one.key = current.trusted.id;
    expect(() => openRelease(bytes, bytesOf(forged), trusted)).toThrow('update-signature-invalid');
  });

  it('is refused when any byte of it differs, or it is longer or shorter', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(bytes);
        other[at] = (other[at] ?? 0) ^ change;
        expect(() => openRelease(other, signature, trusted)).toThrow('update-signature-invalid');
        expect(() => openRelease(bytes.subarray(0, at), signature, trusted)).toThrow(
          'update-signature-invalid',
        );
      }),
    );
    expect(() => openRelease(Buffer.concat([bytes, Buffer.from(' ')]), signature, trusted)).toThrow();
  });

  it('ends in a closed code whatever stands in the signature file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (noise) => {
        expect(() => openRelease(bytes, noise, trusted)).toThrow('update-signature-invalid');
      }),
    );
  });

  it('is refused, though signed, when it has another shape, another product or a name that leaves the folder', () => {
    const bad: object[] = [
      { ...release, product: 'other' },
      { ...release, format: 2 },
      { ...release, more: 1 },
      { ...release, version: '9.0.1-beta' },
      { ...release, staged: 101 },
      { ...release, serial: 0 },
      ...['../x.deb', 'a/b.deb', '.hidden', 'a b', 'x%2f', ''].map((name) => ({
        ...release,
        files: [{ ...release.files[0], name }],
      })),
    ];
    for (const one of bad) {
      const signed = bytesOf(one);
      expect(() => openRelease(signed, signatureOf(signed, [current]), trusted)).toThrow(
        'update-metadata-broken',
      );
    }
  });
});

describe('versions', () => {
  it('are ordered by their numbers, in a total order', () => {
    const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((one) => one.join('.'));
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
    expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
  });
});

it('reads the shipped keys strictly', () => {
  const text = JSON.stringify({
    format: 1,
    keys: [{ publicKey: Buffer.from(current.trusted.spki).toString('base64') }],
  });
  expect(readUpdateKeys(text).map((one) => one.id)).toEqual([current.trusted.id]);
  expect(() => readUpdateKeys('{"keys":[]}')).toThrow();
});
