// Checks a signature value with a public key. Keys are only made by createPublicKey from a SubjectPublicKeyInfo whose
// algorithm stands in the table; RSA padding is checked here, so that every runtime gives the same answer.
import {
  constants,
  createHash,
  createPublicKey,
  createVerify,
  type KeyObject,
  publicDecrypt,
  verify,
} from 'node:crypto';
import {
  type AlgorithmIdentifier,
  type Digest,
  type KeyKind,
  keyKindOf,
  keyStrength,
  readAlgorithm,
  readPssParameters,
  type Scheme,
  type Strength,
} from './algorithms';
import { bitOctets, type DerNode, Parts, sameBytes, tags } from './der';
import { derOid, derWrite } from './der-write';
import { Sha3 } from './sha3';

export interface PublicKey {
  readonly algorithm: AlgorithmIdentifier;
  /** The octets of the BIT STRING: what key identifiers are hashed over. */
  readonly bits: Uint8Array;
  /** Undefined when the key is of no kind in the table. */
  readonly kind: KeyKind | undefined;
  readonly der: Uint8Array;
}

/** Hands the signed bytes, piece by piece, to `update`; one that knows a digest of them without says it. */
export interface Feed {
  (update: (chunk: Uint8Array) => void): void;
  readonly digest?: (algorithm: string) => Uint8Array;
}

export type KeyAnswer = 'good' | 'wrong' | 'unsupported';

/** Reads a SubjectPublicKeyInfo. Throws Failure `asn1-damaged`. */
export function readPublicKey(node: DerNode): PublicKey {
  const parts = new Parts(node);
  const algorithm = readAlgorithm(parts.take(tags.sequence));
  const bits = bitOctets(parts.take(tags.bitString));
  return { algorithm, bits, kind: keyKindOf(algorithm, bits), der: node.bytes };
}

const made = new WeakMap<PublicKey, KeyObject>();

function keyObject(key: PublicKey): KeyObject {
  const known = made.get(key);
  if (known !== undefined) return known;
  // An id-RSASSA-PSS key is the same modulus under another name: as plain RSA no runtime trips over it.
  const der =
    key.kind?.kind === 'rsa'
      ? derWrite(
          0x30,
          derWrite(0x30, derOid('1.2.840.113549.1.1.1'), derWrite(0x05)),
          derWrite(0x03, Uint8Array.of(0), key.bits),
        )
      : key.der;
  const object = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  made.set(key, object);
  return object;
}

/** One of those that the floor's runtime lacks. */
function isOwn(digest: Digest): boolean {
  return digest.name.startsWith('sha3-');
}

/** A running digest of the table. */
export function startDigest(digest: Digest): { update(bytes: Uint8Array): unknown; digest(): Uint8Array } {
  return isOwn(digest) ? new Sha3(Number(digest.name.slice(5)) / 8) : createHash(digest.name);
}

/** Digest over fed bytes. */
export function digestOf(digest: Digest, feed: Feed): Uint8Array {
  if (feed.digest !== undefined && !isOwn(digest)) return feed.digest(digest.name);
  const running = startDigest(digest);
  feed((chunk) => running.update(chunk));
  return running.digest();
}

/** The weaker of key and digest. */
export function strengthOf(key: PublicKey, scheme: Scheme): Strength {
  if (key.kind !== undefined && keyStrength(key.kind) === 'weak') return 'weak';
  return scheme.digest.strength;
}

