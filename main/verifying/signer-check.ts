// Checks one signer of a SignedData: content type, message digest, bound certificate, algorithms, signature value.
// It knows nothing of PDF, of trust or of time.
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { digestOfOid, readAlgorithm, type Scheme, schemeOf } from './algorithms';
import type { Certificate } from './certificate';
import { oids, type SignedData, type SignerInfo, signerCertificate, singleValue } from './cms';
import {
  children,
  type DerNode,
  eachChild,
  expectTag,
  integerHex,
  octets,
  oidOf,
  Parts,
  sameBytes,
  tags,
} from './der';
import { derSetOf, derWrite } from './der-write';
import { directoryNames, sameName } from './name';
import { checkSignature, digestOf, type Feed, strengthOf } from './public-key';

export interface SignerAnswer {
  /** True when nothing in `codes` says that the signature does not hold. */
  readonly intact: boolean;
  /** True when the signer bound the certificate (RFC 5035), as every PAdES level asks. */
  readonly bound: boolean;
  readonly certificate: Certificate | undefined;
  readonly signer: SignerInfo | undefined;
  readonly codes: readonly Code[];
}

/**
 * Checks the only signer of `data` over `feed` (the content that was signed). `contentType` is what its attribute must
 * name. `certificates` are further places to look for the signer's certificate. Never throws for what the input holds.
 */
export function checkSigner(
  data: SignedData,
  feed: Feed,
  contentType: string,
  certificates: readonly Certificate[] = [],
): SignerAnswer {
  const [signer, second] = data.signers;
  if (signer === undefined || second !== undefined) {
    return { intact: false, bound: false, certificate: undefined, signer, codes: ['signature-signers'] };
  }
  const certificate = signerCertificate(signer, [...data.certificates, ...certificates]);
  const broken = (code: Code): SignerAnswer => ({
    intact: false,
    bound: false,
    certificate,
    signer,
    codes: [code],
  });
  if (certificate === undefined) return broken('signature-certificate-absent');
  const found = schemeOf(signer.signatureAlgorithm, signer.digestOid);
  if (!('scheme' in found)) return broken(found.code);
  try {
    return checkWith(signer, certificate, found.scheme, feed, contentType, data);
  } catch (error) {
    if (error instanceof Failure) return broken('signature-cms-damaged');
    throw error;
  }
}

function checkWith(
  signer: SignerInfo,
  certificate: Certificate,
  scheme: Scheme,
  feed: Feed,
  contentType: string,
  data: SignedData,
): SignerAnswer {
  const codes: Code[] = [];
  const result = (bound: boolean, ...more: Code[]): SignerAnswer => ({
    intact: more.length === 0,
    bound,
    certificate,
    signer,
    codes: [...codes, ...more],
  });
  if (data.contentType !== contentType) return result(false, 'signature-attributes');
  if (strengthOf(certificate.publicKey, scheme) === 'weak') codes.push('algorithm-weak');
  const attributes = signer.signedAttributes;
  if (attributes === undefined) {
    // RFC 5652 5.3: without attributes only plain data may be signed; nothing then binds the certificate.
    if (contentType !== oids.data) return result(false, 'signature-attributes');
    const answer = checkSignature(certificate.publicKey, scheme, feed, signer.signature);
    if (answer === 'unsupported') return result(false, 'algorithm-unsupported');
    return answer === 'good' ? result(false) : result(false, 'signature-content-changed');
  }
  const type = singleValue(attributes, oids.contentType);
  const digestNode = singleValue(attributes, oids.messageDigest);
  if (type === undefined || digestNode === undefined || oidOf(type) !== contentType) {
    return result(false, 'signature-attributes');
  }
  if (!protectionAgrees(attributes.values.get(oids.algorithmProtection), signer)) {
    return result(false, 'algorithm-mismatch');
  }
  const digest = digestOf(scheme.digest, feed);
  if (!sameBytes(digest, octets(digestNode))) return result(false, 'signature-content-changed');
  const binding = checkBinding(signer, certificate);
  if (binding === 'mismatch') return result(false, 'signature-certificate-mismatch');
  const value = checkAttributesSignature(signer, certificate, scheme, attributes.node);
  if (value === 'unsupported') return result(binding === 'bound', 'algorithm-unsupported');
  if (value === 'wrong') return result(binding === 'bound', 'signature-value-wrong');
  if (value === 'good-in-order') codes.push('signature-attributes-order');
  return result(binding === 'bound');
}

