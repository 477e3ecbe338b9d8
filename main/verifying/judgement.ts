// Judges gathered facts against anchors, evidence and time: trust, revocation, proven time, level, verdict, and what could
// be fetched to know more. Pure: no file, no network, no clock of its own.
import type { Code } from '../../preload/contract/codes';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import { type FileVerdict, type SignatureVerdict, verdictOfFile } from '../../preload/contract/verdict';
import type { Certificate } from './certificate';
import type { FileFacts, SignatureFacts } from './facts';
import { ocspRequest } from './ocsp';
import { findPath, type PathAnswer, type PathSources, type Purpose } from './path';
import { type Evidence, joinEvidence, readEvidence, revocationOf } from './revocation';
import type { TimeStamp } from './timestamp';

/** What could be fetched about one certificate so that the next judgement knows more. */
export interface RevocationNeed {
  /** SHA-256 of the certificate's DER, hex. */
  readonly certificateFingerprint: string;
  readonly ocspUrls: readonly string[];
  /** DER of the request to POST to `ocspUrls`; empty when the issuer is not known yet. */
  readonly ocspRequest: Uint8Array;
  readonly crlUrls: readonly string[];
  /** Where the issuer's certificate can be had (AIA caIssuers); only set while it is missing. */
  readonly issuerUrls: readonly string[];
}

export interface Knowledge {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly evidence: Evidence;
  /** The moment to judge at; later evidence about it counts. */
  readonly time: Date;
  /** Evidence dated after this is not believed. */
  readonly now: Date;
}

export interface Judgement {
  readonly verdict: FileVerdict;
  readonly needs: readonly RevocationNeed[];
}

interface Standing {
  readonly path: PathAnswer;
  readonly revocation: 'good' | 'revoked' | 'unknown';
  readonly codes: readonly Code[];
}

/** Judges all signatures of a file. */
export function judge(facts: FileFacts, knowledge: Knowledge): Judgement {
  const judge = new Judge(facts, knowledge);
  const signatures = judge.all();
  return {
    verdict: { verdict: verdictOfFile(signatures), signatures, codes: [] },
    needs: judge.needs(),
  };
}

class Judge {
  readonly #sources: PathSources;
  readonly #evidence: Evidence;
  readonly #embedded: Evidence;
  readonly #needs = new Map<string, RevocationNeed>();
  /** Time that a trusted time stamp proves for everything before it; starts as the time of the check. */
  #proven: Date;
  #stampedSince: Date | undefined;
  /** Time of a document time stamp whose authority is trusted, though its status today is not known. */
  #likely: Date | undefined;
  /** A trusted document time stamp over the security store stands later in the file. */
  #storeStamped = false;

