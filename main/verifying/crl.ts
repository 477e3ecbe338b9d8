// Reads certificate revocation lists (RFC 5280 section 5) and looks one certificate up. Lists may be long: entries are
// walked, never kept. Indirect and delta lists are not used.
import { Failure } from '../../preload/contract/failure';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithms';
import { type Certificate, checkSignedBytes, readExtensions } from './certificate';
import {
  bitOctets,
  type DerNode,
  eachChild,
  expectTag,
  inner,
  integerHex,
  Parts,
  readWhole,
  smallInteger,
  tags,
  timeOf,
} from './der';
import { type Name, readName, sameName, webAddresses } from './name';

export interface RevocationList {
  readonly der: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly entries: DerNode | undefined;
  readonly tbs: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Which certificates the list speaks of (issuing distribution point). */
  readonly scope: {
    readonly userOnly: boolean;
    readonly authorityOnly: boolean;
    readonly addresses: readonly string[] | undefined;
  };
  /** True when the list is a delta, indirect, partial by reason, or has a critical extension not known here. */
  readonly unusable: boolean;
}

/** What a list or a response says of one certificate. */
export type Status =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly at: Date }
  | { readonly status: 'unknown' };

/** Reads a list in DER. Throws Failure `asn1-damaged`. */
export function readRevocationList(der: Uint8Array): RevocationList {
  const outer = new Parts(readWhole(der));
  const tbs = outer.take(tags.sequence);
  const algorithm = readAlgorithm(outer.take(tags.sequence));
  const signature = bitOctets(outer.take(tags.bitString));
  const parts = new Parts(tbs);
  parts.optional(tags.integer);
  parts.take(tags.sequence);
  const issuer = readName(parts.take(tags.sequence));
  const thisUpdate = timeOf(parts.takeAny());
  const next = parts.optional(tags.utcTime) ?? parts.optional(tags.generalizedTime);
  const entries = parts.optional(tags.sequence);
  const extensionsNode = parts.optional(0xa0);
  const extensions = extensionsNode === undefined ? new Map() : readExtensions(inner(extensionsNode));
  const point = extensions.get('2.5.29.28')?.value;
  const known = new Set(['2.5.29.20', '2.5.29.28', '2.5.29.35', '2.5.29.46', '2.5.29.60']);
  const critical = [...extensions].some(([oid, one]) => one.critical && !known.has(oid));
  return {
    der,
    issuer,
    thisUpdate,
    nextUpdate: next === undefined ? undefined : timeOf(next),
    entries,
    tbs: tbs.bytes,
    algorithm,
    signature,
    ...readScope(point, critical || extensions.has('2.5.29.27')),
  };
}

function readScope(
  point: DerNode | undefined,
  unusable: boolean,
): Pick<RevocationList, 'scope' | 'unusable'> {
  let userOnly = false;
  let authorityOnly = false;
  let addresses: string[] | undefined;
  let partial = unusable;
  for (const member of point === undefined ? [] : eachChild(point)) {
    const set = member.tag !== 0xa0 && (member.content[0] ?? 0) !== 0;
    if (member.tag === 0xa0) {
      const full = inner(member);
      addresses = full.tag === 0xa0 ? webAddresses(eachChild(full)) : [];
    } else if (member.tag === 0x81) userOnly = set;
    else if (member.tag === 0x82) authorityOnly = set;
    // Some reasons only, indirect, or attribute certificates only.
    else partial ||= member.tag === 0x83 || set;
  }
  return { scope: { userOnly, authorityOnly, addresses }, unusable: partial };
}

/** Whether the list is by the issuer of `certificate`, signed by it, and speaks of such certificates. */
export function listApplies(list: RevocationList, certificate: Certificate, issuer: Certificate): boolean {
  if (list.unusable || !sameName(list.issuer, certificate.issuer)) return false;
  if (certificate.authority ? list.scope.userOnly : list.scope.authorityOnly) return false;
  const { addresses } = list.scope;
  if (addresses !== undefined && !certificate.crlUrls.some((url) => addresses.includes(url))) return false;
  if (issuer.keyUsage?.cRLSign === false) return false;
  return listSignature(list, issuer) === 'good';
}

const checked = new WeakMap<RevocationList, Map<string, 'good' | 'wrong'>>();

function listSignature(list: RevocationList, issuer: Certificate): 'good' | 'wrong' {
  const known = checked.get(list)?.get(issuer.fingerprint);
  if (known !== undefined) return known;
  const { answer, strength } = checkSignedBytes(issuer.publicKey, list.algorithm, list.tbs, list.signature);
  const result = answer === 'good' && strength === 'strong' ? 'good' : 'wrong';
  const byIssuer = checked.get(list) ?? new Map<string, 'good' | 'wrong'>();
  byIssuer.set(issuer.fingerprint, result);
  checked.set(list, byIssuer);
  return result;
}

const looked = new WeakMap<RevocationList, Map<string, Status>>();
/** Certificates remembered for each list. */
const MOST_LOOKED = 64;

/**
 * The status of a certificate in a list that applies to it; a list of a million entries is walked once for a certificate.
 * Throws Failure `asn1-damaged`.
 */
export function statusInList(list: RevocationList, certificate: Certificate): Status {
  const bySerial = looked.get(list) ?? new Map<string, Status>();
  const known = bySerial.get(certificate.serial);
  if (known !== undefined) return known;
  const status = findStatus(list, certificate);
  if (bySerial.size >= MOST_LOOKED) bySerial.clear();
  bySerial.set(certificate.serial, status);
  looked.set(list, bySerial);
  return status;
}

function findStatus(list: RevocationList, certificate: Certificate): Status {
  if (list.entries === undefined) return { status: 'good' };
  let count = 0;
  for (const entry of eachChild(list.entries)) {
    if (++count > 5_000_000) throw new Failure('asn1-damaged', 'revocation list too long');
    const parts = eachChild(entry);
    const serial = parts.next().value;
    if (serial === undefined || integerHex(serial) !== certificate.serial) continue;
    return statusOfEntry(entry);
  }
  return { status: 'good' };
}

function statusOfEntry(entry: DerNode): Status {
  const parts = new Parts(entry);
  parts.take(tags.integer);
  let at = timeOf(parts.takeAny());
  const extensionsNode = parts.optional(tags.sequence);
  if (extensionsNode !== undefined) {
    const extensions = readExtensions(extensionsNode);
    const reason = extensions.get('2.5.29.21')?.value;
    // removeFromCRL: a hold that was lifted.
    if (reason !== undefined && smallInteger(expectTag(reason, tags.enumerated)) === 8)
      return { status: 'good' };
    const invalidity = extensions.get('2.5.29.24')?.value;
    if (invalidity !== undefined) {
      const since = timeOf(invalidity);
      if (since < at) at = since;
    }
  }
  return { status: 'revoked', at };
}
