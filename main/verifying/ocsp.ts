// Reads and asks for certificate status by OCSP (RFC 6960): which responses speak of a certificate, by whose word.
// It fetches nothing.
import { createHash } from 'node:crypto';
import { type AlgorithmIdentifier, digestOfOid, readAlgorithm } from './algorithms';
import { type Certificate, checkLink, checkSignedBytes, readExtensions } from './certificate';
import { readCertificates } from './cms';
import type { Status } from './crl';
import {
  bitOctets,
  children,
  type DerNode,
  expectTag,
  inner,
  integerHex,
  octets,
  oidOf,
  Parts,
  readWhole,
  sameBytes,
  smallInteger,
  tags,
  timeOf,
} from './der';
import { derOid, derWrite } from './der-write';
import { type Name, readName, sameName } from './name';
import { allowsPurpose } from './path';
import { digestOf } from './public-key';

export interface SingleResponse {
  readonly digestOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: string;
  readonly status: Status;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

export interface OcspResponse {
  readonly der: Uint8Array;
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly singles: readonly SingleResponse[];
  readonly tbs: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
}

/**
 * Reads an OCSPResponse, or a bare BasicOCSPResponse as some writers put into a PDF. Undefined when the responder gave
 * no status (tryLater and the like). Throws Failure `asn1-damaged`.
 */
export function readOcspResponse(der: Uint8Array): OcspResponse | undefined {
  const whole = readWhole(der);
  const outer = new Parts(whole);
  const state = outer.optional(tags.enumerated);
  if (state === undefined) return readBasic(der, whole);
  if (smallInteger(state) !== 0) return undefined;
  const bytes = new Parts(inner(outer.take(0xa0)));
  if (oidOf(bytes.take(tags.oid)) !== '1.3.6.1.5.5.7.48.1.1') return undefined;
  return readBasic(der, readWhole(octets(bytes.take(tags.octetString))));
}

function readBasic(der: Uint8Array, node: DerNode): OcspResponse {
  const basic = new Parts(node);
  const data = basic.take(tags.sequence);
  const algorithm = readAlgorithm(basic.take(tags.sequence));
  const signature = bitOctets(basic.take(tags.bitString));
  const certificatesNode = basic.optional(0xa0);
  const parts = new Parts(data);
  parts.optional(0xa0);
  const byName = parts.optional(0xa1);
  const responder =
    byName === undefined
      ? { keyHash: octets(inner(parts.take(0xa2))) }
      : { name: readName(expectTag(inner(byName), tags.sequence)) };
  const producedAt = timeOf(parts.takeAny());
  const singles = children(parts.take(tags.sequence)).map(readSingle);
  return {
    der,
    responder,
    producedAt,
    singles,
    tbs: data.bytes,
    algorithm,
    signature,
    certificates:
      certificatesNode === undefined
        ? []
        : readCertificates(children(inner(certificatesNode)).map((one) => one.bytes)),
  };
}

function readSingle(node: DerNode): SingleResponse {
  const parts = new Parts(node);
  const id = new Parts(parts.take(tags.sequence));
  const digestOid = readAlgorithm(id.take(tags.sequence)).oid;
  const issuerNameHash = octets(id.take(tags.octetString));
  const issuerKeyHash = octets(id.take(tags.octetString));
  const serial = integerHex(id.take(tags.integer));
  const certStatus = parts.takeAny();
  const thisUpdate = timeOf(parts.takeAny());
  const next = parts.optional(0xa0);
  const extensionsNode = parts.optional(0xa1);
  const extensions = extensionsNode === undefined ? new Map() : readExtensions(inner(extensionsNode));
  const critical = [...extensions.values()].some((one) => one.critical);
  return {
    digestOid,
    issuerNameHash,
    issuerKeyHash,
    serial,
    status: critical ? { status: 'unknown' } : readStatus(certStatus),
    thisUpdate,
    nextUpdate: next === undefined ? undefined : timeOf(inner(next)),
  };
}

function readStatus(node: DerNode): Status {
  if (node.tag === 0x80) return { status: 'good' };
  if (node.tag !== 0xa1) return { status: 'unknown' };
  return { status: 'revoked', at: timeOf(children(node)[0]) };
}

/** The part of a response about `certificate` as issued by `issuer`, undefined when it speaks of others. */
export function singleFor(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): SingleResponse | undefined {
  return response.singles.find((single) => {
    const digest = digestOfOid(single.digestOid);
    if (digest === undefined || single.serial !== certificate.serial) return false;
    const hash = (bytes: Uint8Array) => digestOf(digest, (update) => update(bytes));
    return (
      sameBytes(hash(issuer.publicKey.bits), single.issuerKeyHash) &&
      // Some issuers hash their name as it stands in their own certificate, spelled in another string type.
      (sameBytes(hash(certificate.issuer.der), single.issuerNameHash) ||
        sameBytes(hash(issuer.subject.der), single.issuerNameHash))
    );
  });
}

/**
 * Whose word the response is: the issuer's own, or that of a responder whom the very same issuer authorised
 * (RFC 6960 4.2.2.2). Undefined when it is nobody's, when the signature is wrong, or by a weak algorithm.
 */
export function responderOf(response: OcspResponse, issuer: Certificate): Certificate | undefined {
  const signed = (by: Certificate) => {
    const link = checkSignedBytes(by.publicKey, response.algorithm, response.tbs, response.signature);
    return link.answer === 'good' && link.strength === 'strong';
  };
  if (isNamed(response, issuer) && signed(issuer)) return issuer;
  return response.certificates.find((candidate) => {
    if (!isNamed(response, candidate) || !sameName(candidate.issuer, issuer.subject)) return false;
    if (!allowsPurpose(candidate, 'ocsp') || candidate.unknownCritical.length > 0) return false;
    if (response.producedAt < candidate.notBefore || response.producedAt > candidate.notAfter) return false;
    const link = checkLink(candidate, issuer.publicKey);
    return link.answer === 'good' && link.strength === 'strong' && signed(candidate);
  });
}

function isNamed(response: OcspResponse, certificate: Certificate): boolean {
  if ('name' in response.responder) return sameName(response.responder.name, certificate.subject);
  // RFC 6960 4.2.1: the key hash is always SHA-1.
  const hash = createHash('sha1').update(certificate.publicKey.bits).digest();
  return sameBytes(hash, response.responder.keyHash);
}

/** DER of an OCSPRequest for one certificate; SHA-1 names the issuer, as every responder understands. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();
  const serial = Buffer.from(certificate.serial, 'hex');
  const positive =
    (serial[0] ?? 0) >= 0x80 && !isNegativeSerial(certificate)
      ? Buffer.concat([Buffer.alloc(1), serial])
      : serial;
  const certificateId = derWrite(
    tags.sequence,
    derWrite(tags.sequence, derOid('1.3.14.3.2.26'), derWrite(tags.null)),
    derWrite(tags.octetString, sha1(certificate.issuer.der)),
    derWrite(tags.octetString, sha1(issuer.publicKey.bits)),
    derWrite(tags.integer, positive),
  );
  const request = derWrite(tags.sequence, certificateId);
  return derWrite(tags.sequence, derWrite(tags.sequence, derWrite(tags.sequence, request)));
}

/** RFC 5280 4.1.2.2 forbids negative serial numbers, yet old ones exist; `serial` keeps their octets as they are. */
function isNegativeSerial(certificate: Certificate): boolean {
  const tbs = new Parts(readWhole(certificate.tbs));
  tbs.optional(0xa0);
  return ((tbs.take(tags.integer).content[0] ?? 0) & 0x80) !== 0;
}