  constructor(
    readonly facts: FileFacts,
    readonly knowledge: Knowledge,
  ) {
    const carried = facts.signatures.flatMap((one) => one.certificates);
    this.#sources = {
      anchors: knowledge.anchors,
      intermediates: unique([...knowledge.intermediates, ...carried, ...facts.storeCertificates]),
    };
    const inside = facts.signatures.map((one) => one.evidence);
    this.#embedded = readEvidence(
      [...facts.store.crls, ...inside.flatMap((one) => one.crls)],
      [...facts.store.ocspResponses, ...inside.flatMap((one) => one.ocspResponses)],
    );
    this.#evidence = joinEvidence(knowledge.evidence, this.#embedded);
    this.#proven = knowledge.time;
  }

  /** Newest first, since a later time stamp proves that all before it existed by then; returned oldest first. */
  all(): SignatureVerdict[] {
    const verdicts: SignatureVerdict[] = [];
    for (const facts of [...this.facts.signatures].reverse()) {
      verdicts.push(facts.kind === 'timestamp' ? this.#timestamp(facts) : this.#signature(facts));
    }
    return verdicts.reverse();
  }

  needs(): RevocationNeed[] {
    return [...this.#needs.values()];
  }

  #timestamp(facts: SignatureFacts): SignatureVerdict {
    const standing = this.#standing(facts.certificate, 'timestamp', this.#proven);
    const time = facts.stamp?.time;
    const whole = facts.intact && facts.coverage !== 'partial' && time !== undefined;
    const weak = facts.codes.includes('algorithm-weak');
    if (whole && standing.path.chain === 'trusted' && standing.revocation === 'good' && !weak) {
      if (time.getTime() <= this.#proven.getTime() + clockSkew) {
        this.#proven = earlier(this.#proven, time);
        this.#stampedSince = time;
        if (facts.storeInside) this.#storeStamped = true;
      }
    }
    if (whole && standing.path.chain === 'trusted' && standing.revocation === 'unknown' && !weak) {
      this.#likely = time;
    }
    return this.#verdict(facts, standing, 'none', whole ? { source: 'timestamp', value: time } : noTime, []);
  }

  #signature(facts: SignatureFacts): SignatureVerdict {
    const codes: Code[] = [];
    const { stamp } = facts;
    const stampStanding =
      stamp?.intact === true ? this.#standing(stamp.authority, 'timestamp', this.#proven) : undefined;
    const trustedStamp =
      stamp !== undefined &&
      stamp.time.getTime() <= this.#proven.getTime() + clockSkew &&
      stampStanding?.path.chain === 'trusted' &&
      stampStanding.revocation !== 'revoked' &&
      !stamp.codes.includes('algorithm-weak');
    if (stamp?.intact === true && !trustedStamp) codes.push('timestamp-untrusted');
    // Only a stamp whose authority is known to be good may turn the clock back for an expired or revoked signer.
    const proves = trustedStamp && stampStanding?.revocation === 'good';
    const at = proves ? earlier(stamp.time, this.#proven) : this.#proven;
    const likely = trustedStamp ? stamp.time : this.#likely;
    const standing = this.#standingOf(facts, at, proves ? undefined : likely);
    if (trustedStamp && shifted(stamp, facts)) codes.push('signature-time-shifted');
    const stamped = trustedStamp ? stamp.time : this.#stampedSince;
    const time: Time = stamped === undefined ? facts.claimed : { source: 'timestamp', value: stamped };
    return this.#verdict(facts, standing, this.#level(facts, standing, stamped, at), time, codes);
  }

  /**
   * An expired signer with a time stamp from its lifetime lacks only the status of the stamping authority: that is what
   * has to be asked for, and what the verdict says.
   */
  #standingOf(facts: SignatureFacts, at: Date, likely: Date | undefined): Standing {
    const standing = this.#standing(facts.certificate, 'document', at);
    if (likely === undefined || !standing.path.codes.includes('chain-expired')) return standing;
    const then = this.#standing(facts.certificate, 'document', likely);
    if (then.path.chain !== 'trusted') return standing;
    return {
      ...then,
      revocation: then.revocation === 'good' ? 'unknown' : then.revocation,
      codes: [...then.codes, 'revocation-unknown'],
    };
  }

  /** The level that is present and holds (EN 319 142-1, 6.1). */
  #level(
    facts: SignatureFacts,
    standing: Standing,
    stamped: Date | undefined,
    at: Date,
  ): SignatureVerdict['level'] {
    if (!facts.intact || facts.coverage === 'partial') return 'none';
    if (facts.subFilter !== 'ETSI.CAdES.detached') return 'CMS';
    if (!facts.bound) return 'none';
    if (stamped === undefined) return 'B-B';
    const lasting =
      standing.path.chain === 'trusted' &&
      this.facts.store !== undefined &&
      this.facts.store.certificates.length +
        this.facts.store.crls.length +
        this.facts.store.ocspResponses.length >
        0 &&
      this.#status(standing.path.path, this.#embedded, at).revocation === 'good';
    if (!lasting) return 'B-T';
    return this.#storeStamped ? 'B-LTA' : 'B-LT';
  }

  #standing(certificate: Certificate | undefined, purpose: Purpose, at: Date): Standing {
    if (certificate === undefined) {
      return { path: { chain: 'unknown', path: [], codes: [] }, revocation: 'unknown', codes: [] };
    }
    const path = findPath(certificate, purpose, this.#sources, at);
    // A stranger's certificate must not make this machine call the addresses that it names.
    const { revocation, codes } = this.#status(path.path, this.#evidence, at, path.chain === 'trusted');
    const last = path.path.at(-1);
    if (path.codes.includes('chain-issuer-missing') && last !== undefined && last.issuerUrls.length > 0) {
      this.#need(last, { issuerUrls: last.issuerUrls });
    }
    return { path, revocation, codes: [...path.codes, ...codes] };
  }

  /** The status of everything in a path below its last certificate. */
  #status(
    path: readonly Certificate[],
    evidence: Evidence,
    at: Date,
    noteNeeds = false,
  ): { revocation: 'good' | 'revoked' | 'unknown'; codes: Code[] } {
    const codes = new Set<Code>();
    let revocation: 'good' | 'revoked' | 'unknown' = 'good';
    const [leaf] = path;
    const isAnchor = (one: Certificate) =>
      this.#sources.anchors.some((anchor) => anchor.fingerprint === one.fingerprint);
    path.forEach((certificate, index) => {
      if (isAnchor(certificate)) return;
      const issuer = path[index + 1];
      const status =
        issuer === undefined
          ? { status: 'unknown' as const, revokedAt: undefined }
          : revocationOf(certificate, issuer, evidence, at, this.knowledge.now);
      if (status.status === 'revoked') {
        revocation = 'revoked';
        codes.add(certificate === leaf ? 'revocation-revoked' : 'revocation-issuer-revoked');
      } else if (status.status === 'good') {
        if (status.revokedAt !== undefined) codes.add('revocation-later');
      } else if (certificate === leaf || certificate.crlUrls.length + certificate.ocspUrls.length > 0) {
        // An authority for which nobody publishes a status has none to be checked; a signer without one stays unknown.
        if (revocation === 'good') revocation = 'unknown';
        codes.add('revocation-unknown');
        if (noteNeeds && issuer !== undefined) this.#needStatus(certificate, issuer);
      }
    });
    return { revocation: path.length === 0 ? 'unknown' : revocation, codes: [...codes] };
  }

  #needStatus(certificate: Certificate, issuer: Certificate): void {
    const { ocspUrls, crlUrls } = certificate;
    if (ocspUrls.length + crlUrls.length === 0) return;
    this.#need(certificate, { ocspUrls, crlUrls, ocspRequest: ocspRequest(certificate, issuer) });
  }

  #need(certificate: Certificate, more: Partial<RevocationNeed>): void {
    const known = this.#needs.get(certificate.fingerprint);
    this.#needs.set(certificate.fingerprint, {
      certificateFingerprint: certificate.fingerprint,
      ocspUrls: [],
      ocspRequest: new Uint8Array(),
      crlUrls: [],
      issuerUrls: [],
      ...known,
      ...more,
    });
  }

  #verdict(
    facts: SignatureFacts,
    standing: Standing,
    level: SignatureVerdict['level'],
    time: Time,
    codes: readonly Code[],
  ): SignatureVerdict {
    return {
      field: facts.field,
      kind: facts.kind,
      ...(facts.certificate === undefined ? {} : { certificate: periodOf(facts.certificate) }),
      signer: withoutPersonalNumbers(facts.certificate?.subject.common ?? ''),
      issuer: withoutPersonalNumbers(facts.certificate?.issuer.common ?? ''),
      level,
      integrity: facts.intact ? 'intact' : 'broken',
      coverage: facts.coverage,
      chain: standing.path.chain,
      revocation: standing.revocation,
      time:
        time.value === undefined
          ? { source: 'none', value: null }
          : { source: time.source, value: time.value.toISOString() },
      changes: facts.changes,
      permitted: facts.permitted,
      codes: [...new Set([...facts.codes, ...standing.codes, ...codes])],
    };
  }
}

interface Time {
  readonly source: SignatureVerdict['time']['source'];
  readonly value: Date | undefined;
}

/** Clocks of authorities and of this machine may differ by this much; a time stamp from later proves nothing. */
const clockSkew = 5 * 60_000;

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

const noTime: Time = { source: 'none', value: undefined };

/** Some tools write local time (UTC+7) into signingTime and mark it as UTC. */
function shifted(stamp: TimeStamp, facts: SignatureFacts): boolean {
  if (facts.claimed.source !== 'signingTime' || facts.claimed.value === undefined) return false;
  const off = facts.claimed.value.getTime() - stamp.time.getTime() - 7 * 3_600_000;
  return Math.abs(off) < 3_600_000;
}

function periodOf(certificate: Certificate): NonNullable<SignatureVerdict['certificate']> {
  return {
    organization: certificate.subject.organization,
    manager: certificate.issuer.organization,
    validFrom: certificate.notBefore.toISOString(),
    validTo: certificate.notAfter.toISOString(),
  };
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint, one])).values()];
}
