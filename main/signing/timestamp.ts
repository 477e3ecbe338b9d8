// Asks for time stamps and reads the replies (RFC 3161), and puts a token into a signature (EN 319 122-1, 5.3). Bytes only:
// it calls nobody, and the token's own signature is checked by whoever is given as `checkToken`.
import { Failure, isFailure } from '../../preload/contract/failure';
import {
  type DerElement,
  der,
  derNull,
  dottedOf,
  elementsOf,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  unsignedInteger,
} from './der';
import { embedContents, type PreparedSignature } from './prepare';

const sha256 = '2.16.840.1.101.3.4.2.1';
const signatureTimeStamp = objectIdentifier('1.2.840.113549.1.9.16.2.14');
const tags = {
  integer: 0x02,
  bits: 0x03,
  octetString: 0x04,
  oid: 0x06,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * Checks the signature of a token and the purpose of its signer; answers with the TSTInfo inside, as DER. Throws a Failure
 * for a token that does not hold.
 */
export type CheckToken = (token: Uint8Array) => Uint8Array;

/** DER of a TimeStampReq: SHA-256 of what is stamped, a nonce of 8 bytes, the authority's certificate wanted. */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = sequence(sequence(objectIdentifier(sha256), derNull), octetString(digest));
  return sequence(smallInteger(1), imprint, unsignedInteger(nonce), der(0x01, Uint8Array.of(255)));
}

function wrong(detail: string): Failure {
  return new Failure('signing-timestamp-wrong', detail);
}

/** Elements of a reply: what is malformed there is the authority's fault, not a certificate's. */
function elements(bytes: Uint8Array): DerElement[] {
  try {
    return elementsOf(bytes);
  } catch (error) {
    if (isFailure(error)) throw wrong(error.detail);
    throw error;
  }
}

function expect(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element?.tag !== tag) throw wrong(`${what} is missing`);
  return element;
}

/** PKIFailureInfo by its bit (RFC 3161 2.4.2). */
const failureInfo: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);

function failureNames(bits: Uint8Array): string[] {
  return [...failureInfo]
    .filter(([bit]) => (((bits[1 + (bit >> 3)] ?? 0) << (bit & 7)) & 0x80) !== 0)
    .map(([, name]) => name);
}

/** What an authority says when it gives no token: its words, its reason by name, else the bare status. */
function reasonOf(status: Uint8Array, more: readonly DerElement[]): string {
  const texts = more.filter((one) => one.tag === tags.sequence).flatMap((one) => elements(one.contents));
  const words = texts.map((one) => Buffer.from(one.contents).toString('utf8')).join(' ');
  const names = more.filter((one) => one.tag === tags.bits).flatMap((one) => failureNames(one.contents));
  const said = [words.slice(0, 400), ...names.map((name) => `(${name})`)]
    .filter((one) => one !== '')
    .join(' ');
  return said === '' ? `status ${Buffer.from(status).toString('hex')}` : said;
}

/** The token of a TimeStampResp. Throws Failure `signing-timestamp-refused` or `signing-timestamp-wrong`. */
function tokenOf(reply: Uint8Array): Uint8Array {
  const [response] = elements(reply);
  const [status, token] = elements(expect(response, tags.sequence, 'reply').contents);
  const [code, ...more] = elements(expect(status, tags.sequence, 'status').contents);
  const answer = expect(code, tags.integer, 'status').contents;
  // 2.4.2: granted and grantedWithMods carry a token, all others a reason.
  if (answer.length !== 1 || (answer[0] ?? 2) > 1) {
    throw new Failure('signing-timestamp-refused', reasonOf(answer, more));
  }
  return expect(token, tags.sequence, 'token').whole;
}

