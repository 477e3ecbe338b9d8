// The last gate before bytes leave: it reads the very package that is to be sent and refuses secrecy marks, a wrong
// kind and a size above the limit. It sends nothing and parses nothing itself: the reader is given as a value.
import { sameAgency } from '../../preload/contract/agency-code';
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import type { HubFailure, SendRequest } from './hub';

/** What the gate must know of a package. */
export interface PackageFacts {
  readonly kind: 'edoc' | 'status';
  /** Secrecy marks as found in the header (QĐ 28/2018 Art. 1); empty for a package that may travel. */
  readonly secrecyMarks: readonly string[];
  /** OrganIds of To; none for a status, which names no receiver. */
  readonly receivers?: readonly string[];
}

/** Reads a package's header. Throws a Failure with the reader's code when it is not a package. */
export type PackageInspector = (source: ByteSource) => Promise<PackageFacts>;

export interface GateRules {
  /** The hub delivers to whom the package names and takes no list: both must be the same. */
  readonly receiversOfPackage?: boolean;
}

function sameReceivers(left: readonly string[], right: readonly string[]): boolean {
  const has = (codes: readonly string[], code: string) => codes.some((one) => sameAgency(one, code));
  return left.every((code) => has(right, code)) && right.every((code) => has(left, code));
}

/** null when the package may be sent. */
export async function refusalOfGate(
  request: SendRequest,
  inspect: PackageInspector,
  maxPackageBytes: number,
  rules: GateRules = {},
): Promise<HubFailure | null> {
  if (request.source.size > maxPackageBytes) {
    return {
      kind: 'blocked',
      code: 'package-too-large',
      detail: `${request.source.size} bytes, ${maxPackageBytes} allowed`,
    };
  }
  let facts: PackageFacts;
  try {
    facts = await inspect(request.source);
  } catch (error) {
    if (isFailure(error)) return { kind: 'blocked', code: error.code, detail: error.detail };
    throw error;
  }
  // The marks themselves are document text and stay out of `detail`.
  if (facts.secrecyMarks.length > 0) return { kind: 'blocked', code: 'package-secret', detail: '' };
  if (facts.kind !== request.kind) {
    return { kind: 'blocked', code: 'package-kind-mismatch', detail: `the package is ${facts.kind}` };
  }
  const named = facts.receivers;
  if (rules.receiversOfPackage === true && facts.kind === 'edoc' && named !== undefined) {
    if (!sameReceivers(named, request.to)) {
      return { kind: 'blocked', code: 'package-receivers-differ', detail: '' };
    }
  }
  return null;
}
