// Reads X.509 certificates (RFC 5280) into plain values. It never asks the runtime's own certificate parser, which may
// abort the process on keys it does not know, and it decides nothing about trust.
import { createHash } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import { type AlgorithmIdentifier, readAlgorithm, type Strength, schemeOf } from './algorithms';
import {
  bitOctets,
  booleanOf,
  children,
  type DerNode,
  eachChild,
  hasBit,
  inner,
  integerHex,
  octets,
  oidOf,
  Parts,
  readNode,
  readWhole,
  sameBytes,
  smallInteger,
  tags,
  timeOf,
} from './der';
import { type Name, readName, sameName, webAddresses } from './name';
import { checkSignature, type KeyAnswer, type PublicKey, readPublicKey, strengthOf } from './public-key';

export interface NameConstraints {
  readonly permitted: readonly DerNode[];
  readonly excluded: readonly DerNode[];
}

export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly version: number;
  readonly authority: boolean;
  readonly pathLength: number | undefined;
  /** Undefined when the extension is absent: then every use is allowed. */
  readonly keyUsage:
    | {
        readonly digitalSignature: boolean;
        readonly nonRepudiation: boolean;
        readonly keyCertSign: boolean;
        readonly cRLSign: boolean;
      }
    | undefined;
  readonly extendedKeyUsage: { readonly critical: boolean; readonly purposes: readonly string[] } | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly alternativeNames: readonly DerNode[];
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** id-pkix-ocsp-nocheck: the responder's certificate itself is not to be checked (RFC 6960 4.2.2.2.1). */
  readonly ocspNoCheck: boolean;
  /** Critical extensions that are not processed here. */
  readonly unknownCritical: readonly string[];
}

/** Extensions whose meaning is honoured, or that bind nobody with the initial policy set any-policy. */
const processed = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.18',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.35',
  '2.5.29.37',
  '2.5.29.54',
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.48.1.5',
]);

/** Extensions by OID. A repeated one is refused (RFC 5280 4.2). */
export function readExtensions(
  node: DerNode,
): Map<string, { readonly critical: boolean; readonly value: DerNode }> {
  const map = new Map<string, { critical: boolean; value: DerNode }>();
  for (const extension of children(node)) {
    const parts = new Parts(extension);
    const oid = oidOf(parts.take(tags.oid));
    const critical = parts.optional(tags.boolean);
    if (map.has(oid)) throw new Failure('asn1-damaged', `extension ${oid} repeated`);
    const value = readNode(octets(parts.take(tags.octetString)));
    map.set(oid, { critical: critical !== undefined && booleanOf(critical), value });
  }
  return map;
}

/** Reads one certificate in DER. Throws Failure `asn1-damaged`. */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = new Parts(readWhole(der));
  const tbs = outer.take(tags.sequence);
  const signatureAlgorithm = readAlgorithm(outer.take(tags.sequence));
  const signature = bitOctets(outer.take(tags.bitString));
  const parts = new Parts(tbs);
  const versionNode = parts.optional(0xa0);
  const version = versionNode === undefined ? 1 : smallInteger(inner(versionNode)) + 1;
  const serial = integerHex(parts.take(tags.integer));
  const innerAlgorithm = parts.take(tags.sequence);
  const issuer = readName(parts.take(tags.sequence));
  const validity = new Parts(parts.take(tags.sequence));
  const notBefore = timeOf(validity.takeAny());
  const notAfter = timeOf(validity.takeAny());
  const subject = readName(parts.take(tags.sequence));
  const publicKey = readPublicKey(parts.take(tags.sequence));
  parts.optional(0x81);
  parts.optional(0x82);
  const extensionsNode = parts.optional(0xa3);
  const extensions = extensionsNode === undefined ? new Map() : readExtensions(inner(extensionsNode));
  const outerAlgorithm = new Parts(readWhole(der));
  outerAlgorithm.take(tags.sequence);
  // RFC 5280 4.1.1.2: the algorithm inside the signed part must be the one outside.
  if (!sameBytes(innerAlgorithm.bytes, outerAlgorithm.take(tags.sequence).bytes)) {
    throw new Failure('asn1-damaged', 'signature algorithms of the certificate differ');
  }
  return {
    der,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    tbs: tbs.bytes,
    signatureAlgorithm,
    signature,
    version,
    ...readUses(extensions),
    ...readPointers(extensions),
    unknownCritical: [...extensions]
      .filter(([oid, one]) => one.critical && !processed.has(oid))
      .map(([oid]) => oid),
  };
}

type Extensions = ReturnType<typeof readExtensions>;

