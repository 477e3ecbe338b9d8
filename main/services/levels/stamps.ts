// Time stamps for the desk: the authorities of the settings in their order, each asked no oftener than it allows, also over
// restarts. A failure costs nothing but the time stamp.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Failure, isFailure } from '../../../preload/contract/failure';
import { isNotFound } from '../../runtime/disk-failure';
import { writeDurably } from '../../runtime/durable-file';
import { StampRefused, TimestampClient } from '../../signing';
import { seal, unseal } from '../../vault/seal';
import type { Fetcher } from '../../verifying';
import { type Asked, afterAsking, type BudgetRule, mayAskAt } from './budget';

export interface StampParts {
  readonly urls: readonly string[];
  readonly rule: BudgetRule;
  readonly fetcher: Fetcher;
  readonly read: (reply: Uint8Array, digest: Uint8Array, nonce: Uint8Array) => Promise<Uint8Array>;
  /** Where the counts lie, sealed. */
  readonly file: string;
  readonly key: Uint8Array;
  readonly now: () => Date;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** A time stamp that has to wait; `notBefore` is when an authority may be asked again. */
export class StampLimited extends Failure {
  constructor(readonly notBefore: number) {
    super('timestamp-limited', new Date(notBefore).toISOString());
  }
}

const counts = z.record(z.string(), z.array(z.number()));
const context = 'time-stamp counts';

async function readCounts(file: string, key: Uint8Array): Promise<Asked> {
  try {
    const plain = unseal(key, await readFile(file), context);
    if (plain === null) return new Map();
    return new Map(Object.entries(counts.parse(JSON.parse(Buffer.from(plain).toString('utf8')))));
  } catch (error) {
    // A count that is lost or damaged begins anew: the authority's own limit still answers.
    if (isNotFound(error) || error instanceof SyntaxError || error instanceof z.ZodError) return new Map();
    throw error;
  }
}

export async function openStamps(parts: StampParts) {
  const { urls, rule, now } = parts;
  const key = Uint8Array.from(parts.key);
  let asked = await readCounts(parts.file, key);

  const free = (url: string): boolean => {
    const at = now().getTime();
    return mayAskAt(asked, url, rule, at) <= at;
  };

  /** Counted and written down before the request leaves: what a crash forgets would be asked twice. */
  const counted: Fetcher = async (request) => {
    if (!free(request.url)) throw new Failure('timestamp-limited', request.url);
    asked = afterAsking(asked, request.url, rule, now().getTime());
    const plain = Buffer.from(JSON.stringify(Object.fromEntries(asked)), 'utf8');
    await writeDurably(parts.file, seal(key, plain, context));
    return parts.fetcher(request);
  };

  /**
   * A token over this digest. Throws StampLimited when no authority may be asked now, StampRefused, Failure
   * `signing-timestamp-failed`.
   */
  return async function stamp(digest: Uint8Array): Promise<Uint8Array> {
    const open = urls.filter(free);
    const at = now().getTime();
    const limited = () => new StampLimited(Math.min(...urls.map((url) => mayAskAt(asked, url, rule, at))));
    if (open.length === 0) throw limited();
    // A new one each time: an authority that was silent for one file may answer for the next.
    const client = new TimestampClient({
      urls: open,
      fetcher: counted,
      read: parts.read,
      ...(parts.pause === undefined ? {} : { pause: parts.pause }),
    });
    try {
      return await client.stamp(digest);
    } catch (error) {
      // The last free request may have been one of its own attempts.
      if (isFailure(error) && !(error instanceof StampRefused) && !urls.some(free)) throw limited();
      throw error;
    }
  };
}
