// Reads ASN.1 in DER, and in BER where CMS allows it (indefinite lengths, constructed strings). Lazy: a node is a view of
// the received bytes, so what was signed can be hashed exactly as it came. It knows no structure and no algorithm.
import { Failure } from '../../preload/contract/failure';

/** One tag-length-value. `tag` is the identifier octet; tags above 30 never occur in what we read and are refused. */
export interface DerNode {
  readonly tag: number;
  /** Header and content (and, for an indefinite length, the end-of-contents octets). */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

const maxDepth = 32;

function damaged(detail: string): Failure {
  return new Failure('asn1-damaged', detail);
}

/** Reads the node at `offset`. Throws Failure `asn1-damaged`. */
export function readNode(bytes: Uint8Array, offset = 0, depth = 0): DerNode {
  if (depth > maxDepth) throw damaged('nested too deep');
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw damaged('cut off');
  if ((tag & 0x1f) === 0x1f) throw damaged('long tag');
  let start = offset + 2;
  if (first === 0x80) return readIndefinite(bytes, offset, tag, depth);
  let length = first;
  if (first > 0x80) {
    const count = first & 0x7f;
    if (count > 5) throw damaged('length too long');
    length = 0;
    for (let index = 0; index < count; index++) {
      const octet = bytes[start++];
      if (octet === undefined) throw damaged('cut off');
      length = length * 256 + octet;
    }
  }
  const end = start + length;
  if (end > bytes.length) throw damaged('cut off');
  return { tag, bytes: bytes.subarray(offset, end), content: bytes.subarray(start, end) };
}

function readIndefinite(bytes: Uint8Array, offset: number, tag: number, depth: number): DerNode {
  if ((tag & 0x20) === 0) throw damaged('indefinite length of a primitive');
  let at = offset + 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at += readNode(bytes, at, depth + 1).bytes.length;
  return { tag, bytes: bytes.subarray(offset, at + 2), content: bytes.subarray(offset + 2, at) };
}

/** Reads exactly one node that fills `bytes`. */
export function readWhole(bytes: Uint8Array): DerNode {
  const node = readNode(bytes);
  if (node.bytes.length !== bytes.length) throw damaged('trailing bytes');
  return node;
}

/** The parts of a constructed node, one by one, without keeping them (revocation lists are long). */
export function* eachChild(node: DerNode): Generator<DerNode> {
  if ((node.tag & 0x20) === 0) throw damaged('not constructed');
  let at = 0;
  while (at < node.content.length) {
    const child = readNode(node.content, at);
    yield child;
    at += child.bytes.length;
  }
}

/** The parts of a constructed node; more than 20 000 are refused (only revocation lists have more). */
export function children(node: DerNode): DerNode[] {
  const list: DerNode[] = [];
  for (const child of eachChild(node)) {
    if (list.length >= 20_000) throw damaged('too many parts');
    list.push(child);
  }
  return list;
}

/** The node itself when it has this tag, else a Failure. */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) {
    throw damaged(`tag ${node?.tag.toString(16) ?? 'absent'} instead of ${tag.toString(16)}`);
  }
  return node;
}