function readUses(extensions: Extensions) {
  const basic = extensions.get('2.5.29.19');
  let authority = false;
  let pathLength: number | undefined;
  if (basic !== undefined) {
    const parts = new Parts(basic.value);
    const flag = parts.optional(tags.boolean);
    authority = flag !== undefined && booleanOf(flag);
    const length = parts.optional(tags.integer);
    pathLength = length === undefined ? undefined : smallInteger(length);
  }
  const usage = extensions.get('2.5.29.15')?.value;
  const purposes = extensions.get('2.5.29.37');
  const constraints = extensions.get('2.5.29.30')?.value;
  const alternative = extensions.get('2.5.29.17')?.value;
  return {
    authority,
    pathLength,
    keyUsage:
      usage === undefined
        ? undefined
        : {
            digitalSignature: hasBit(usage, 0),
            nonRepudiation: hasBit(usage, 1),
            keyCertSign: hasBit(usage, 5),
            cRLSign: hasBit(usage, 6),
          },
    extendedKeyUsage:
      purposes === undefined
        ? undefined
        : { critical: purposes.critical, purposes: children(purposes.value).map((one) => oidOf(one)) },
    nameConstraints: constraints === undefined ? undefined : readConstraints(constraints),
    alternativeNames: alternative === undefined ? [] : children(alternative),
    ocspNoCheck: extensions.has('1.3.6.1.5.5.7.48.1.5'),
  };
}

function readConstraints(node: DerNode): NameConstraints {
  const parts = new Parts(node);
  const bases = (tree: DerNode | undefined) =>
    tree === undefined ? [] : children(tree).map((subtree) => new Parts(subtree).takeAny());
  return { permitted: bases(parts.optional(0xa0)), excluded: bases(parts.optional(0xa1)) };
}

function readPointers(extensions: Extensions) {
  const ocspUrls: string[] = [];
  const issuerUrls: string[] = [];
  const access = extensions.get('1.3.6.1.5.5.7.1.1')?.value;
  for (const description of access === undefined ? [] : children(access)) {
    const parts = new Parts(description);
    const method = oidOf(parts.take(tags.oid));
    const place = webAddresses([parts.takeAny()]);
    if (method === '1.3.6.1.5.5.7.48.1') ocspUrls.push(...place);
    if (method === '1.3.6.1.5.5.7.48.2') issuerUrls.push(...place);
  }
  const crlUrls: string[] = [];
  const points = extensions.get('2.5.29.31')?.value;
  for (const point of points === undefined ? [] : children(points)) {
    const place = new Parts(point).optional(0xa0);
    if (place === undefined) continue;
    const full = inner(place);
    if (full.tag === 0xa0) crlUrls.push(...webAddresses(eachChild(full)));
  }
  const authorityKey = extensions.get('2.5.29.35')?.value;
  const subjectKey = extensions.get('2.5.29.14')?.value;
  return {
    ocspUrls,
    issuerUrls,
    crlUrls,
    subjectKeyId: subjectKey === undefined ? undefined : octets(subjectKey),
    authorityKeyId: authorityKey === undefined ? undefined : new Parts(authorityKey).optional(0x80)?.content,
  };
}

export interface LinkAnswer {
  readonly answer: KeyAnswer;
  readonly strength: Strength;
}

const links = new WeakMap<Certificate, WeakMap<PublicKey, LinkAnswer>>();

/** Whether `issuerKey` signed `certificate`; remembered, since paths are searched more than once. */
export function checkLink(certificate: Certificate, issuerKey: PublicKey): LinkAnswer {
  const known = links.get(certificate)?.get(issuerKey);
  if (known !== undefined) return known;
  const answer = checkSignedBytes(
    issuerKey,
    certificate.signatureAlgorithm,
    certificate.tbs,
    certificate.signature,
  );
  const byKey = links.get(certificate) ?? new WeakMap<PublicKey, LinkAnswer>();
  byKey.set(issuerKey, answer);
  links.set(certificate, byKey);
  return answer;
}

/** Checks a signature over bytes in memory by an algorithm identifier that names its digest. */
export function checkSignedBytes(
  key: PublicKey,
  algorithm: AlgorithmIdentifier,
  bytes: Uint8Array,
  signature: Uint8Array,
): LinkAnswer {
  const found = schemeOf(algorithm);
  if (!('scheme' in found)) return { answer: 'unsupported', strength: 'weak' };
  const answer = checkSignature(key, found.scheme, (update) => update(bytes), signature);
  return { answer, strength: strengthOf(key, found.scheme) };
}

/** True when subject and issuer are one name and the certificate verifies with its own key. */
export function isSelfSigned(certificate: Certificate): boolean {
  return (
    sameName(certificate.subject, certificate.issuer) &&
    checkLink(certificate, certificate.publicKey).answer === 'good'
  );
}
