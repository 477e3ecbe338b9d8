// Remembers what authorities answered (OCSP, lists, issuer certificates) until it expires, in memory and sealed on disk, so that
// signing without a network still knows the last status. It believes nothing: what it gives back is judged like any answer.
import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFailure } from '../../../preload/contract/failure';
import { makeFolder, removeFile, writeDurably } from '../../runtime/durable-file';
import { seal, unseal } from '../../vault/seal';
import type { Fetcher, FetchRequest } from '../../verifying';

interface Kept {
  readonly answer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface AnswerCacheParts {
  readonly folder: string;
  /** The vault's key of the room; copied. */
  readonly key: Uint8Array;
  readonly fetcher: Fetcher;
  /** Until when an answer holds, by its own word; null: it does not say, or is no such answer. */
  readonly until: (kind: 'ocsp' | 'crl', answer: Uint8Array) => Promise<Date | null>;
  readonly now: () => Date;
}

/** An issuer's certificate says of itself how long it holds; asking again after a month costs little. */
const issuerHolds = 30 * 24 * 3_600_000;
/** Never longer than this, whatever an authority says: a status of last year helps nobody. */
const longest = 45 * 24 * 3_600_000;
/** While this process runs, and nothing is known of its end yet. */
const unread = 60_000;
const lengthOfUntil = 8;

type Kind = 'ocsp' | 'crl' | 'issuer' | null;

/** Time stamps are never the same twice; all else is known by what is asked of whom. */
function kindOf(request: FetchRequest): Kind {
  if (request.contentType === 'application/ocsp-request') return 'ocsp';
  if (request.body !== undefined) return null;
  return request.maxBytes > 1 << 20 ? 'crl' : 'issuer';
}

/** A fetcher that asks only for what it does not know. */
export async function openAnswerCache(parts: AnswerCacheParts): Promise<Fetcher> {
  const { folder, now } = parts;
  const key = Uint8Array.from(parts.key);
  const known = new Map<string, Kept>();
  await makeFolder(folder);

  const nameOf = (request: FetchRequest): string =>
    // A plain hash would tell anybody with the disk whose status was asked for.
    createHmac('sha256', key)
      .update(request.url)
      .update('|')
      .update(
        createHash('sha256')
          .update(request.body ?? new Uint8Array())
          .digest(),
      )
      .digest('hex');

  for (const name of await readdir(folder)) {
    // A write that a crash stopped left its beginning.
    if (/^[0-9a-f]{64}\..*part$/.test(name)) await removeFile(join(folder, name));
    if (!/^[0-9a-f]{64}$/.test(name)) continue;
    const plain = unseal(key, await readFile(join(folder, name)), name);
    const until = plain === null ? 0 : Number(Buffer.from(plain).readBigUInt64BE(0));
    // What another key sealed, somebody changed, or is over, is worth nothing.
    if (plain === null || until <= now().getTime()) await removeFile(join(folder, name));
    else known.set(name, { answer: Uint8Array.from(plain.subarray(lengthOfUntil)), until });
  }

  async function keep(name: string, kind: Exclude<Kind, null>, answer: Uint8Array): Promise<void> {
    const at = now().getTime();
    const said = kind === 'issuer' ? at + issuerHolds : (await parts.until(kind, answer))?.getTime();
    if (said === undefined || said <= at) {
      known.delete(name);
      return;
    }
    const until = Math.min(said, at + longest);
    known.set(name, { answer, until });
    const head = Buffer.alloc(lengthOfUntil);
    head.writeBigUInt64BE(BigInt(until));
    await writeDurably(join(folder, name), seal(key, Buffer.concat([head, answer]), name));
  }

  return async (request) => {
    const kind = kindOf(request);
    if (kind === null) return parts.fetcher(request);
    const name = nameOf(request);
    const found = known.get(name);
    if (found !== undefined && found.until > now().getTime()) return found.answer;
    const answer = await parts.fetcher(request);
    known.set(name, { answer, until: now().getTime() + unread });
    keep(name, kind, answer).catch((error: unknown) => {
      // No answer that cannot be read or written down is kept longer; nothing else depends on it.
      known.delete(name);
      if (!isFailure(error)) throw error;
    });
    return answer;
  };
}
