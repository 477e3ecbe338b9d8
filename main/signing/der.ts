// Writes DER and steps through it, only as much as signing needs. It knows no structure of certificates or signatures.
import { Failure } from '../../preload/contract/failure';

function lengthOctets(length: number): number[] {
  if (length < 128) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [128 + octets.length, ...octets];
}

/** One element: tag, length, contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.from([tag, ...lengthOctets(length)]), ...contents]);
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array => der(0x30, ...contents);

/** SET OF: DER wants its members in the order of their encodings (X.690, 11.6). */
export function setOf(...members: readonly Uint8Array[]): Uint8Array {
  return der(0x31, ...[...members].sort((a, b) => Buffer.compare(a, b)));
}

export const octetString = (bytes: Uint8Array): Uint8Array => der(0x04, bytes);
export const derNull = Uint8Array.of(5, 0);

/** A small whole number of at least 0. */
export function smallInteger(value: number): Uint8Array {
  return unsignedInteger(Uint8Array.from(value < 256 ? [value] : [value >> 8, value & 255]));
}

/** INTEGER of big-endian unsigned bytes. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const short = bytes.subarray(start);
  return (short[0] ?? 0) > 127 ? der(2, Uint8Array.of(0), short) : der(2, short);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const base128 = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      base128.unshift(128 + (left % 128));
    }
    octets.push(...base128);
  }
  return der(6, Uint8Array.from(octets));
}

export interface DerElement {
  readonly tag: number;
  /** The whole element with tag and length. */
  readonly whole: Uint8Array;
  readonly contents: Uint8Array;
}

function malformed(): Failure {
  return new Failure('signing-certificate-unusable', 'malformed DER');
}

/** The elements that stand one after the other in `bytes`. Throws Failure `signing-certificate-unusable`. */
export function elementsOf(bytes: Uint8Array): DerElement[] {
  const found: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const short = bytes[at + 1];
    if (short === undefined || (tag & 31) === 31) throw malformed();
    let length = short;
    let start = at + 2;
    if (short >= 128) {
      const octets = short - 128;
      if (octets === 0 || octets > 4 || start + octets > bytes.length) throw malformed();
      length = 0;
      for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[start + index] ?? 0);
      start += octets;
    }
    const end = start + length;
    if (end > bytes.length) throw malformed();
    found.push({ tag, whole: bytes.subarray(at, end), contents: bytes.subarray(start, end) });
    at = end;
  }
  return found;
}

/** The dotted form of an OBJECT IDENTIFIER's contents. */
export function dottedOf(contents: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const octet of contents) {
    value = value * 128 + (octet & 127);
    if (octet < 128) {
      arcs.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...rest].join('.');
}