/** RFC 5652 5.4: the attributes are signed as a SET, not with the tag they travel under. */
function checkAttributesSignature(
  signer: SignerInfo,
  certificate: Certificate,
  scheme: Scheme,
  attributes: DerNode,
): 'good' | 'good-in-order' | 'wrong' | 'unsupported' {
  const asReceived = derWrite(tags.set, attributes.content);
  const first = checkSignature(
    certificate.publicKey,
    scheme,
    (update) => update(asReceived),
    signer.signature,
  );
  if (first !== 'wrong') return first;
  // Some signers send the attributes in another order than the DER order they signed: the same attributes all the same.
  const sorted = derSetOf([...eachChild(attributes)].map((one) => one.bytes));
  if (sameBytes(sorted, asReceived)) return 'wrong';
  const second = checkSignature(certificate.publicKey, scheme, (update) => update(sorted), signer.signature);
  return second === 'good' ? 'good-in-order' : second;
}

/** RFC 6211: where the algorithms are protected, they must be the ones in use. */
function protectionAgrees(values: readonly DerNode[] | undefined, signer: SignerInfo): boolean {
  if (values === undefined) return true;
  const [value, second] = values;
  if (value === undefined || second !== undefined) return false;
  const parts = new Parts(value);
  const digest = readAlgorithm(parts.take(tags.sequence));
  const signature = parts.optional(0xa1);
  if (digest.oid !== signer.digestOid) return false;
  return signature === undefined || oidOf(children(signature)[0]) === signer.signatureAlgorithm.oid;
}

/** Compares the certificate with the first one named in signing-certificate and signing-certificate-v2. */
function checkBinding(signer: SignerInfo, certificate: Certificate): 'bound' | 'unbound' | 'mismatch' {
  let answer: 'bound' | 'unbound' = 'unbound';
  for (const [type, fallback] of [
    [oids.signingCertificateV2, '2.16.840.1.101.3.4.2.1'],
    [oids.signingCertificate, '1.3.14.3.2.26'],
  ] as const) {
    const values = signer.signedAttributes?.values.get(type);
    if (values === undefined) continue;
    if (values.length !== 1 || signer.signedAttributes?.repeated.includes(type) === true) return 'mismatch';
    const list = new Parts(values[0]).take(tags.sequence);
    if (!namesCertificate(new Parts(children(list)[0]), certificate, fallback)) return 'mismatch';
    answer = 'bound';
  }
  return answer;
}

function namesCertificate(parts: Parts, certificate: Certificate, fallback: string): boolean {
  const algorithm = parts.optional(tags.sequence);
  const digest = digestOfOid(algorithm === undefined ? fallback : readAlgorithm(algorithm).oid);
  if (digest === undefined) return false;
  const hash = octets(parts.take(tags.octetString));
  if (
    !sameBytes(
      digestOf(digest, (update) => update(certificate.der)),
      hash,
    )
  )
    return false;
  const issuerSerial = parts.optional(tags.sequence);
  if (issuerSerial === undefined) return true;
  const inside = new Parts(issuerSerial);
  const names = directoryNames(children(inside.take(tags.sequence)));
  const serial = integerHex(expectTag(inside.takeAny(), tags.integer));
  // RFC 5035 4: the issuer may be left out, but what is there must be right.
  return (
    serial === certificate.serial &&
    (names.length === 0 || names.some((name) => sameName(name, certificate.issuer)))
  );
}