/** Checks `signature` over the fed bytes. Never throws for what the input holds. */
export function checkSignature(key: PublicKey, scheme: Scheme, feed: Feed, signature: Uint8Array): KeyAnswer {
  if (key.kind === undefined) return 'unsupported';
  try {
    switch (scheme.family) {
      case 'ecdsa': {
        if (key.kind.kind !== 'ec') return 'wrong';
        const verifier = createVerify(scheme.digest.name);
        feed((chunk) => verifier.update(chunk));
        return verifier.verify(keyObject(key), signature) ? 'good' : 'wrong';
      }
      case 'ed25519': {
        if (key.kind.kind !== 'ed25519') return 'wrong';
        const chunks: Uint8Array[] = [];
        feed((chunk) => chunks.push(Uint8Array.from(chunk)));
        return verify(null, Buffer.concat(chunks), keyObject(key), signature) ? 'good' : 'wrong';
      }
      case 'rsa-pkcs1':
      case 'rsa-pss': {
        if (key.kind.kind !== 'rsa') return 'wrong';
        const hash = digestOf(scheme.digest, feed);
        if (scheme.family === 'rsa-pkcs1') {
          if (key.kind.pss !== undefined) return 'wrong';
          return checkPkcs1(keyObject(key), scheme.digest, hash, signature) ? 'good' : 'wrong';
        }
        if (!pssAllowed(key.kind.pss, scheme)) return 'wrong';
        return checkPss(keyObject(key), key.kind.bits, scheme, hash, signature) ? 'good' : 'wrong';
      }
    }
  } catch (error) {
    // The key's numbers make no key, or the signature is no number below the modulus.
    void error;
    return 'wrong';
  }
}

/** RFC 4055 1.2: parameters in the key bind the hash and are the least salt length. */
function pssAllowed(parameters: DerNode | undefined, scheme: Scheme & { family: 'rsa-pss' }): boolean {
  if (parameters === undefined || parameters.tag === tags.null) return true;
  const bound = readPssParameters(parameters);
  return (
    bound?.digest === scheme.digest &&
    bound.mgfDigest === scheme.mgfDigest &&
    scheme.saltLength >= bound.saltLength
  );
}

function recover(key: KeyObject, signature: Uint8Array): Uint8Array {
  return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
}

/** RFC 8017 8.2.2, by building the expected block, never by parsing the received one. */
function checkPkcs1(key: KeyObject, digest: Digest, hash: Uint8Array, signature: Uint8Array): boolean {
  const block = recover(key, signature);
  if (block.length !== signature.length) return false;
  const octets = derWrite(0x04, hash);
  const oid = derOid(digest.oid);
  // Appendix A.2.4: NULL parameters; absent ones are to be accepted too.
  return [derWrite(0x30, oid, derWrite(0x05)), derWrite(0x30, oid)].some((algorithm) => {
    const info = derWrite(0x30, algorithm, octets);
    const padding = block.length - info.length - 3;
    if (padding < 8) return false;
    const expected = Buffer.concat([
      Uint8Array.of(0, 1),
      Buffer.alloc(padding, 0xff),
      Uint8Array.of(0),
      info,
    ]);
    return sameBytes(expected, block);
  });
}

/** EMSA-PSS-VERIFY, RFC 8017 9.1.2. */
function checkPss(
  key: KeyObject,
  modulusBits: number,
  scheme: Scheme & { family: 'rsa-pss' },
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const whole = recover(key, signature);
  const bits = modulusBits - 1;
  const length = Math.ceil(bits / 8);
  if (whole.length < length || whole.subarray(0, whole.length - length).some((octet) => octet !== 0))
    return false;
  const block = whole.subarray(whole.length - length);
  const hashLength = hash.length;
  const maskedLength = length - hashLength - 1;
  if (maskedLength < scheme.saltLength + 1 || block.at(-1) !== 0xbc) return false;
  const masked = block.subarray(0, maskedLength);
  const seed = block.subarray(maskedLength, length - 1);
  const unused = 8 * length - bits;
  if (((masked[0] ?? 0) & ~(0xff >> unused)) !== 0) return false;
  const mask = maskGeneration(scheme.mgfDigest, seed, maskedLength);
  const plain = masked.map((octet, index) => octet ^ (mask[index] ?? 0));
  plain[0] = (plain[0] ?? 0) & (0xff >> unused);
  const start = maskedLength - scheme.saltLength;
  if (plain.subarray(0, start - 1).some((octet) => octet !== 0) || plain[start - 1] !== 1) return false;
  const check = startDigest(scheme.digest);
  for (const part of [Buffer.alloc(8), hash, plain.subarray(start)]) check.update(part);
  return sameBytes(check.digest(), seed);
}

function maskGeneration(digest: Digest, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let made = 0, counter = 0; made < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const running = startDigest(digest);
    running.update(seed);
    running.update(count);
    const block = running.digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}
