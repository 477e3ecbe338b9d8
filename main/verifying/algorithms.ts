// The one table of algorithms: what is strong, weak or unknown, whatever the runtime's OpenSSL happens to offer.
// TT 15/2025 Appendix I: RSA from 2048 bits, ECDSA from 256 bits, SHA-2 and SHA-3. It computes nothing.
import { type DerNode, expectTag, inner, oidOf, Parts, readNode, smallInteger, tags } from './der';

export type Strength = 'strong' | 'weak';

export interface Digest {
  /** Name in node:crypto; those of SHA-3 are computed here (sha3.ts). */
  readonly name: string;
  readonly oid: string;
  readonly strength: Strength;
}

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: DerNode | undefined;
}

/** How a signature value is made. `mgfDigest` and `saltLength` belong to rsa-pss alone. */
export type Scheme =
  | { readonly family: 'rsa-pkcs1'; readonly digest: Digest }
  | { readonly family: 'ecdsa'; readonly digest: Digest }
  | {
      readonly family: 'rsa-pss';
      readonly digest: Digest;
      readonly mgfDigest: Digest;
      readonly saltLength: number;
    }
  | { readonly family: 'ed25519'; readonly digest: Digest };

const nist = '2.16.840.1.101.3.4';

const digests: readonly Digest[] = [
  { oid: '1.2.840.113549.2.5', name: 'md5', strength: 'weak' },
  { oid: '1.3.14.3.2.26', name: 'sha1', strength: 'weak' },
  { oid: `${nist}.2.4`, name: 'sha224', strength: 'weak' },
  { oid: `${nist}.2.1`, name: 'sha256', strength: 'strong' },
  { oid: `${nist}.2.2`, name: 'sha384', strength: 'strong' },
  { oid: `${nist}.2.3`, name: 'sha512', strength: 'strong' },
  { oid: `${nist}.2.5`, name: 'sha512-224', strength: 'weak' },
  { oid: `${nist}.2.6`, name: 'sha512-256', strength: 'strong' },
  { oid: `${nist}.2.8`, name: 'sha3-256', strength: 'strong' },
  { oid: `${nist}.2.9`, name: 'sha3-384', strength: 'strong' },
  { oid: `${nist}.2.10`, name: 'sha3-512', strength: 'strong' },
];
const digestByName = new Map(digests.map((one) => [one.name, one]));
const digestsByOid = new Map(digests.map((one) => [one.oid, one]));

/** The digest of an OID, undefined when it is not in the table. */
export function digestOfOid(oid: string): Digest | undefined {
  return digestsByOid.get(oid);
}

/** ECDSA with SHA-3 is left out: the floor runtime cannot check it, and an answer must not hang on the runtime. */
const fixed: Readonly<Record<string, readonly ['rsa-pkcs1' | 'ecdsa', string]>> = {
  '1.2.840.113549.1.1.4': ['rsa-pkcs1', 'md5'],
  '1.2.840.113549.1.1.5': ['rsa-pkcs1', 'sha1'],
  '1.3.14.3.2.29': ['rsa-pkcs1', 'sha1'],
  '1.2.840.113549.1.1.14': ['rsa-pkcs1', 'sha224'],
  '1.2.840.113549.1.1.11': ['rsa-pkcs1', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa-pkcs1', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa-pkcs1', 'sha512'],
  '1.2.840.113549.1.1.15': ['rsa-pkcs1', 'sha512-224'],
  '1.2.840.113549.1.1.16': ['rsa-pkcs1', 'sha512-256'],
  [`${nist}.3.14`]: ['rsa-pkcs1', 'sha3-256'],
  [`${nist}.3.15`]: ['rsa-pkcs1', 'sha3-384'],
  [`${nist}.3.16`]: ['rsa-pkcs1', 'sha3-512'],
  '1.2.840.10045.4.1': ['ecdsa', 'sha1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'sha224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'sha256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'sha384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'sha512'],
};

/** Reads an AlgorithmIdentifier. Throws Failure `asn1-damaged`. */
export function readAlgorithm(node: DerNode | undefined): AlgorithmIdentifier {
  const parts = new Parts(node);
  return { oid: oidOf(parts.take(tags.oid)), parameters: parts.rest()[0] };
}

export type SchemeAnswer =
  | { readonly scheme: Scheme }
  | { readonly code: 'algorithm-unsupported' | 'algorithm-mismatch' };

/**
 * The scheme of a signature algorithm. `digestOid` is the digest named beside it (a SignerInfo has one); naming two
 * different digests is `algorithm-mismatch` (RFC 8933).
 */
