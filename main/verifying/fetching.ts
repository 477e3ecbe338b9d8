// Meets the needs of a judgement through a fetcher that the caller hands in: issuer certificates, OCSP, revocation lists.
// What comes back is only bytes to be judged; nothing here is believed, and every failure just leaves the need open.
import { isFailure } from '../../preload/contract/failure';
import { readCertificate } from './certificate';
import { readSignedData } from './cms';
import { readRevocationList } from './crl';
import type { RevocationNeed } from './judgement';
import { readOcspResponse } from './ocsp';
import { pemBlocks } from './trust-file';

export interface FetchRequest {
  readonly url: string;
  /** A POST when there is a body, else a GET. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  readonly accept: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** One attempt; rejects on anything but a 2xx answer within the limits. */
export type Fetcher = (request: FetchRequest) => Promise<Uint8Array>;

export interface Fetched {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

export const noFetched: Fetched = { certificates: [], crls: [], ocspResponses: [] };

const certificateBytes = 256 * 1024;
const ocspBytes = 256 * 1024;
const crlBytes = 32 << 20;
/** Addresses tried for one need: more of them are no more likely to answer. */
const maxAddresses = 4;

/** Fetches for all needs at once, one attempt taking at most `attemptMs`. `asked` remembers what was asked, so that nothing is asked twice. */
export async function fetchNeeds(
  needs: readonly RevocationNeed[],
  fetcher: Fetcher,
  attemptMs: number,
  signal: AbortSignal,
  asked: Set<string>,
): Promise<Fetched> {
  const certificates: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  const attempt = async (
    request: Omit<FetchRequest, 'signal'>,
    id: string,
    keep: (bytes: Uint8Array) => void,
  ) => {
    if (asked.has(id)) return false;
    asked.add(id);
    try {
      keep(await bounded((own) => fetcher({ ...request, signal: own }), attemptMs, signal));
      return true;
    } catch (error) {
      // The network, the server or its answer: the need stays open and the verdict says so.
      void error;
      return false;
    }
  };
  const meet = async (need: RevocationNeed) => {
    for (const url of need.issuerUrls.slice(0, maxAddresses)) {
      const done = await attempt({ url, accept: '*/*', maxBytes: certificateBytes }, url, (bytes) => {
        certificates.push(...issuersIn(bytes));
      });
      if (done) return;
    }
    for (const url of need.ocspRequest.length === 0 ? [] : need.ocspUrls.slice(0, maxAddresses)) {
      const request = {
        url,
        body: need.ocspRequest,
        contentType: 'application/ocsp-request',
        accept: 'application/ocsp-response',
        maxBytes: ocspBytes,
      };
      const done = await attempt(request, `${url} ${need.certificateFingerprint}`, (bytes) => {
        if (readOcspResponse(bytes) === undefined) throw new Error('no status in the answer');
        ocspResponses.push(bytes);
      });
      if (done) return;
    }
    for (const url of need.crlUrls.slice(0, maxAddresses)) {
      const done = await attempt({ url, accept: '*/*', maxBytes: crlBytes }, url, (bytes) => {
        const der = pemBlocks(bytes).find((block) => block.label === 'X509 CRL')?.der ?? bytes;
        readRevocationList(der);
        crls.push(der);
      });
      if (done) return;
    }
  };
  await Promise.all(needs.map(meet));
  return { certificates, crls, ocspResponses };
}

/**
 * Runs one attempt for at most `limitMs`, and no longer than `signal` allows. A server that keeps silent must leave time
 * for the next address, and a fetcher that ignores its signal must not hold the verdict back.
 */
async function bounded<T>(
  run: (signal: AbortSignal) => Promise<T>,
  limitMs: number,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) throw new Error('time is up');
  const own = new AbortController();
  const stop = () => own.abort();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, limitMs);
  try {
    const late = new Promise<never>((_, reject) => {
      own.signal.addEventListener('abort', () => reject(new Error('time is up')), { once: true });
    });
    return await Promise.race([run(own.signal), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** RFC 5280 4.2.2.1: one certificate in DER, or a certs-only CMS; PEM occurs. */
function issuersIn(bytes: Uint8Array): Uint8Array[] {
  const blocks = pemBlocks(bytes);
  if (blocks.length > 0)
    return blocks.filter((one) => one.label.endsWith('CERTIFICATE')).map((one) => one.der);
  try {
    return [readCertificate(bytes).der];
  } catch (error) {
    if (!isFailure(error)) throw error;
    return readSignedData(bytes).certificates.map((one) => one.der);
  }
}
