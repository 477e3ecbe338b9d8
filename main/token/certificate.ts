// Reads a certificate from a token and says whether it can sign documents, or why not. It checks no chain and no revocation,
// and makes no public key object: node's X509Certificate.publicKey aborts the process on brainpool and RSA-PSS keys.
import { createHash } from 'node:crypto';
import type { TokenCode } from './ckr';
import { childrenOf, DerError, type Element, elementAt, expectTag, oidOf, tag, textOf, timeOf } from './der';

export type PublicKeyFacts =
  | { readonly kind: 'rsa'; readonly bits: number; readonly modulus: Uint8Array }
  | { readonly kind: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  /** RSA-PSS keys, brainpool and explicit curves, Edwards curves, GOST and whatever comes next. */
  | { readonly kind: 'unsupported'; readonly oid: string };

export interface CertificateFacts {
  readonly der: Uint8Array;
  /** Lower-case hex SHA-256 of the DER: the name by which a certificate is chosen. */
  readonly fingerprint: string;
  /** Hex, without leading zeros beyond one byte. */
  readonly serial: string;
  readonly subjectName: string;
  readonly subjectOrganization: string;
  readonly issuerName: string;
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly authority: boolean;
  /** undefined: no extension, every use is allowed. Bit 0 is digitalSignature (RFC 5280 4.2.1.3). */
  readonly keyUsage: readonly boolean[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly spki: Uint8Array;
  readonly key: PublicKeyFacts;
}

const curves: Readonly<Record<string, 'P-256' | 'P-384' | 'P-521'>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};

/** The last value of an attribute type in a Name, or ''. */
function nameAttribute(name: Element, wanted: string): string {
  let found = '';
  for (const set of childrenOf(name.content)) {
    for (const pair of childrenOf(set.content)) {
      const [type, value] = childrenOf(pair.content);
      if (type === undefined || value === undefined) continue;
      if (type.tag === tag.oid && oidOf(type.content) === wanted) found = textOf(value);
    }
  }
  return found.normalize('NFC').trim();
}

function publicKeyOf(spki: Element): PublicKeyFacts {
  const [algorithm, bits] = childrenOf(spki.content);
  const [identifier, parameters] = childrenOf(expectTag(algorithm, tag.sequence).content);
  const oid = oidOf(expectTag(identifier, tag.oid).content);
  const key = expectTag(bits, tag.bitString).content.subarray(1);
  if (oid === '1.2.840.113549.1.1.1') {
    const [modulus] = childrenOf(expectTag(elementAt(key), tag.sequence).content);
    const padded = expectTag(modulus, tag.integer).content;
    const number = padded[0] === 0 ? padded.subarray(1) : padded;
    const top = number[0];
    if (top === undefined) throw new DerError('modulus');
    return { kind: 'rsa', bits: number.length * 8 - (Math.clz32(top) - 24), modulus: number };
  }
  if (oid === '1.2.840.10045.2.1' && parameters?.tag === tag.oid) {
    const curveOid = oidOf(parameters.content);
    const curve = curves[curveOid];
    return curve === undefined ? { kind: 'unsupported', oid: curveOid } : { kind: 'ec', curve };
  }
  return { kind: 'unsupported', oid };
}

interface Extensions {
  authority: boolean;
  keyUsage: readonly boolean[] | undefined;
  extendedKeyUsage: readonly string[] | undefined;
}

function extensionsOf(list: Element | undefined): Extensions {
  const found: Extensions = { authority: false, keyUsage: undefined, extendedKeyUsage: undefined };
  if (list === undefined) return found;
  for (const extension of childrenOf(elementAt(list.content).content)) {
    const parts = childrenOf(extension.content);
    const oid = oidOf(expectTag(parts[0], tag.oid).content);
    const value = elementAt(expectTag(parts.at(-1), tag.octetString).content);
    if (oid === '2.5.29.19') {
      const first = childrenOf(value.content)[0];
      found.authority = first?.tag === tag.boolean && first.content[0] !== 0;
    } else if (oid === '2.5.29.15') {
      const content = expectTag(value, tag.bitString).content;
      found.keyUsage = Array.from({ length: 9 }, (_, bit) => {
        const byte = content[1 + (bit >> 3)] ?? 0;
        return (byte & (0x80 >> (bit & 7))) !== 0;
      });
    } else if (oid === '2.5.29.37') {
      found.extendedKeyUsage = childrenOf(value.content).map((one) => oidOf(expectTag(one, tag.oid).content));
    }
  }
  return found;
}

/** Reads a certificate (RFC 5280 4.1). Throws DerError on anything else; bytes after the certificate are ignored. */
export function readCertificate(bytes: Uint8Array): CertificateFacts {
  const certificate = expectTag(elementAt(bytes), tag.sequence);
  const body = childrenOf(expectTag(childrenOf(certificate.content)[0], tag.sequence).content);
  const at = body[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, validity, subject, spki] = body.slice(at);
  const [notBefore, notAfter] = childrenOf(expectTag(validity, tag.sequence).content);
  if (notBefore === undefined || notAfter === undefined) throw new DerError('validity');
  const issuerElement = expectTag(issuer, tag.sequence);
  const subjectElement = expectTag(subject, tag.sequence);
  const spkiElement = expectTag(spki, tag.sequence);
  const der = certificate.whole.slice();
  return {
    der,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    serial: Buffer.from(expectTag(serial, tag.integer).content).toString('hex'),
    subjectName: nameAttribute(subjectElement, '2.5.4.3') || nameAttribute(subjectElement, '2.5.4.10'),
    subjectOrganization: nameAttribute(subjectElement, '2.5.4.10'),
    issuerName: nameAttribute(issuerElement, '2.5.4.3') || nameAttribute(issuerElement, '2.5.4.10'),
    subjectDer: subjectElement.whole.slice(),
    issuerDer: issuerElement.whole.slice(),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    ...extensionsOf(body.slice(at).find((one) => one.tag === 0xa3)),
    spki: spkiElement.whole.slice(),
    key: publicKeyOf(spkiElement),
  };
}

/** What the token itself shows of the certificate's private key before a login. */
export type KeyEvidence = 'present' | 'absent' | 'hidden';

/** Extended uses that say a certificate serves machines and authorities, not a person who signs documents. */
const otherUses = new Set([
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
]);

/**
 * The reason why a certificate cannot sign, or undefined. The gravest lasting reason first: a clerk told "expired" about an
 * authority's certificate would renew the wrong thing.
 */
export function reasonAgainst(facts: CertificateFacts, key: KeyEvidence, now: number): TokenCode | undefined {
  const usage = facts.keyUsage;
  const mayCertify = usage?.[5] === true && usage[0] !== true && usage[1] !== true;
  if (facts.authority || mayCertify) return 'token-certificate-authority';
  if (usage !== undefined && usage[0] !== true && usage[1] !== true) return 'token-certificate-key-usage';
  const extended = facts.extendedKeyUsage;
  if (extended !== undefined && extended.length > 0 && extended.every((oid) => otherUses.has(oid))) {
    return 'token-certificate-key-usage';
  }
  if (facts.key.kind === 'unsupported') return 'token-certificate-key-unsupported';
  if (facts.key.kind === 'rsa' && facts.key.bits < 2048) return 'token-certificate-key-weak';
  if (key === 'absent') return 'token-certificate-no-key';
  if (now < facts.notBefore) return 'token-certificate-not-yet-valid';
  if (now > facts.notAfter) return 'token-certificate-expired';
  return undefined;
}

/** The authorities among the certificates, from the leaf's issuer upwards, without the leaf. At most 8 links. */
export function chainOf(leaf: CertificateFacts, others: readonly CertificateFacts[]): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let current = leaf;
  for (let depth = 0; depth < 8; depth += 1) {
    const next = others.find(
      (one) =>
        one.authority &&
        one.fingerprint !== current.fingerprint &&
        Buffer.compare(one.subjectDer, current.issuerDer) === 0,
    );
    if (next === undefined || chain.includes(next.der)) break;
    chain.push(next.der);
    current = next;
  }
  return chain;
}