export function schemeOf(algorithm: AlgorithmIdentifier, digestOid?: string): SchemeAnswer {
  const beside = digestOid === undefined ? undefined : digestOfOid(digestOid);
  if (digestOid !== undefined && beside === undefined) return { code: 'algorithm-unsupported' };
  const agreed = (scheme: Scheme): SchemeAnswer =>
    beside === undefined || beside === scheme.digest ? { scheme } : { code: 'algorithm-mismatch' };
  const known = fixed[algorithm.oid];
  if (known !== undefined) {
    const digest = digestByName.get(known[1]);
    return digest === undefined ? { code: 'algorithm-unsupported' } : agreed({ family: known[0], digest });
  }
  switch (algorithm.oid) {
    case '1.2.840.113549.1.1.1':
      return beside === undefined
        ? { code: 'algorithm-unsupported' }
        : agreed({ family: 'rsa-pkcs1', digest: beside });
    case '1.2.840.10045.2.1':
      // Not what RFC 5754 says, yet seen from card middleware: the key's OID in place of the signature's.
      return beside === undefined
        ? { code: 'algorithm-unsupported' }
        : agreed({ family: 'ecdsa', digest: beside });
    case '1.2.840.113549.1.1.10': {
      const pss = readPssParameters(algorithm.parameters);
      return pss === undefined ? { code: 'algorithm-unsupported' } : agreed(pss);
    }
    case '1.3.101.112': {
      // RFC 8419: Ed25519 in CMS goes with SHA-512.
      const sha512 = digestByName.get('sha512');
      return sha512 === undefined
        ? { code: 'algorithm-unsupported' }
        : agreed({ family: 'ed25519', digest: sha512 });
    }
    default:
      return { code: 'algorithm-unsupported' };
  }
}

/** RSASSA-PSS-params (RFC 4055 3.1) with its defaults; undefined when something in it is not in the table. */
export function readPssParameters(
  parameters: DerNode | undefined,
): (Scheme & { family: 'rsa-pss' }) | undefined {
  if (parameters === undefined || parameters.tag !== tags.sequence) return undefined;
  const parts = new Parts(parameters);
  const hash = parts.optional(0xa0);
  const mask = parts.optional(0xa1);
  const salt = parts.optional(0xa2);
  const trailer = parts.optional(0xa3);
  const sha1 = digestByName.get('sha1');
  const digest = hash === undefined ? sha1 : digestOfOid(readAlgorithm(inner(hash)).oid);
  let mgfDigest = sha1;
  if (mask !== undefined) {
    const generator = readAlgorithm(inner(mask));
    if (generator.oid !== '1.2.840.113549.1.1.8' || generator.parameters === undefined) return undefined;
    mgfDigest = digestOfOid(readAlgorithm(generator.parameters).oid);
  }
  if (trailer !== undefined && smallInteger(inner(trailer)) !== 1) return undefined;
  const saltLength = salt === undefined ? 20 : smallInteger(expectTag(inner(salt), tags.integer));
  if (digest === undefined || mgfDigest === undefined || saltLength > 512) return undefined;
  return { family: 'rsa-pss', digest, mgfDigest, saltLength };
}

export type KeyKind =
  | { readonly kind: 'rsa'; readonly bits: number; readonly pss: DerNode | undefined }
  | { readonly kind: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly kind: 'ed25519' };

const curves: Readonly<Record<string, readonly ['P-256' | 'P-384' | 'P-521', number]>> = {
  '1.2.840.10045.3.1.7': ['P-256', 32],
  '1.3.132.0.34': ['P-384', 48],
  '1.3.132.0.35': ['P-521', 66],
};

/**
 * What kind of key a SubjectPublicKeyInfo holds; undefined for anything not in the table (brainpool, explicit curve
 * parameters, Ed448, DSA). Only keys that pass here may reach the runtime's crypto.
 */
export function keyKindOf(algorithm: AlgorithmIdentifier, publicKey: Uint8Array): KeyKind | undefined {
  const { oid, parameters } = algorithm;
  if (oid === '1.2.840.113549.1.1.1' || oid === '1.2.840.113549.1.1.10') {
    const parts = new Parts(readNode(publicKey));
    const modulus = parts.take(tags.integer).content;
    const exponent = parts.take(tags.integer).content;
    let first = 0;
    while (first < modulus.length && modulus[first] === 0) first++;
    const top = modulus[first];
    const last = modulus.at(-1);
    if (top === undefined || top >= 0x80 === (first === 0) || last === undefined || last % 2 === 0)
      return undefined;
    const bits = (modulus.length - first - 1) * 8 + (32 - Math.clz32(top));
    // Bounds against keys made to burn time: 16384 bits, a 33-bit exponent, never 1.
    const odd = (exponent.at(-1) ?? 0) % 2 === 1;
    if (
      bits < 512 ||
      bits > 16_384 ||
      exponent.length > 5 ||
      !odd ||
      (exponent.length === 1 && exponent[0] === 1)
    ) {
      return undefined;
    }
    return { kind: 'rsa', bits, pss: oid.endsWith('.10') ? parameters : undefined };
  }
  if (oid === '1.2.840.10045.2.1') {
    if (parameters?.tag !== tags.oid) return undefined;
    const curve = curves[oidOf(parameters)];
    if (curve === undefined) return undefined;
    const form = publicKey[0];
    const expected = form === 4 ? 1 + 2 * curve[1] : form === 2 || form === 3 ? 1 + curve[1] : -1;
    return publicKey.length === expected ? { kind: 'ec', curve: curve[0] } : undefined;
  }
  if (oid === '1.3.101.112') return publicKey.length === 32 ? { kind: 'ed25519' } : undefined;
  return undefined;
}

/** Strength of a key: RSA below 2048 bits is weak. */
export function keyStrength(key: KeyKind): Strength {
  return key.kind === 'rsa' && key.bits < 2048 ? 'weak' : 'strong';
}
