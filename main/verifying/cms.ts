// Reads CMS SignedData (RFC 5652) as it came, with every signed byte kept for hashing. It checks no signature.
import { createHash } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithms';
import { type Certificate, readCertificate } from './certificate';
import {
  children,
  type DerNode,
  eachChild,
  integerHex,
  octets,
  oidOf,
  Parts,
  readNode,
  sameBytes,
  tags,
} from './der';
import { type Name, readName, sameName } from './name';

export const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  algorithmProtection: '1.2.840.113549.1.9.52',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  adobeRevocation: '1.2.840.113583.1.1.8',
} as const;

/** The values of each attribute by type, in order of arrival; a type that stands twice keeps both lists joined. */
export interface Attributes {
  readonly values: ReadonlyMap<string, readonly DerNode[]>;
  /** Types that occur in more than one Attribute. */
  readonly repeated: readonly string[];
  /** As received, with the context tag. */
  readonly node: DerNode;
}

export interface SignerInfo {
  readonly identifier:
    | { readonly kind: 'issuer-serial'; readonly issuer: Name; readonly serial: string }
    | { readonly kind: 'key-id'; readonly keyId: Uint8Array };
  readonly digestOid: string;
  readonly signedAttributes: Attributes | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: Attributes | undefined;
}

export interface SignedData {
  readonly contentType: string;
  /** Undefined when detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  /** Revocation lists as DER. */
  readonly crls: readonly Uint8Array[];
  /** Status responses (RFC 5940) as DER of OCSPResponse. */
  readonly ocspResponses: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  /** Bytes after the structure that are not padding zeros. */
  readonly trailing: boolean;
}

/** The certificates read last, by their bytes. What was found out about one (its key, who signed it) hangs on the value. */
const recent = new Map<string, Certificate>();
const MOST_RECENT = 64;
const LARGEST_KEPT = 16 * 1024;

/**
 * A certificate by its exact bytes, read once for a batch whose files all carry the same ones. Values are never changed
 * and lie in a copy of the bytes. Throws Failure `asn1-damaged`, each time anew.
 */
function certificateOf(der: Uint8Array): Certificate {
  if (der.length > LARGEST_KEPT) return readCertificate(Uint8Array.from(der));
  const key = createHash('sha256').update(der).digest('base64');
  const known = recent.get(key);
  const read =
    known !== undefined && sameBytes(known.der, der) ? known : readCertificate(Uint8Array.from(der));
  recent.delete(key);
  if (recent.size >= MOST_RECENT) recent.delete(recent.keys().next().value ?? '');
  recent.set(key, read);
  return read;
}

/** Certificates that can be read; damaged or foreign ones are left out, since the signer's may still be there. */
export function readCertificates(ders: Iterable<Uint8Array>): Certificate[] {
  const list: Certificate[] = [];
  for (const der of ders) {
    try {
      list.push(certificateOf(der));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
    if (list.length >= 200) break;
  }
  return list;
}

/** Reads ContentInfo with SignedData; zeros after it are the PDF's padding. Throws Failure `asn1-damaged`. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const outer = readNode(bytes);
  const info = new Parts(outer);
  if (oidOf(info.take(tags.oid)) !== oids.signedData) throw new Failure('asn1-damaged', 'not SignedData');
  const parts = new Parts(children(info.take(0xa0))[0]);
  parts.take(tags.integer);
  parts.take(tags.set);
  const encapsulated = new Parts(parts.take(tags.sequence));
  const contentType = oidOf(encapsulated.take(tags.oid));
  const contentNode = encapsulated.optional(0xa0);
  const certificatesNode = parts.optional(0xa0);
  const crlsNode = parts.optional(0xa1);
  const signers = children(parts.take(tags.set)).map(readSignerInfo);
  const certificateNodes = certificatesNode === undefined ? [] : children(certificatesNode);
  return {
    contentType,
    content: contentNode === undefined ? undefined : readContent(contentNode),
    certificates: readCertificates(
      certificateNodes.filter((one) => one.tag === tags.sequence).map((one) => one.bytes),
    ),
    ...readRevocation(crlsNode),
    signers,
    trailing: bytes.subarray(outer.bytes.length).some((octet) => octet !== 0),
  };
}

function readContent(node: DerNode): Uint8Array {
  const content = children(node)[0];
  if (content === undefined) throw new Failure('asn1-damaged', 'content missing');
  // PKCS#7 (adbe.pkcs7.sha1 of some writers) may hold something else than an OCTET STRING.
  return content.tag === tags.octetString || content.tag === 0x24 ? octets(content) : content.content;
}

function readRevocation(node: DerNode | undefined): Pick<SignedData, 'crls' | 'ocspResponses'> {
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  for (const choice of node === undefined ? [] : children(node)) {
    if (choice.tag === tags.sequence) crls.push(choice.bytes);
    if (choice.tag !== 0xa1) continue;
    const other = new Parts(choice, 0xa1);
    const format = oidOf(other.take(tags.oid));
    if (format === '1.3.6.1.5.5.7.16.2') ocspResponses.push(other.takeAny().bytes);
  }
  return { crls, ocspResponses };
}

function readSignerInfo(node: DerNode): SignerInfo {
  const parts = new Parts(node);
  parts.take(tags.integer);
  const sid = parts.takeAny();
  const digest = readAlgorithm(parts.take(tags.sequence));
  const signed = parts.optional(0xa0);
  const signatureAlgorithm = readAlgorithm(parts.take(tags.sequence));
  const signature = octets(parts.takeAny());
  const unsigned = parts.optional(0xa1);
  return {
    identifier: readIdentifier(sid),
    digestOid: digest.oid,
    signedAttributes: signed === undefined ? undefined : readAttributes(signed),
    signatureAlgorithm,
    signature,
    unsignedAttributes: unsigned === undefined ? undefined : readAttributes(unsigned),
  };
}

function readIdentifier(node: DerNode): SignerInfo['identifier'] {
  if (node.tag === 0x80 || node.tag === 0xa0) return { kind: 'key-id', keyId: octets(node, 0x80) };
  const parts = new Parts(node);
  const issuer = readName(parts.take(tags.sequence));
  return { kind: 'issuer-serial', issuer, serial: integerHex(parts.take(tags.integer)) };
}

function readAttributes(node: DerNode): Attributes {
  const values = new Map<string, DerNode[]>();
  const repeated: string[] = [];
  for (const attribute of eachChild(node)) {
    const parts = new Parts(attribute);
    const type = oidOf(parts.take(tags.oid));
    const list = children(parts.take(tags.set));
    const known = values.get(type);
    if (known !== undefined) repeated.push(type);
    values.set(type, [...(known ?? []), ...list]);
    if (values.size > 200) throw new Failure('asn1-damaged', 'too many attributes');
  }
  return { values, repeated, node };
}

/** The single value of an attribute, undefined when it is absent, repeated or has another count of values. */
export function singleValue(attributes: Attributes | undefined, type: string): DerNode | undefined {
  const list = attributes?.values.get(type);
  return list?.length === 1 && attributes?.repeated.includes(type) === false ? list[0] : undefined;
}

/** The certificate a SignerInfo names. */
export function signerCertificate(
  signer: SignerInfo,
  certificates: readonly Certificate[],
): Certificate | undefined {
  const { identifier } = signer;
  return certificates.find((one) =>
    identifier.kind === 'issuer-serial'
      ? one.serial === identifier.serial && sameName(one.issuer, identifier.issuer)
      : one.subjectKeyId !== undefined && sameBytes(one.subjectKeyId, identifier.keyId),
  );
}
