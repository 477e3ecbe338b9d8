// The check of a certificate before its PIN is asked for (NĐ 23/2025 Art. 15; TT 15/2025 Art. 5, Appendix II): path, dates, status,
// in a bounded time, said in one sentence. It refuses nothing itself.
import { createHash } from 'node:crypto';
import { asInstant } from '../../../preload/contract/ids';
import type { Standing } from '../../../preload/contract/levels';
import type { JobAnswer } from '../../reading';

/** A certificate on a device, and those that the device carries with it. */
export interface CheckedCertificate {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
}

/** All that was found, to be kept with what is signed. */
export interface KnownStanding {
  readonly standing: Standing;
  readonly found: JobAnswer<'check-signer'>;
}

export interface StandingParts {
  readonly check: (one: CheckedCertificate, milliseconds: number) => Promise<JobAnswer<'check-signer'>>;
  readonly now: () => Date;
}

/** How long a clerk waits for a status, milliseconds. */
const limit = 2500;
/** What was found a moment ago, for the road, is good enough for the PIN window. */
const holds = 60_000;
/** An answer that did not come is asked for again sooner. */
const holdsUnknown = 10_000;

export function createStanding(parts: StandingParts) {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<KnownStanding> }>();

  async function ask(one: CheckedCertificate): Promise<KnownStanding> {
    const found = await parts.check(one, limit);
    const standing: Standing = {
      standing: found.standing,
      codes: [...found.codes],
      revokedAt: found.revokedAt === null ? null : asInstant(found.revokedAt),
      source: found.source,
      checkedAt: asInstant(parts.now()),
    };
    return { standing, found };
  }

  /** How it stands; asked of the authorities at most once a minute. Throws the reading host's Failures. */
  return async function standingOf(one: CheckedCertificate): Promise<KnownStanding> {
    const name = createHash('sha256').update(one.certificate).digest('hex');
    const before = known.get(name);
    const now = parts.now().getTime();
    if (before !== undefined && now - before.at < holds) {
      const { standing } = await before.answer;
      if (standing.standing !== 'unknown' || now - before.at < holdsUnknown) return before.answer;
    }
    const answer = ask(one);
    known.set(name, { at: now, answer });
    answer.catch(() => known.delete(name));
    return answer;
  };
}
