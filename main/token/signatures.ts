// How a digest becomes a signature on a token: which mechanisms, what they are fed, what shape comes back. It calls no driver.
import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import type { PublicKeyFacts } from './certificate';
import type { Mechanism } from './cryptoki';
import type { SignatureAlgorithm } from './protocol';

const mechanism = {
  rsaPkcs: 0x1,
  rsaPss: 0xd,
  sha256RsaPkcs: 0x40,
  sha256RsaPss: 0x43,
  ecdsa: 0x1041,
  ecdsaSha256: 0x1044,
  ecdsaSha384: 0x1045,
} as const;

/** pkcs11js' CK_PARAMS_RSA_PSS, then CKM_SHA256, CKG_MGF1_SHA256 and the salt of TT 15/2025's PSS: the digest's length. */
const pssParameter = { type: 5, hashAlg: 0x250, mgf: 2, saltLen: 32 } as const;

/** One way to make the signature: a mechanism, and what C_Sign is fed with it. */
export interface Way {
  readonly mechanism: Mechanism;
  readonly input: (bytes: Uint8Array) => Buffer;
}

/** The algorithm that a key signs with. Throws `token-certificate-key-unsupported`. */
export function algorithmFor(key: PublicKeyFacts, pss: boolean): SignatureAlgorithm {
  if (key.kind === 'rsa') return pss ? 'rsa-pss-sha256' : 'rsa-pkcs1-sha256';
  if (key.kind === 'ec') return key.curve === 'P-256' ? 'ecdsa-sha256' : 'ecdsa-sha384';
  throw new Failure('token-certificate-key-unsupported', key.oid);
}

function digest(name: 'sha256' | 'sha384'): (bytes: Uint8Array) => Buffer {
  return (bytes) => createHash(name).update(bytes).digest();
}

const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** DigestInfo of SHA-256 (RFC 8017 9.2, note 1): what CKM_RSA_PKCS pads. */
export function digestInfo(bytes: Uint8Array): Buffer {
  return Buffer.concat([sha256Prefix, digest('sha256')(bytes)]);
}

const whole = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

const waysOf: Readonly<Record<SignatureAlgorithm, readonly Way[]>> = {
  // Hashing here works on every token; hashing on the token is for the few that offer nothing else.
  'rsa-pkcs1-sha256': [
    { mechanism: { mechanism: mechanism.rsaPkcs }, input: digestInfo },
    { mechanism: { mechanism: mechanism.sha256RsaPkcs }, input: whole },
  ],
  'rsa-pss-sha256': [
    { mechanism: { mechanism: mechanism.rsaPss, parameter: pssParameter }, input: digest('sha256') },
    { mechanism: { mechanism: mechanism.sha256RsaPss, parameter: pssParameter }, input: whole },
  ],
  'ecdsa-sha256': [
    { mechanism: { mechanism: mechanism.ecdsa }, input: digest('sha256') },
    { mechanism: { mechanism: mechanism.ecdsaSha256 }, input: whole },
  ],
  'ecdsa-sha384': [
    { mechanism: { mechanism: mechanism.ecdsa }, input: digest('sha384') },
    { mechanism: { mechanism: mechanism.ecdsaSha384 }, input: whole },
  ],
};

/** The ways to try, best first. A token that lists no mechanism at all is tried with all; one that lists others has none. */
export function waysFor(algorithm: SignatureAlgorithm, offered: readonly number[]): readonly Way[] {
  const ways = waysOf[algorithm];
  return offered.length === 0 ? ways : ways.filter((way) => offered.includes(way.mechanism.mechanism));
}

/** True when a token says that it makes PSS; one that lists no mechanism is not asked for it. */
export function offersPss(offered: readonly number[]): boolean {
  return offered.includes(mechanism.rsaPss) || offered.includes(mechanism.sha256RsaPss);
}

function unsignedInteger(number: Uint8Array): Buffer {
  let start = 0;
  while (start < number.length - 1 && number[start] === 0) start += 1;
  const body = number.subarray(start);
  const padded = (body[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), body]) : Buffer.from(body);
  return Buffer.concat([Buffer.of(0x02, padded.length), padded]);
}

/** ECDSA-Sig-Value (RFC 3279 2.2.3) of r and s as PKCS#11 gives them: two halves of equal length. */
export function ecdsaToDer(raw: Uint8Array): Buffer {
  if (raw.length === 0 || raw.length % 2 !== 0 || raw.length > 132) {
    throw new Failure('token-signature-wrong', `${raw.length} bytes of ECDSA`);
  }
  const body = Buffer.concat([
    unsignedInteger(raw.subarray(0, raw.length / 2)),
    unsignedInteger(raw.subarray(raw.length / 2)),
  ]);
  const length = body.length < 0x80 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.of(0x30, ...length), body]);
}

/** The key of the last SPKI, by its exact bytes: a session checks every signature with one key. */
let lastKey: { readonly spki: Buffer; readonly key: KeyObject } | undefined;

function keyOf(spki: Uint8Array): KeyObject {
  if (lastKey?.spki.equals(spki) === true) return lastKey.key;
  const own = Buffer.from(spki);
  const key = createPublicKey({ key: own, format: 'der', type: 'spki' });
  lastKey = { spki: own, key };
  return key;
}

/**
 * The signature in the shape CMS wants, checked against the certificate's key, which is made from its SPKI alone.
 * Throws `token-signature-wrong`: another key behind the same identifier, or a driver that answers garbage.
 */
export function checkedSignature(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): Buffer {
  const key = keyOf(spki);
  const hash = algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256';
  const ecdsa = algorithm.startsWith('ecdsa');
  const shaped = ecdsa ? ecdsaToDer(signature) : Buffer.from(signature);
  const how =
    algorithm === 'rsa-pss-sha256'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pssParameter.saltLen }
      : { key };
  if (!verify(hash, bytes, how, shaped)) throw new Failure('token-signature-wrong');
  return shaped;
}