/** A cursor over the parts of a SEQUENCE or SET with optional members. */
export class Parts {
  #next = 0;
  readonly #list: readonly DerNode[];
  constructor(node: DerNode | undefined, tag: number = tags.sequence) {
    this.#list = children(expectTag(node, tag));
  }
  take(tag: number): DerNode {
    const node = expectTag(this.#list[this.#next], tag);
    this.#next++;
    return node;
  }
  takeAny(): DerNode {
    const node = this.#list[this.#next];
    if (node === undefined) throw damaged('part missing');
    this.#next++;
    return node;
  }
  optional(tag: number): DerNode | undefined {
    const node = this.#list[this.#next];
    if (node?.tag !== tag) return undefined;
    this.#next++;
    return node;
  }
  rest(): DerNode[] {
    return this.#list.slice(this.#next);
  }
}

/** The single part inside an explicit tag. */
export function inner(node: DerNode): DerNode {
  return readWhole(node.content);
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function oidOf(node: DerNode | undefined): string {
  const { content } = expectTag(node, tags.oid);
  if (content.length === 0 || content.length > 64) throw damaged('object identifier');
  const arcs: number[] = [];
  let value = 0;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw damaged('object identifier');
    if ((octet & 0x80) !== 0) continue;
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/** A non-negative INTEGER or ENUMERATED that fits a number. */
export function smallInteger(node: DerNode): number {
  if (node.tag !== tags.integer && node.tag !== tags.enumerated && (node.tag & 0xc0) !== 0x80) {
    throw damaged('not an integer');
  }
  if (node.content.length === 0 || node.content.length > 6 || ((node.content[0] ?? 0) & 0x80) !== 0) {
    throw damaged('integer out of range');
  }
  return node.content.reduce((value, octet) => value * 256 + octet, 0);
}

/** INTEGER as lower-case hex without leading zero octets: one spelling a number, for comparing serial numbers. */
export function integerHex(node: DerNode | undefined): string {
  const { content } = expectTag(node, tags.integer);
  let start = 0;
  while (start < content.length - 1 && content[start] === 0) start++;
  return Buffer.from(content.subarray(start)).toString('hex');
}

export function booleanOf(node: DerNode | undefined): boolean {
  return (expectTag(node, tags.boolean).content[0] ?? 0) !== 0;
}

/** The octets of an OCTET STRING; a constructed one (BER) is joined. `implicitTag` for a context-tagged one. */
export function octets(node: DerNode | undefined, implicitTag: number = tags.octetString): Uint8Array {
  if (node === undefined) throw damaged('octet string missing');
  if (node.tag === implicitTag) return node.content;
  if (node.tag === (implicitTag | 0x20)) return Buffer.concat(children(node).map((part) => octets(part)));
  throw damaged('not an octet string');
}

/** The octets of a BIT STRING with no unused bits. */
export function bitOctets(node: DerNode | undefined): Uint8Array {
  const { content } = expectTag(node, tags.bitString);
  if (content[0] !== 0) throw damaged('bit string');
  return content.subarray(1);
}

/** True when bit `index` (0 = most significant) of a named-bit BIT STRING is set. */
export function hasBit(node: DerNode, index: number): boolean {
  const octet = node.content[1 + (index >> 3)];
  return octet !== undefined && (octet & (0x80 >> (index & 7))) !== 0;
}

const shortTime = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})$/;
const longTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})$/;

/** UTCTime or GeneralizedTime; offsets and fractions are tolerated, since time stamps have them. */
export function timeOf(node: DerNode | undefined): Date {
  if (node === undefined || (node.tag !== tags.utcTime && node.tag !== tags.generalizedTime)) {
    throw damaged('not a time');
  }
  const text = Buffer.from(node.content).toString('latin1');
  const found = (node.tag === tags.utcTime ? shortTime : longTime).exec(text);
  if (found === null) throw damaged('time');
  const [, yearText = '', month, day, hour, minute, second = '00', fraction = '0', zone = 'Z'] = found;
  const short = Number(yearText);
  // RFC 5280 4.1.2.5.1: two digits mean 1950 to 2049.
  const year = yearText.length === 4 ? short : short + (short < 50 ? 2000 : 1900);
  const offset =
    zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000);
  const time = Date.UTC(
    year,
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  const date = new Date(time - offset * 60_000);
  if (
    Number.isNaN(date.getTime()) ||
    Number(month) < 1 ||
    Number(month) > 12 ||
    Number(day) < 1 ||
    Number(day) > 31
  ) {
    throw damaged('time');
  }
  return date;
}

/** The text of any ASN.1 string type; unknown types give undefined. */
export function textOf(node: DerNode): string | undefined {
  const buffer = Buffer.from(node.content);
  switch (node.tag) {
    case 0x0c:
      return buffer.toString('utf8');
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
    case 0x1b:
      return buffer.toString('latin1');
    case 0x1e: {
      if (buffer.length % 2 !== 0) return undefined;
      return Buffer.from(buffer).swap16().toString('utf16le');
    }
    default:
      return undefined;
  }
}

/** True when both hold the same octets. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0;
}
