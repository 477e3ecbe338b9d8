// Builds the CMS of a PAdES baseline signature (RFC 5652, ETSI EN 319 122-1): signed attributes, then SignedData.
// It holds no key: whoever signs is given as a value. No signing-time attribute (EN 319 142-1, 6.3: /M is the claim).
import { constants, createHash, verify } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import type { SignerCertificate } from './certificate';
import {
  der,
  derNull,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  unsignedInteger,
} from './der';

export type SignatureAlgorithm = 'rsa-pkcs1-sha256' | 'rsa-pss-sha256' | 'ecdsa-sha256' | 'ecdsa-sha384';
export type DigestAlgorithm = 'sha256' | 'sha384';

/** Whoever holds a key: a token, or a test's key in memory. */
export interface Signer {
  readonly certificate: Uint8Array;
  /** Issuers of the certificate, nearest first; the root may be left out. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs DER of the signed attributes (hashing is the signer's part). ECDSA may come as DER or as raw r and s. */
  readonly sign: (signedAttributes: Uint8Array) => Promise<Uint8Array>;
}

const oids = {
  data: objectIdentifier('1.2.840.113549.1.7.1'),
  signedData: objectIdentifier('1.2.840.113549.1.7.2'),
  contentType: objectIdentifier('1.2.840.113549.1.9.3'),
  messageDigest: objectIdentifier('1.2.840.113549.1.9.4'),
  signingCertificateV2: objectIdentifier('1.2.840.113549.1.9.16.2.47'),
  sha256: objectIdentifier('2.16.840.1.101.3.4.2.1'),
  sha384: objectIdentifier('2.16.840.1.101.3.4.2.2'),
  sha256WithRsa: objectIdentifier('1.2.840.113549.1.1.11'),
  pss: objectIdentifier('1.2.840.113549.1.1.10'),
  mgf1: objectIdentifier('1.2.840.113549.1.1.8'),
  ecdsaSha256: objectIdentifier('1.2.840.10045.4.3.2'),
  ecdsaSha384: objectIdentifier('1.2.840.10045.4.3.3'),
} as const;

/** The digest that goes with a signature algorithm; the document is hashed with it too. */
export function digestOf(algorithm: SignatureAlgorithm): DigestAlgorithm {
  return algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256';
}

function signatureAlgorithmIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  switch (algorithm) {
    case 'rsa-pkcs1-sha256':
      // RFC 4055, 5: the parameters are an explicit NULL.
      return sequence(oids.sha256WithRsa, derNull);
    case 'rsa-pss-sha256': {
      const hash = sequence(oids.sha256, derNull);
      const parameters = sequence(
        der(0xa0, hash),
        der(0xa1, sequence(oids.mgf1, hash)),
        der(0xa2, smallInteger(32)),
      );
      return sequence(oids.pss, parameters);
    }
    case 'ecdsa-sha256':
      return sequence(oids.ecdsaSha256);
    case 'ecdsa-sha384':
      return sequence(oids.ecdsaSha384);
  }
}

/** DER of the signed attributes as SET OF: what is hashed and signed. */
export function signedAttributes(documentDigest: Uint8Array, certificate: SignerCertificate): Uint8Array {
  // RFC 5035: the hash algorithm is left out, its default is SHA-256.
  const certificateId = sequence(octetString(createHash('sha256').update(certificate.der).digest()));
  return setOf(
    sequence(oids.contentType, setOf(oids.data)),
    sequence(oids.messageDigest, setOf(octetString(documentDigest))),
    sequence(oids.signingCertificateV2, setOf(sequence(sequence(certificateId)))),
  );
}

function rawToDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return sequence(unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half)));
}

function matches(
  algorithm: SignatureAlgorithm,
  attributes: Uint8Array,
  signature: Uint8Array,
  certificate: SignerCertificate,
): boolean {
  const key = certificate.publicKey;
  switch (algorithm) {
    case 'rsa-pkcs1-sha256':
      return verify('sha256', attributes, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
    case 'rsa-pss-sha256': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify('sha256', attributes, { key, padding, saltLength: 32 }, signature);
    }
    case 'ecdsa-sha256':
    case 'ecdsa-sha384':
      return verify(digestOf(algorithm), attributes, { key, dsaEncoding: 'der' }, signature);
  }
}

/** Refuses an algorithm the certificate's key cannot have made. Throws Failure `signing-certificate-unusable`. */
export function checkAlgorithm(algorithm: SignatureAlgorithm, certificate: SignerCertificate): void {
  const forRsa = algorithm.startsWith('rsa');
  if (forRsa !== (certificate.keyKind === 'rsa')) {
    throw new Failure('signing-certificate-unusable', `${algorithm} with a ${certificate.keyKind} key`);
  }
}

/**
 * The signature as CMS wants it, checked with the certificate's public key.
 * Throws Failure `signing-signature-wrong`: a device may answer with another key's signature or with garbage.
 */
export function checkedSignature(
  algorithm: SignatureAlgorithm,
  attributes: Uint8Array,
  signature: Uint8Array,
  certificate: SignerCertificate,
): Uint8Array {
  const candidates = [signature];
  const isRaw = algorithm.startsWith('ecdsa') && signature.length % 2 === 0 && signature.length >= 64;
  if (isRaw) candidates.push(rawToDer(signature));
  const right = candidates.find((candidate) => matches(algorithm, attributes, candidate, certificate));
  if (right === undefined) throw new Failure('signing-signature-wrong');
  return right;
}

/** DER of ContentInfo with SignedData, detached. */
export function signedData(
  algorithm: SignatureAlgorithm,
  attributes: Uint8Array,
  signature: Uint8Array,
  certificate: SignerCertificate,
  chain: readonly Uint8Array[],
): Uint8Array {
  const digest = sequence(oids[digestOf(algorithm)], derNull);
  const version = smallInteger(1);
  const signerInfo = sequence(
    version,
    sequence(certificate.issuer, certificate.serial),
    digest,
    // In SignerInfo the attributes carry the implicit tag [0] in place of SET (RFC 5652, 5.4).
    Buffer.concat([Uint8Array.of(0xa0), attributes.subarray(1)]),
    signatureAlgorithmIdentifier(algorithm),
    octetString(signature),
  );
  const unique = [certificate.der, ...chain].filter(
    (one, index, all) => all.findIndex((other) => Buffer.compare(one, other) === 0) === index,
  );
  return sequence(
    oids.signedData,
    der(0xa0, sequence(version, setOf(digest), sequence(oids.data), der(0xa0, ...unique), setOf(signerInfo))),
  );
}

/** Room for the CMS of a signer in bytes: certificates, the largest signature, attributes, and `extra` for what comes later. */
export function cmsRoom(certificates: readonly Uint8Array[], extra = 0): number {
  const certificateBytes = certificates.reduce((sum, one) => sum + one.length, 0);
  return certificateBytes + 2048 + extra;
}
