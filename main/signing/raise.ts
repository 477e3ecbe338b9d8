// Raises the PAdES level of a signed document by increments (EN 319 142-1, 6): document time stamp, security store, document
// time stamp over it. It never touches a byte that is signed, and a step that fails leaves the level reached before.
import type { ByteSource } from '../../preload/contract/byte-source';
import { codeOf, Failure } from '../../preload/contract/failure';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import { prepareDocumentTimestamp } from './document-timestamp';
import { embedContents } from './prepare';

export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export type Level = (typeof levels)[number];
type Reached = SignatureVerdict['level'];

/** A token (RFC 3161) over what has this SHA-256. */
export type Stamp = (digest: Uint8Array) => Promise<Uint8Array>;

/** Room for a token with the certificates of its authority, in bytes; two kilobytes more than it had is asked for again. */
const TOKEN_ROOM = 16_384;

const ranks: readonly Reached[] = ['none', 'CMS', ...levels];

/** Levels in their order: below 0 when `one` is lower than `other`. */
export function compareLevels(one: Reached, other: Reached): number {
  return ranks.indexOf(one) - ranks.indexOf(other);
}

const signaturesOf = (verdict: FileVerdict) => verdict.signatures.filter((one) => one.kind === 'signature');

/** The level of a file is that of its lowest signature; time stamps have none. */
export function levelOf(verdict: FileVerdict): Reached {
  const [first, ...others] = signaturesOf(verdict).map((one) => one.level);
  return others.reduce<Reached>((low, one) => (compareLevels(one, low) < 0 ? one : low), first ?? 'none');
}

/** The lowest level among the signatures that have one: older kinds (CMS) stay what they are, whatever is added. */
export function climbingLevel(verdict: FileVerdict): Reached | undefined {
  const able = signaturesOf(verdict).filter((one) => compareLevels(one.level, 'B-B') >= 0);
  return able.length === 0 ? undefined : levelOf({ ...verdict, signatures: able });
}

/** Refuses what no time stamp makes better. Throws Failure `signing-nothing-to-raise`, `earlier-signature-broken`. */
export function checkRaisable(verdict: FileVerdict): void {
  if (verdict.verdict === 'unreadable') throw new Failure(verdict.codes[0] ?? 'pdf-object-damaged');
  if (signaturesOf(verdict).length === 0) throw new Failure('signing-nothing-to-raise');
  const broken = verdict.signatures.find(
    (one) => one.integrity === 'broken' || !one.permitted || one.coverage === 'partial',
  );
  if (broken !== undefined) throw new Failure('earlier-signature-broken', broken.field);
}

/** Whether every signature is under a sound time stamp already, its own or a later one of the document. */
export function isStamped(verdict: FileVerdict): boolean {
  const last = verdict.signatures.map((one) => one.kind).lastIndexOf('signature');
  const later = verdict.signatures
    .slice(last + 1)
    .some((one) => one.integrity === 'intact' && one.coverage !== 'partial');
  // An own stamp of an authority that is not trusted here is no reason to ask for another.
  const own = (one: SignatureVerdict): boolean =>
    compareLevels(one.level, 'B-T') >= 0 || one.codes.includes('timestamp-untrusted');
  return later || signaturesOf(verdict).every((one) => compareLevels(one.level, 'B-B') < 0 || own(one));
}

/**
 * The next increment that a file needs on its way to `target`: a document time stamp, the security store, or null when it
 * is there or nothing more can be added. A time stamp over a store that lacks something would last no longer than what it
 * has, so the store comes first.
 */
export function nextStep(verdict: FileVerdict, target: Level): 'stamp' | 'store' | null {
  const now = climbingLevel(verdict);
  const below = (level: Level): boolean =>
    now !== undefined && compareLevels(target, level) >= 0 && compareLevels(now, level) < 0;
  if (below('B-T') && !isStamped(verdict)) return 'stamp';
  // A stamp that is there and does not count yet may only lack its authority's status, which the store brings.
  if (below('B-LT')) return 'store';
  return below('B-LTA') ? 'stamp' : null;
}

/**
 * Refuses a result in which an earlier signature holds less than before, or what was added does not hold itself.
 * Throws Failure `signing-would-break-earlier`, `signing-verification-failed`.
 */
export function checkNothingLost(before: FileVerdict, after: FileVerdict): void {
  for (const earlier of before.signatures) {
    const now = after.signatures.find((one) => one.field === earlier.field && one.kind === earlier.kind);
    if (now === undefined || now.integrity !== earlier.integrity || (earlier.permitted && !now.permitted)) {
      throw new Failure('signing-would-break-earlier', earlier.field);
    }
  }
  const known = new Set(before.signatures.map((one) => one.field));
  const broken = after.signatures.find((one) => !known.has(one.field) && one.integrity === 'broken');
  if (broken !== undefined) throw new Failure('signing-verification-failed', broken.codes.join(' '));
}

/**
 * The increment with one document time stamp over all of `source`: raises B-B to B-T, and B-LT to B-LTA.
 * Throws what `stamp` throws and Failures of the rooms pdf and signing.
 */
export async function documentTimestampIncrement(
  source: ByteSource,
  stamp: Stamp,
  password?: string,
): Promise<Uint8Array> {
  const more = password === undefined ? {} : { password };
  const prepared = prepareDocumentTimestamp(source, { room: TOKEN_ROOM, ...more });
  const token = await stamp(prepared.digest);
  try {
    return embedContents(prepared, token);
  } catch (error) {
    if (codeOf(error) !== 'signing-gap-too-small') throw error;
    const wider = prepareDocumentTimestamp(source, { room: token.length + 2048, ...more });
    return embedContents(wider, await stamp(wider.digest));
  }
}
