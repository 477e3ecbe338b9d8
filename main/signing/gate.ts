// The order of law (NĐ 30/2020, điều 32, 33): who may sign now, given what the document carries. Pure; whoever asks, window
// or command line, is answered here.
import type { Code } from '../../preload/contract/codes';
import type { Role } from './request';

/** An earlier signature as verification saw it. */
export interface EarlierSignature {
  readonly field: string;
  readonly integrity: 'intact' | 'broken';
  /** What came after it was allowed. */
  readonly permitted: boolean;
  readonly revocation: 'good' | 'revoked' | 'unknown';
  readonly chain: 'trusted' | 'untrusted' | 'unknown';
  /** What it stands for, where the desk knows; a document from elsewhere does not say. */
  readonly role?: Role;
}

export interface GateFacts {
  readonly role: Role;
  readonly earlier: readonly EarlierSignature[];
  /** Number and date were given in the register; `unknown` where no register is at hand (command line). */
  readonly number: 'given' | 'missing' | 'unknown';
}

/** What an agency's policy lets pass. */
export interface GatePolicy {
  readonly sealWithoutLeader: boolean;
  readonly sealWithoutNumber: boolean;
}

export const strictPolicy: GatePolicy = { sealWithoutLeader: false, sealWithoutNumber: false };

/** A signature that holds: unbroken, nothing forbidden after it, not revoked. An unknown chain is a warning elsewhere. */
function holds(signature: EarlierSignature): boolean {
  return signature.integrity === 'intact' && signature.permitted && signature.revocation !== 'revoked';
}

function mayBeLeader(role: Role | undefined): boolean {
  return role === undefined || role === 'leader' || role === 'invisible';
}

/** True when content was changed after one of the signatures. */
export function hasBroken(earlier: readonly EarlierSignature[]): boolean {
  return earlier.some((one) => one.integrity === 'broken' || !one.permitted);
}

/** The code that forbids this signature now, or undefined where it may be made. */
export function signingGate(facts: GateFacts, policy: GatePolicy = strictPolicy): Code | undefined {
  const { role, earlier, number } = facts;
  // The agency answers for the whole document; others sign what they see and are warned.
  if ((role === 'seal' || role === 'number') && hasBroken(earlier)) return 'earlier-signature-broken';
  const sealed = earlier.some((one) => one.role === 'seal');
  // The agency's own signatures (number, attachment) prove no leader; one without a picture may be the leader's.
  const leaderSigned = earlier.some((one) => holds(one) && mayBeLeader(one.role));
  switch (role) {
    case 'leader':
      return sealed ? 'leader-after-seal' : undefined;
    case 'number':
      if (sealed) return 'number-after-seal';
      return leaderSigned || policy.sealWithoutLeader ? undefined : 'leader-missing';
    case 'seal':
      if (!leaderSigned && !policy.sealWithoutLeader) return 'leader-missing';
      return number === 'missing' && !policy.sealWithoutNumber ? 'number-missing' : undefined;
    case 'copy':
      // A copy is numbered in its own series (NĐ 30/2020, phụ lục I, phần II); no leader signs it again.
      return number === 'missing' && !policy.sealWithoutNumber ? 'number-missing' : undefined;
    case 'attachment':
    case 'invisible':
      return undefined;
  }
}
