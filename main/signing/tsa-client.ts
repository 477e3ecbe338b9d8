// Gets a time stamp from one of several authorities: one request at a time, in their order, with pauses between attempts.
// It believes nothing unchecked, and its failure costs nothing but the time stamp.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import type { HttpFetch } from '../runtime/http-fetcher';
import { HttpRefused } from '../runtime/http-refused';
import { timestampRequest } from './timestamp';

export interface TimestampAuthorities {
  /** Addresses, the preferred one first. */
  readonly urls: readonly string[];
  readonly fetcher: (request: HttpFetch) => Promise<Uint8Array>;
  /** Takes the token out of a reply and checks it; throws a Failure for one that is not what was asked for. */
  readonly read: (
    reply: Uint8Array,
    digest: Uint8Array,
    nonce: Uint8Array,
  ) => Uint8Array | Promise<Uint8Array>;
  /** All that one authority may take for one stamp, its attempts together; state authorities need up to 131 s. */
  readonly limitMs?: number;
  readonly pause?: (ms: number) => Promise<void>;
}

const LIMIT_MS = 180_000;
/** Before the second and the third attempt. */
const PAUSES_MS = [2000, 4000] as const;
const MAX_REPLY = 256 * 1024;

/** Nobody gave a time stamp, and at least one authority answered with a refusal: waiting for the network would not help. */
export class StampRefused extends Failure {
  constructor(
    code: 'signing-timestamp-refused' | 'signing-timestamp-wrong',
    /** Who refused, with its own words: foreign text, shown as text and at most 300 characters. */
    readonly said: string,
    detail: string,
  ) {
    super(code, detail);
  }
}

/** Why one authority gave none; `refused` where it was reached and said so itself. */
interface Silence {
  readonly reason: string;
  readonly refused?: {
    readonly code: 'signing-timestamp-refused' | 'signing-timestamp-wrong';
    readonly said: string;
  };
}

/** Words of an authority on one line: no control characters, none that turn the direction of text. */
function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function silenceOf(error: unknown, url: string): Silence {
  const host = new URL(url).host.slice(0, 80);
  // 4xx: the request as such is not taken (account, address, too often). 5xx may pass.
  if (error instanceof HttpRefused && error.status >= 400 && error.status < 500) {
    const said = `${host}: HTTP ${error.status}`;
    return { reason: error.message, refused: { code: 'signing-timestamp-refused', said } };
  }
  if (!isFailure(error)) return { reason: `${String(error)}` };
  const reason = `${codeOf(error)} ${error.detail}`;
  const { code } = error;
  if (code !== 'signing-timestamp-refused' && code !== 'signing-timestamp-wrong') return { reason };
  return { reason, refused: { code, said: `${host}: ${oneLine(error.detail)}` } };
}

/** Ends with the work or with the signal: a fetcher that ignores its signal must not hold a signature back. */
async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('time is up'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, late]);
}

/** The time stamps of one run. An authority that failed for one document is not waited for again. */
export class TimestampClient {
  #lane: Promise<unknown> = Promise.resolve();
  readonly #silent = new Map<string, Silence>();

  constructor(private readonly authorities: TimestampAuthorities) {}

  /**
   * A token over bytes whose SHA-256 is `digest`. Requests wait for each other: authorities count and block.
   * Throws StampRefused where an authority refused, else Failure `signing-timestamp-failed`; both with what each said.
   */
  stamp(digest: Uint8Array): Promise<Uint8Array> {
    const mine = this.#lane.then(() => this.#ask(digest));
    this.#lane = mine.catch(() => undefined);
    return mine;
  }

  /** The same over the bytes themselves. */
  stampBytes(bytes: Uint8Array): Promise<Uint8Array> {
    return this.stamp(createHash('sha256').update(bytes).digest());
  }

  async #ask(digest: Uint8Array): Promise<Uint8Array> {
    for (const url of this.authorities.urls) {
      if (this.#silent.has(url)) continue;
      const answer = await this.#askOne(url, digest);
      if (answer instanceof Uint8Array) return answer;
      this.#silent.set(url, answer);
    }
    const silent = [...this.#silent];
    const detail = silent.map(([url, { reason }]) => `${url}: ${reason}`).join('; ');
    const refused = silent.find(([, one]) => one.refused !== undefined)?.[1].refused;
    if (refused === undefined) throw new Failure('signing-timestamp-failed', detail);
    throw new StampRefused(refused.code, refused.said, detail);
  }

  async #askOne(url: string, digest: Uint8Array): Promise<Uint8Array | Silence> {
    const { fetcher, read, limitMs = LIMIT_MS, pause = delay } = this.authorities;
    const end = AbortSignal.timeout(limitMs);
    let silence: Silence = { reason: '' };
    for (let attempt = 0; attempt <= PAUSES_MS.length && !end.aborted; attempt += 1) {
      const wait = PAUSES_MS[attempt - 1];
      const nonce = randomBytes(8);
      try {
        if (wait !== undefined) await within(pause(wait).then(), end);
        const request: HttpFetch = {
          url,
          body: timestampRequest(digest, nonce),
          contentType: 'application/timestamp-query',
          accept: 'application/timestamp-reply',
          maxBytes: MAX_REPLY,
          signal: end,
        };
        const reply = await within(fetcher(request), end);
        return await read(reply, digest, nonce);
      } catch (error) {
        silence = silenceOf(error, url);
        // What an authority refuses or answers wrongly, it refuses again: only the way to it is worth another try.
        if (isFailure(error) || silence.refused !== undefined) break;
      }
    }
    return silence;
  }
}
