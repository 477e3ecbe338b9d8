// What it takes to check a file's signatures later: the certificates of their paths and their status, from the file, the
// given trust and the network. It writes nothing, and believes only what verification believes.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import type { Certificate } from './certificate';
import { readCertificates } from './cms';
import { readFacts } from './facts';
import { type Fetched, type Fetcher, fetchNeeds } from './fetching';
import type { RevocationNeed } from './judgement';
import { ocspRequest } from './ocsp';
import { findPath, type Purpose } from './path';
import { readEvidence, revocationOf } from './revocation';
import type { TrustMaterial } from './trust-file';

/** All that gathering for one file may take; one attempt gets a third, so that the next address has its turn. */
const LIMIT_MS = 30_000;
const MAX_ROUNDS = 8;

export interface GatherOptions {
  readonly trust: TrustMaterial;
  readonly fetcher: Fetcher;
  readonly password: string | undefined;
  readonly now: Date;
  /** All that the network may take, milliseconds. */
  readonly limitMs?: number;
}

interface Subject {
  readonly certificate: Certificate;
  readonly purpose: Purpose;
  /** When it had to be good. */
  readonly at: Date;
}

interface Survey {
  readonly needs: readonly RevocationNeed[];
  /** What is still open, for logs. */
  readonly open: readonly string[];
  readonly certificates: readonly Certificate[];
}

function need(certificate: Certificate, more: Partial<RevocationNeed>): RevocationNeed {
  const empty = { ocspUrls: [], ocspRequest: new Uint8Array(), crlUrls: [], issuerUrls: [] };
  return { ...empty, certificateFingerprint: certificate.fingerprint, ...more };
}

/** What of the paths is known, and what could be asked. Throws Failure `revocation-revoked`. */
function survey(
  subjects: readonly Subject[],
  anchors: readonly Certificate[],
  known: Fetched,
  now: Date,
): Survey {
  const needs = new Map<string, RevocationNeed>();
  const open: string[] = [];
  const certificates = new Map<string, Certificate>();
  const sources = { anchors, intermediates: readCertificates(known.certificates) };
  const evidence = readEvidence(known.crls, known.ocspResponses);
  for (const { certificate: subject, purpose, at } of subjects) {
    const { chain, path, codes } = findPath(subject, purpose, sources, at);
    for (const one of path) certificates.set(one.fingerprint, one);
    const last = path.at(-1);
    if (chain !== 'trusted') {
      open.push(`${withoutPersonalNumbers(subject.subject.common)}: ${codes.join(' ')}`);
      if (chain === 'unknown' && last !== undefined && last.issuerUrls.length > 0) {
        needs.set(last.fingerprint, need(last, { issuerUrls: last.issuerUrls }));
      }
      continue;
    }
    path.forEach((one, index) => {
      const issuer = path[index + 1];
      if (issuer === undefined) return;
      const { status } = revocationOf(one, issuer, evidence, at, now);
      if (status === 'good') return;
      if (status === 'revoked')
        throw new Failure('revocation-revoked', withoutPersonalNumbers(one.subject.common));
      const { ocspUrls, crlUrls } = one;
      // An authority for which nobody publishes a status has none to be kept; a signer without one stays open.
      if (ocspUrls.length + crlUrls.length === 0 && index > 0) return;
      open.push(`${withoutPersonalNumbers(one.subject.common)}: status unknown`);
      needs.set(one.fingerprint, need(one, { ocspUrls, crlUrls, ocspRequest: ocspRequest(one, issuer) }));
    });
  }
  return { needs: [...needs.values()], open, certificates: [...certificates.values()] };
}

/** The signers and stamping authorities of a file, each with the time its time stamp proves. */
function subjectsOf(facts: ReturnType<typeof readFacts>, now: Date): Subject[] {
  const subjects: Subject[] = [];
  let proven = now;
  for (const one of [...facts.signatures].reverse()) {
    const { certificate, stamp } = one;
    if (one.kind === 'timestamp') {
      if (certificate !== undefined) subjects.push({ certificate, purpose: 'timestamp', at: proven });
      if (one.intact && stamp !== undefined && stamp.time < proven) proven = stamp.time;
      continue;
    }
    const own = stamp?.intact === true ? stamp : undefined;
    if (own?.authority !== undefined) {
      subjects.push({ certificate: own.authority, purpose: 'timestamp', at: proven });
    }
    const at = own !== undefined && own.time < proven ? own.time : proven;
    if (certificate !== undefined) subjects.push({ certificate, purpose: 'document', at });
  }
  return subjects;
}

/**
 * Gathers the validation data of all signatures and time stamps of a file: OCSP first, then revocation lists, then the
 * lists of the given trust. Throws Failure `signing-validation-data-missing`, `revocation-revoked`, and those of reading.
 */
export async function gatherMaterial(
  source: ByteSource,
  { trust, fetcher, password, now, limitMs = LIMIT_MS }: GatherOptions,
): Promise<Fetched> {
  const facts = readFacts(source, password);
  const subjects = subjectsOf(facts, now);
  const anchors = readCertificates(trust.anchors);
  const carried = facts.signatures.flatMap((one) => one.certificates).map((one) => one.der);
  const stamps = facts.signatures.flatMap((one) => one.stamp?.data.certificates ?? []).map((one) => one.der);
  const inside = facts.signatures.map((one) => one.evidence);
  const embedded = {
    crls: [...facts.store.crls, ...inside.flatMap((one) => one.crls)],
    ocspResponses: [...facts.store.ocspResponses, ...inside.flatMap((one) => one.ocspResponses)],
  };
  const fetched = {
    certificates: [] as Uint8Array[],
    crls: [] as Uint8Array[],
    ocspResponses: [] as Uint8Array[],
  };
  const look = (): Survey =>
    survey(
      subjects,
      anchors,
      {
        certificates: [
          ...trust.intermediates,
          ...carried,
          ...stamps,
          ...facts.store.certificates,
          ...fetched.certificates,
        ],
        crls: [...embedded.crls, ...fetched.crls],
        ocspResponses: [...embedded.ocspResponses, ...fetched.ocspResponses],
      },
      now,
    );
  const deadline = AbortSignal.timeout(limitMs);
  const asked = new Set<string>();
  let answer = look();
  for (let round = 0; round < MAX_ROUNDS && answer.needs.length > 0 && !deadline.aborted; round += 1) {
    const more = await fetchNeeds(answer.needs, fetcher, limitMs / 3, deadline, asked);
    if (more.certificates.length + more.crls.length + more.ocspResponses.length === 0) break;
    fetched.certificates.push(...more.certificates);
    fetched.crls.push(...more.crls);
    fetched.ocspResponses.push(...more.ocspResponses);
    answer = look();
  }
  for (const list of answer.open.length === 0 ? [] : trust.crls) {
    const before = answer.open.length;
    fetched.crls.push(list);
    answer = look();
    // Only lists that say something about these certificates are kept.
    if (answer.open.length === before) fetched.crls.pop();
    if (answer.open.length === 0) break;
  }
  if (answer.open.length > 0) throw new Failure('signing-validation-data-missing', answer.open.join('; '));
  return {
    certificates: answer.certificates.map((one) => one.der),
    crls: fetched.crls,
    ocspResponses: fetched.ocspResponses,
  };
}
