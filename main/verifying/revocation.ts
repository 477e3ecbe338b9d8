// Decides the revocation status of a certificate at a time from the evidence at hand. It fetches nothing.
import { Failure } from '../../preload/contract/failure';
import type { Certificate } from './certificate';
import { listApplies, type RevocationList, readRevocationList, statusInList } from './crl';
import { type OcspResponse, readOcspResponse, responderOf, singleFor } from './ocsp';

export interface Evidence {
  readonly lists: readonly RevocationList[];
  readonly responses: readonly OcspResponse[];
}

export interface RevocationAnswer {
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Set when the evidence says that it was revoked, also when that was after the asked time. */
  readonly revokedAt: Date | undefined;
}

/** Clocks of issuers and of this machine may differ by this much. */
const skew = 5 * 60_000;
/** A response without nextUpdate says that newer information is always there (RFC 6960 4.2.2.1): it holds for a day. */
const openEnded = 24 * 3_600_000;

/** Reads evidence given as DER; what cannot be read is left out. */
export function readEvidence(crls: Iterable<Uint8Array>, ocspResponses: Iterable<Uint8Array>): Evidence {
  const lists: RevocationList[] = [];
  const responses: OcspResponse[] = [];
  for (const der of crls) tolerate(() => lists.push(readRevocationList(Uint8Array.from(der))));
  for (const der of ocspResponses) {
    tolerate(() => {
      const response = readOcspResponse(Uint8Array.from(der));
      if (response !== undefined) responses.push(response);
    });
  }
  return { lists, responses };
}

function tolerate(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

/** All evidence in one. */
export function joinEvidence(...all: readonly Evidence[]): Evidence {
  return {
    lists: all.flatMap((one) => one.lists),
    responses: all.flatMap((one) => one.responses),
  };
}

interface Window {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/**
 * Whether evidence may say "good" for `time`: it covers that time, or was issued after it while the certificate had
 * not expired (afterwards it may have been dropped from the lists). Evidence from after `now` does not count.
 */
function covers(window: Window, certificate: Certificate, time: Date, now: Date): boolean {
  const from = window.thisUpdate.getTime();
  if (from > now.getTime() + skew) return false;
  if (from > time.getTime() + skew) return window.thisUpdate <= certificate.notAfter;
  const until = window.nextUpdate?.getTime() ?? from + openEnded;
  return until + skew >= time.getTime();
}

/**
 * The status of `certificate`, issued by `issuer`, at `time`. A revocation on or before `time` outweighs every "good";
 * one after it leaves the certificate good at that time. Evidence dated after `now` is not believed.
 */
export function revocationOf(
  certificate: Certificate,
  issuer: Certificate,
  evidence: Evidence,
  time: Date,
  now: Date,
): RevocationAnswer {
  let good = false;
  let revokedAt: Date | undefined;
  const hear = (window: Window, status: { status: string; at?: Date }) => {
    if (window.thisUpdate.getTime() > now.getTime() + skew) return;
    if (status.status === 'revoked' && status.at !== undefined) {
      if (revokedAt === undefined || status.at < revokedAt) revokedAt = status.at;
    } else if (status.status === 'good' && covers(window, certificate, time, now)) good = true;
  };
  for (const response of evidence.responses) {
    const single = singleFor(response, certificate, issuer);
    if (single === undefined) continue;
    const responder = responderOf(response, issuer);
    if (responder === undefined || responderRevoked(responder, issuer, evidence, response.producedAt))
      continue;
    hear(single, single.status);
  }
  for (const list of evidence.lists) {
    if (!listApplies(list, certificate, issuer)) continue;
    tolerate(() => hear(list, statusInList(list, certificate)));
  }
  if (revokedAt !== undefined) {
    return { status: revokedAt.getTime() <= time.getTime() ? 'revoked' : 'good', revokedAt };
  }
  return { status: good ? 'good' : 'unknown', revokedAt: undefined };
}

/** A delegated responder that is itself revoked has no say. Its status is only looked up in the issuer's lists. */
function responderRevoked(
  responder: Certificate,
  issuer: Certificate,
  evidence: Evidence,
  time: Date,
): boolean {
  if (responder === issuer || responder.ocspNoCheck) return false;
  return evidence.lists.some((list) => {
    if (!listApplies(list, responder, issuer)) return false;
    const status = statusInList(list, responder);
    return status.status === 'revoked' && status.at <= time;
  });
}
