// Distinguished names: comparing them as RFC 5280 7.1 asks and reading the common name. It trusts nothing.
import { type DerNode, eachChild, inner, oidOf, Parts, tags, textOf } from './der';

export interface Name {
  /** As received: status requests hash exactly this. */
  readonly der: Uint8Array;
  /** One canonical text per relative name, outermost first; equal lists mean equal names. */
  readonly canonical: readonly string[];
  /** The last common name, else the last organisational unit or organisation, else empty. */
  readonly common: string;
  /** The last organisation, empty when there is none. */
  readonly organization: string;
}

const shown = ['2.5.4.3', '2.5.4.11', '2.5.4.10'];

function canonicalValue(node: DerNode): string {
  const text = textOf(node);
  if (text === undefined) return `#${Buffer.from(node.bytes).toString('hex')}`;
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

/** Reads a Name. Throws Failure `asn1-damaged`. */
export function readName(node: DerNode): Name {
  const canonical: string[] = [];
  const found = new Map<string, string>();
  for (const relative of eachChild(node)) {
    const members: string[] = [];
    for (const member of eachChild(relative)) {
      const parts = new Parts(member);
      const oid = oidOf(parts.take(tags.oid));
      const value = parts.takeAny();
      members.push(`${oid}=${canonicalValue(value)}`);
      const text = textOf(value);
      if (text !== undefined) found.set(oid, text.normalize('NFC'));
    }
    canonical.push(members.sort().join('+'));
  }
  const common = shown.map((oid) => found.get(oid)).find((text) => text !== undefined) ?? '';
  return {
    der: node.bytes,
    canonical,
    common: printable(common),
    organization: printable(found.get('2.5.4.10') ?? ''),
  };
}

/** A name as it may be shown: no control or direction characters, at most 200 letters. */
function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 200);
}

export function sameName(one: Name, other: Name): boolean {
  return one.canonical.length === other.canonical.length && startsWithName(one, other);
}

/** True when `name` lies in the subtree of `base` (name constraints on directory names). */
export function startsWithName(name: Name, base: Name): boolean {
  return base.canonical.every((relative, index) => name.canonical[index] === relative);
}

/** The URLs with http or https among GeneralNames (context tag 6). */
export function webAddresses(generalNames: Iterable<DerNode>): string[] {
  const list: string[] = [];
  for (const name of generalNames) {
    if (name.tag !== 0x86) continue;
    const text = Buffer.from(name.content).toString('latin1');
    if (/^https?:\/\/[^\s/]+/i.test(text) && text.length < 2000) list.push(text);
  }
  return list;
}

/** The directory names among GeneralNames (context tag 4). */
export function directoryNames(generalNames: Iterable<DerNode>): Name[] {
  return [...generalNames].filter((name) => name.tag === 0xa4).map((name) => readName(inner(name)));
}