/** What the token says must be what was asked (2.2: imprint and nonce; 2.4.2: version and policy are there). */
function checkInfo(info: Uint8Array, digest: Uint8Array, nonce: Uint8Array): void {
  const [body] = elements(info);
  const [version, policy, imprint, serial, time, ...rest] = elements(
    expect(body, tags.sequence, 'content').contents,
  );
  if (Buffer.compare(expect(version, tags.integer, 'version').contents, Uint8Array.of(1)) !== 0) {
    throw wrong('unknown version');
  }
  expect(policy, tags.oid, 'policy');
  expect(serial, tags.integer, 'serial number');
  expect(time, tags.time, 'time');
  const [algorithm, hash] = elements(expect(imprint, tags.sequence, 'imprint').contents);
  const [name] = elements(expect(algorithm, tags.sequence, 'algorithm').contents);
  if (dottedOf(expect(name, tags.oid, 'algorithm').contents) !== sha256) throw wrong('another algorithm');
  if (Buffer.compare(expect(hash, tags.octetString, 'imprint').contents, digest) !== 0) {
    throw wrong('a stamp for something else');
  }
  const answered = rest.find((one) => one.tag === tags.integer);
  if (answered === undefined || Buffer.compare(answered.whole, unsignedInteger(nonce)) !== 0) {
    throw wrong('the nonce is not ours');
  }
}

/**
 * The token of a reply to timestampRequest(digest, nonce), checked. Throws Failure `signing-timestamp-refused` where the
 * authority says no, `signing-timestamp-wrong` where its answer is none to what was asked, and what `checkToken` throws.
 */
export function readTimestampReply(
  reply: Uint8Array,
  digest: Uint8Array,
  nonce: Uint8Array,
  checkToken: CheckToken,
): Uint8Array {
  const token = tokenOf(reply);
  checkInfo(checkToken(token), digest, nonce);
  return token;
}

/** The CMS in the gap of a signed increment, without the zeros after it. */
function contentsIn(prepared: PreparedSignature, increment: Uint8Array): Uint8Array {
  const { offset, length } = prepared.contentsGap;
  const start = offset - prepared.sourceSize;
  const text = Buffer.from(increment.subarray(start + 1, start + length - 1)).toString('latin1');
  const bytes = Buffer.from(text, 'hex');
  const first = bytes[1] ?? 0;
  const size = first < 128 ? 0 : first & 127;
  return bytes.subarray(0, 2 + size + (size === 0 ? first : bytes.readUIntBE(2, size)));
}

/** A SignedData taken apart down to its one signer. */
function signerOf(cms: Uint8Array) {
  const [outer] = elementsOf(cms);
  const [type, explicit] = elementsOf(outer?.contents ?? new Uint8Array());
  const [data] = elementsOf(explicit?.contents ?? new Uint8Array());
  const parts = elementsOf(data?.contents ?? new Uint8Array());
  const [signer] = elementsOf(parts.at(-1)?.contents ?? new Uint8Array());
  const fields = elementsOf(signer?.contents ?? new Uint8Array());
  const value = fields.find((one) => one.tag === tags.octetString);
  if (type === undefined || value === undefined) throw wrong('no signature to stamp');
  return { type, parts, fields, value: value.contents };
}

/** The signature value of a signed increment: what a signature time stamp is made over. */
export function signatureValueOf(prepared: PreparedSignature, increment: Uint8Array): Uint8Array {
  return signerOf(contentsIn(prepared, increment)).value;
}

/**
 * The signed increment with a time stamp of its signature as unsigned attribute, in the room that was reserved.
 * Throws Failure `signing-gap-too-small`.
 */
export function withSignatureTimestamp(
  prepared: PreparedSignature,
  increment: Uint8Array,
  token: Uint8Array,
): Uint8Array {
  const { type, parts, fields } = signerOf(contentsIn(prepared, increment));
  const attribute = sequence(signatureTimeStamp, setOf(token));
  const signer = sequence(
    ...fields.filter((one) => one.tag !== 0xa1).map((one) => one.whole),
    der(0xa1, attribute),
  );
  const before = parts.slice(0, -1).map((one) => one.whole);
  const data = sequence(...before, setOf(signer));
  const empty = Buffer.from(increment);
  const start = prepared.contentsGap.offset - prepared.sourceSize;
  empty.fill('0', start + 1, start + prepared.contentsGap.length - 1, 'latin1');
  return embedContents({ ...prepared, increment: empty }, sequence(type.whole, der(0xa0, data)));
}
