// Puts together what raising a level needs on the command line: authorities of time, verification, the network. It signs
// nothing and writes nothing itself.
import { Failure } from '../../preload/contract/failure';
import { httpFetch } from '../runtime/http-fetcher';
import { type RaiseTools, readTimestampReply, TimestampClient } from '../signing';
import {
  type Fetcher,
  type FetchRequest,
  gatherMaterial,
  stampCheck,
  type TrustMaterial,
  verifyWithFetcher,
} from '../verifying';

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
  const check = stampCheck(trust);
  const client = new TimestampClient({
    urls: tsa,
    fetcher,
    read: (reply, digest, nonce) => readTimestampReply(reply, digest, nonce, check),
  });
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
