// How a certificate stands at this moment, before anybody signs with it (TT 15/2025 Art. 5 and Appendix II): path to the
// anchors, dates, status by OCSP and then by lists. It signs nothing and believes only what verification believes.
import type { Code } from '../../preload/contract/codes';
import type { Certificate } from './certificate';
import { readCertificates } from './cms';
import { listApplies, readRevocationList } from './crl';
import { type Fetched, type Fetcher, fetchNeeds } from './fetching';
import type { RevocationNeed } from './judgement';
import { ocspRequest, readOcspResponse, singleFor } from './ocsp';
import { findPath, type PathAnswer } from './path';
import { readEvidence, revocationOf } from './revocation';
import type { TrustMaterial } from './trust-file';

export interface SignerStanding {
  /** `unknown`: neither good nor bad could be shown, by want of an answer or of an issuer. */
  readonly standing: 'good' | 'revoked' | 'expired' | 'not-yet-valid' | 'untrusted' | 'unknown';
  /** Why it is not good. */
  readonly codes: readonly Code[];
  readonly revokedAt: Date | undefined;
  /** What said that it is good or revoked. */
  readonly source: 'ocsp' | 'crl' | 'none';
  /** DER from the certificate to its anchor, as far as it was found. */
  readonly path: readonly Uint8Array[];
  /** DER of what spoke of these certificates. */
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

export interface StandingOptions {
  readonly trust: TrustMaterial;
  readonly now: Date;
  /** All that the network may take, milliseconds. */
  readonly limitMs: number;
}

interface Look {
  readonly path: PathAnswer;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | undefined;
  readonly codes: readonly Code[];
  readonly needs: readonly RevocationNeed[];
}

const maxRounds = 8;
/** A silent responder leaves the larger part of the time for the list. */
const attemptShare = 0.4;

function need(certificate: Certificate, more: Partial<RevocationNeed>): RevocationNeed {
  const empty = { ocspUrls: [], ocspRequest: new Uint8Array(), crlUrls: [], issuerUrls: [] };
  return { ...empty, certificateFingerprint: certificate.fingerprint, ...more };
}

function lookAt(subject: Certificate, trust: TrustMaterial, known: Fetched, now: Date): Look {
  const anchors = readCertificates(trust.anchors);
  const intermediates = readCertificates([...trust.intermediates, ...known.certificates]);
  const path = findPath(subject, 'document', { anchors, intermediates }, now);
  const last = path.path.at(-1);
  if (path.chain !== 'trusted') {
    const missing = path.codes.includes('chain-issuer-missing') && last !== undefined;
    const needs = missing && last.issuerUrls.length > 0 ? [need(last, { issuerUrls: last.issuerUrls })] : [];
    return { path, status: 'unknown', revokedAt: undefined, codes: path.codes, needs };
  }
  const evidence = readEvidence([...trust.crls, ...known.crls], known.ocspResponses);
  const needs: RevocationNeed[] = [];
  let status: Look['status'] = 'good';
  let revokedAt: Date | undefined;
  const codes = new Set<Code>();
  path.path.forEach((one, index) => {
    const issuer = path.path[index + 1];
    if (issuer === undefined) return;
    const answer = revocationOf(one, issuer, evidence, now, now);
    if (answer.status === 'revoked') {
      status = 'revoked';
      revokedAt ??= answer.revokedAt;
      codes.add(index === 0 ? 'revocation-revoked' : 'revocation-issuer-revoked');
    } else if (answer.status === 'unknown') {
      const { ocspUrls, crlUrls } = one;
      // An authority for which nobody publishes a status has none to be checked; a signer without one stays unknown.
      if (index > 0 && ocspUrls.length + crlUrls.length === 0) return;
      if (status === 'good') status = 'unknown';
      codes.add('revocation-unknown');
      needs.push(need(one, { ocspUrls, crlUrls, ocspRequest: ocspRequest(one, issuer) }));
    }
  });
  return { path, status, revokedAt, codes: [...codes], needs };
}

function standingOf({ path, status }: Look): SignerStanding['standing'] {
  if (path.codes.includes('chain-expired')) return 'expired';
  if (path.codes.includes('chain-not-yet-valid')) return 'not-yet-valid';
  if (path.chain === 'untrusted') return 'untrusted';
  return path.chain === 'trusted' ? status : 'unknown';
}

/** What of the evidence speaks of this path: only that is worth keeping. */
function spoken(
  path: readonly Certificate[],
  crls: readonly Uint8Array[],
  responses: readonly Uint8Array[],
): { crls: Uint8Array[]; ocspResponses: Uint8Array[] } {
  const links = path.flatMap((one, index) => {
    const issuer = path[index + 1];
    return issuer === undefined ? [] : [[one, issuer] as const];
  });
  return {
    crls: crls.filter((der) => {
      const list = readRevocationList(Uint8Array.from(der));
      return links.some(([one, issuer]) => listApplies(list, one, issuer));
    }),
    ocspResponses: responses.filter((der) => {
      const response = readOcspResponse(Uint8Array.from(der));
      if (response === undefined) return false;
      return links.some(([one, issuer]) => singleFor(response, one, issuer) !== undefined);
    }),
  };
}

/**
 * The standing of `certificate` (DER) with the certificates its device carries. Asks the network for at most `limitMs`;
 * without an answer the standing is `unknown`. Throws Failure `asn1-damaged` for a certificate that cannot be read.
 */
export async function checkSignerStanding(
  certificate: Uint8Array,
  carried: readonly Uint8Array[],
  { trust, now, limitMs }: StandingOptions,
  fetcher: Fetcher,
): Promise<SignerStanding> {
  const [subject] = readCertificates([certificate]);
  if (subject === undefined) {
    const nothing = { revokedAt: undefined, source: 'none', path: [], crls: [], ocspResponses: [] } as const;
    return { standing: 'unknown', codes: ['asn1-damaged'], ...nothing };
  }
  const deadline = AbortSignal.timeout(limitMs);
  const asked = new Set<string>();
  let known: Fetched = { certificates: carried, crls: [], ocspResponses: [] };
  let look = lookAt(subject, trust, known, now);
  for (let round = 0; round < maxRounds && look.needs.length > 0 && !deadline.aborted; round += 1) {
    const more = await fetchNeeds(look.needs, fetcher, limitMs * attemptShare, deadline, asked);
    if (more.certificates.length + more.crls.length + more.ocspResponses.length === 0) break;
    known = {
      certificates: [...known.certificates, ...more.certificates],
      crls: [...known.crls, ...more.crls],
      ocspResponses: [...known.ocspResponses, ...more.ocspResponses],
    };
    look = lookAt(subject, trust, known, now);
  }
  const { path } = look.path;
  const evidence = spoken(path, [...trust.crls, ...known.crls], known.ocspResponses);
  const issuer = path[1];
  const byOcsp =
    issuer !== undefined && spoken([subject, issuer], [], evidence.ocspResponses).ocspResponses.length > 0;
  const heard = look.path.chain === 'trusted' && look.status !== 'unknown';
  return {
    standing: standingOf(look),
    codes: look.codes,
    revokedAt: look.revokedAt,
    source: heard ? (byOcsp ? 'ocsp' : 'crl') : 'none',
    path: path.map((one) => one.der),
    ...evidence,
  };
}
