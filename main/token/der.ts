// Reads DER elements within the bytes given, for certificates that come from a token. It interprets nothing and never throws
// anything but DerError.

/** The bytes are not the DER that was expected. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export interface Element {
  readonly tag: number;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** One element at an offset. Definite lengths only, up to 4 length bytes; high tag numbers are refused. */
export function elementAt(bytes: Uint8Array, offset = 0): Element {
  const first = bytes[offset];
  let length = bytes[offset + 1];
  if (first === undefined || length === undefined) throw new DerError('truncated');
  if ((first & 0x1f) === 0x1f) throw new DerError('high tag number');
  let start = offset + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new DerError('length form');
    length = 0;
    for (let i = 0; i < count; i += 1) {
      const next = bytes[start + i];
      if (next === undefined) throw new DerError('truncated');
      length = length * 256 + next;
    }
    start += count;
  }
  if (start + length > bytes.length) throw new DerError('truncated');
  return {
    tag: first,
    whole: bytes.subarray(offset, start + length),
    content: bytes.subarray(start, start + length),
  };
}

/** The elements that fill the content, one after another. */
export function childrenOf(content: Uint8Array, limit = 1000): Element[] {
  const children: Element[] = [];
  for (let offset = 0; offset < content.length; ) {
    if (children.length >= limit) throw new DerError('too many elements');
    const child = elementAt(content, offset);
    children.push(child);
    offset += child.whole.length;
  }
  return children;
}

/** The element, when it has the tag. */
export function expectTag(element: Element | undefined, wanted: number): Element {
  if (element === undefined || element.tag !== wanted) throw new DerError(`expected tag ${wanted}`);
  return element;
}

/** Dotted form of an object identifier's content. */
export function oidOf(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const [position, byte] of content.entries()) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new DerError('identifier arc');
    if (byte < 0x80) {
      if (arcs.length === 0) {
        const top = Math.min(Math.floor(value / 40), 2);
        arcs.push(top, value - top * 40);
      } else arcs.push(value);
      value = 0;
    } else if (position === content.length - 1) throw new DerError('identifier');
  }
  if (arcs.length === 0) throw new DerError('identifier');
  return arcs.join('.');
}

/** Time of UTCTime or GeneralizedTime in milliseconds. RFC 5280 4.1.2.5: Zulu with seconds; years 50 to 99 are 19xx. */
export function timeOf(element: Element): number {
  const text = latin1(element.content);
  const digits =
    element.tag === tag.utcTime
      ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`
      : element.tag === tag.generalizedTime
        ? text
        : '';
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits);
  if (parts === null) throw new DerError('time');
  const time = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}.000Z`);
  if (Number.isNaN(time)) throw new DerError('time');
  return time;
}

/** Text of a directory string of any of the kinds certificates use. */
export function textOf(element: Element): string {
  switch (element.tag) {
    case 0x1e: {
      let text = '';
      for (let i = 0; i + 1 < element.content.length; i += 2) {
        text += String.fromCharCode(((element.content[i] ?? 0) << 8) | (element.content[i + 1] ?? 0));
      }
      return text;
    }
    case 0x0c:
      return new TextDecoder().decode(element.content);
    default: {
      // Old Vietnamese authorities put UTF-8 into PrintableString and TeletexString.
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(element.content);
      } catch {
        return latin1(element.content);
      }
    }
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
