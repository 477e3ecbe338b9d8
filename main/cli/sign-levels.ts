// Puts together what raising a level needs on the command line: authorities of time, verification, the network. It signs
// nothing and writes nothing itself.
import { Failure } from '../../preload/contract/failure';
import { httpFetch } from '../runtime/http-fetcher';
import { type CheckToken, type RaiseTools, TimestampClient } from '../signing';
import { type Fetcher, type FetchRequest, type TrustMaterial, verifyWithFetcher } from '../verifying';
import { oids, readCertificates, readSignedData } from '../verifying/cms';
import { allowsPurpose, findPath } from '../verifying/path';
import { checkSigner } from '../verifying/signer-check';
import { gatherMaterial } from './sign-material';

/** What the status of certificates may cost for one verdict. */
const JUDGE_LIMIT_MS = 10_000;

export interface LevelOptions {
  readonly trust: TrustMaterial;
  /** Time-stamping authorities, the preferred one first. */
  readonly tsa: readonly string[];
  readonly password: string | undefined;
}

/** Addresses of time-stamping authorities as the command line takes them. Throws Failure `usage`. */
export function checkTsaUrl(text: string): string {
  let scheme: string;
  try {
    scheme = new URL(text).protocol;
  } catch (error) {
    throw new Failure('usage', `--tsa is not an address: ${text}`, { cause: error });
  }
  if (scheme !== 'http:' && scheme !== 'https:') throw new Failure('usage', `--tsa is not http: ${text}`);
  return text;
}

/** Checks a token's signature and its authority's purpose; with anchors, an authority that they refuse is refused. */
export function tokenCheck(trust: TrustMaterial): CheckToken {
  const anchors = readCertificates(trust.anchors);
  const intermediates = readCertificates(trust.intermediates);
  return (token) => {
    const data = readSignedData(token);
    const { content } = data;
    if (data.contentType !== oids.timeStampInfo || content === undefined) {
      throw new Failure('signing-timestamp-wrong', 'no time stamp token');
    }
    const { intact, certificate, codes } = checkSigner(
      data,
      (update) => update(content),
      oids.timeStampInfo,
      intermediates,
    );
    if (!intact || certificate === undefined) throw new Failure('signing-timestamp-wrong', codes.join(' '));
    if (!allowsPurpose(certificate, 'timestamp')) {
      throw new Failure('signing-timestamp-wrong', 'its certificate is not for time stamps');
    }
    if (anchors.length > 0) {
      const sources = { anchors, intermediates: [...intermediates, ...data.certificates] };
      const path = findPath(certificate, 'timestamp', sources, new Date());
      // An issuer that is missing can still be fetched; one that is somebody else's root cannot be helped.
      if (path.chain === 'untrusted') throw new Failure('timestamp-untrusted', path.codes.join(' '));
    }
    return content;
  };
}

/** A fetcher that asks everything once: what is judged again after each step has not changed. */
function remembering(fetcher: Fetcher): Fetcher {
  const answers = new Map<string, Promise<Uint8Array>>();
  return (request: FetchRequest) => {
    const body = request.body === undefined ? '' : Buffer.from(request.body).toString('base64');
    const key = `${request.url} ${body}`;
    const answer = answers.get(key) ?? fetcher(request);
    answers.set(key, answer);
    return answer;
  };
}

export interface LevelTools extends RaiseTools {
  readonly client: TimestampClient;
}

/** The tools for one run: its authorities of time are asked one after the other, for all files. */
export function levelTools(options: LevelOptions, fetcher: Fetcher = httpFetch): LevelTools {
  const { trust, tsa, password } = options;
  const client = new TimestampClient({ urls: tsa, fetcher, checkToken: tokenCheck(trust) });
  const known = remembering(fetcher);
  const more = password === undefined ? {} : { password };
  return {
    client,
    stamp: (digest) => client.stamp(digest),
    judge: async (source) => {
      const given = { ...trust, ocspResponses: [], now: new Date(), ...more };
      return (await verifyWithFetcher(source, given, known, JUDGE_LIMIT_MS)).verdict;
    },
    gather: (source) => gatherMaterial(source, { trust, fetcher, password, now: new Date() }),
    ...more,
  };
}
