// The verdict on a PDF's signatures, from bytes and given knowledge to values. It fetches nothing; verifyWithFetcher asks
// the fetcher it is handed and judges again.
import type { ByteSource } from '../../preload/contract/byte-source';
import { codeOf, isFailure } from '../../preload/contract/failure';
import type { FileVerdict } from '../../preload/contract/verdict';
import type { Certificate } from './certificate';
import { readCertificates } from './cms';
import { type FileFacts, readFacts } from './facts';
import { type Fetcher, fetchNeeds, noFetched } from './fetching';
import { type Judgement, judge, type RevocationNeed } from './judgement';
import { type Evidence, joinEvidence, readEvidence } from './revocation';

export interface VerifyOptions {
  /** DER of certificates that are trusted by themselves. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  /** The moment to judge at; `now` when absent. */
  readonly time?: Date;
  readonly now: Date;
  readonly password?: string;
}

/** A silent responder leaves the larger part of the time for the revocation list. */
const attemptShare = 0.4;

export interface VerifyAnswer {
  readonly verdict: FileVerdict;
  /** What could be fetched to know more; empty when everything needed was there. */
  readonly needs: readonly RevocationNeed[];
}

/** Verifies every signature of a PDF. A file that cannot be read is a verdict too (`unreadable` with its code). */
export function verifyPdf(source: ByteSource, options: VerifyOptions): VerifyAnswer {
  const facts = tryFacts(source, options.password);
  return 'unreadable' in facts ? facts.unreadable : judgeWith(facts, options);
}

/**
 * Verifies, fetches what is missing (issuers, status) for at most `limitMs` in all, and judges again. Without a network
 * the answer is that of verifyPdf. A need that could not be met stays in `needs`.
 */
export async function verifyWithFetcher(
  source: ByteSource,
  options: VerifyOptions,
  fetcher: Fetcher,
  limitMs: number,
): Promise<VerifyAnswer> {
  const facts = tryFacts(source, options.password);
  if ('unreadable' in facts) return facts.unreadable;
  const deadline = AbortSignal.timeout(limitMs);
  const asked = new Set<string>();
  let known = noFetched;
  let answer = judgeWith(facts, options);
  // Issuer by issuer, then their status: a path of eight needs no more rounds than that.
  for (let round = 0; round < 8 && answer.needs.length > 0 && !deadline.aborted; round++) {
    const fetched = await fetchNeeds(answer.needs, fetcher, limitMs * attemptShare, deadline, asked);
    if (fetched.certificates.length + fetched.crls.length + fetched.ocspResponses.length === 0) break;
    known = {
      certificates: [...known.certificates, ...fetched.certificates],
      crls: [...known.crls, ...fetched.crls],
      ocspResponses: [...known.ocspResponses, ...fetched.ocspResponses],
    };
    answer = judgeWith(facts, {
      ...options,
      intermediates: [...options.intermediates, ...known.certificates],
      crls: [...options.crls, ...known.crls],
      ocspResponses: [...options.ocspResponses, ...known.ocspResponses],
    });
  }
  return answer;
}

function tryFacts(
  source: ByteSource,
  password: string | undefined,
): FileFacts | { unreadable: VerifyAnswer } {
  try {
    return readFacts(source, password);
  } catch (error) {
    if (!isFailure(error) && !(error instanceof RangeError)) throw error;
    // RangeError: the file became shorter, or its structure is nested beyond what a stack holds.
    const code = isFailure(error) ? codeOf(error) : 'pdf-object-damaged';
    return { unreadable: { verdict: { verdict: 'unreadable', signatures: [], codes: [code] }, needs: [] } };
  }
}

function judgeWith(facts: FileFacts, options: VerifyOptions): Judgement {
  const time = options.time ?? options.now;
  return judge(facts, {
    anchors: certificatesOf(options.anchors),
    intermediates: certificatesOf(options.intermediates),
    evidence: evidenceOf(options.crls, options.ocspResponses),
    time,
    now: new Date(Math.max(time.getTime(), options.now.getTime())),
  });
}

const parsed = new WeakMap<Uint8Array, readonly Certificate[]>();

/** Certificates by their bytes, parsed once: a batch is judged with the same anchors again and again. */
function certificatesOf(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    const known = parsed.get(der) ?? readCertificates([der]);
    parsed.set(der, known);
    return known;
  });
}

const parsedLists = new WeakMap<Uint8Array, Evidence>();

/** Evidence with each revocation list read once: what a batch is judged with stays the same, and lists may be long. */
function evidenceOf(crls: readonly Uint8Array[], ocspResponses: readonly Uint8Array[]): Evidence {
  const lists = crls.map((der) => {
    const known = parsedLists.get(der) ?? readEvidence([der], []);
    parsedLists.set(der, known);
    return known;
  });
  return joinEvidence(...lists, readEvidence([], ocspResponses));
}
