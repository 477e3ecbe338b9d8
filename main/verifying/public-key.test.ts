import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOfOid, type Scheme } from './algorithms';
import { readWhole } from './der';
import { derOid, derWrite } from './der-write';
import { checkSignature, type PublicKey, readPublicKey, strengthOf } from './public-key';

const data = Buffer.from('nội dung được ký');
const sha256 = digestOfOid('2.16.840.1.101.3.4.2.1');
const sha512 = digestOfOid('2.16.840.1.101.3.4.2.3');
if (sha256 === undefined || sha512 === undefined) throw new Error('digest table');

function publicOf(key: KeyObject): PublicKey {
  return readPublicKey(readWhole(Uint8Array.from(key.export({ format: 'der', type: 'spki' }))));
}

function check(key: KeyObject, scheme: Scheme, signature: Uint8Array, over: Uint8Array = data) {
  return checkSignature(publicOf(key), scheme, (update) => update(over), signature);
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('checking a signature value', () => {
  it('accepts RSA PKCS#1 v1.5 and refuses other data, another digest, another length', () => {
    const signature = sign('sha256', data, rsa.privateKey);
    const scheme: Scheme = { family: 'rsa-pkcs1', digest: sha256 };
    expect(check(rsa.publicKey, scheme, signature)).toBe('good');
    expect(check(rsa.publicKey, scheme, signature, Buffer.from('khác'))).toBe('wrong');
    expect(check(rsa.publicKey, { family: 'rsa-pkcs1', digest: sha512 }, signature)).toBe('wrong');
    expect(check(rsa.publicKey, scheme, signature.subarray(1))).toBe('wrong');
  });

  it('accepts RSA-PSS with the named salt only, also with another mask digest', () => {
    const signature = sign('sha256', data, {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 32,
    });
    const pss: Scheme = { family: 'rsa-pss', digest: sha256, mgfDigest: sha256, saltLength: 32 };
    expect(check(rsa.publicKey, pss, signature)).toBe('good');
    expect(check(rsa.publicKey, { ...pss, saltLength: 20 }, signature)).toBe('wrong');
    expect(check(rsa.publicKey, { ...pss, mgfDigest: sha512 }, signature)).toBe('wrong');
    const mixed = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha512',
    });
    const mixedSignature = sign('sha256', data, mixed.privateKey);
    expect(check(mixed.publicKey, { ...pss, mgfDigest: sha512 }, mixedSignature)).toBe('good');
    expect(check(mixed.publicKey, { family: 'rsa-pkcs1', digest: sha256 }, mixedSignature)).toBe('wrong');
  });

  it('accepts RSA-PSS of a key whose length is no multiple of eight bits', () => {
    const odd = generateKeyPairSync('rsa', { modulusLength: 2049 });
    const key = { key: odd.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const pss: Scheme = { family: 'rsa-pss', digest: sha256, mgfDigest: sha256, saltLength: 32 };
    expect(check(odd.publicKey, pss, sign('sha256', data, key))).toBe('good');
  });

  it('accepts ECDSA on the three NIST curves', () => {
    for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
      const pair = generateKeyPairSync('ec', { namedCurve });
      const scheme: Scheme = { family: 'ecdsa', digest: sha256 };
      expect(check(pair.publicKey, scheme, sign('sha256', data, pair.privateKey))).toBe('good');
      expect(check(pair.publicKey, scheme, Buffer.from('junk'))).toBe('wrong');
    }
  });

  it('never hands a brainpool key, explicit curve or foreign algorithm to the runtime', () => {
    const point = Buffer.concat([Uint8Array.of(4), Buffer.alloc(64, 1)]);
    const spki = (algorithm: Uint8Array) =>
      readPublicKey(readWhole(derWrite(0x30, algorithm, derWrite(3, Uint8Array.of(0), point))));
    const brainpool = spki(derWrite(0x30, derOid('1.2.840.10045.2.1'), derOid('1.3.36.3.3.2.8.1.1.7')));
    const explicit = spki(
      derWrite(0x30, derOid('1.2.840.10045.2.1'), derWrite(0x30, derWrite(2, Uint8Array.of(1)))),
    );
    const dsa = spki(derWrite(0x30, derOid('1.2.840.10040.4.1')));
    for (const key of [brainpool, explicit, dsa]) {
      expect(key.kind).toBeUndefined();
      const answer = checkSignature(key, { family: 'ecdsa', digest: sha256 }, (update) => update(data), data);
      expect(answer).toBe('unsupported');
    }
  });

  it('calls RSA below 2048 bits and SHA-1 weak', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const sha1 = digestOfOid('1.3.14.3.2.26');
    if (sha1 === undefined) throw new Error('digest table');
    expect(strengthOf(publicOf(short.publicKey), { family: 'rsa-pkcs1', digest: sha256 })).toBe('weak');
    expect(strengthOf(publicOf(rsa.publicKey), { family: 'rsa-pkcs1', digest: sha1 })).toBe('weak');
    expect(strengthOf(publicOf(rsa.publicKey), { family: 'rsa-pkcs1', digest: sha256 })).toBe('strong');
  });

  it('accepts Ed25519 and knows that it is no RSA', () => {
    const pair = generateKeyPairSync('ed25519');
    const signature = sign(null, data, pair.privateKey);
    expect(check(pair.publicKey, { family: 'ed25519', digest: sha512 }, signature)).toBe('good');
    expect(check(pair.publicKey, { family: 'rsa-pkcs1', digest: sha256 }, signature)).toBe('wrong');
  });
});
