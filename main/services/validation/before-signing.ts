// The gate between a chosen certificate and its PIN: revoked or out of time is refused, what could not be found out is said, and
// what was found is durable before anything is signed.
import { codeOf, Failure } from '../../../preload/contract/failure';
import type { ActId, Sha256 } from '../../../preload/contract/ids';
import { asInstant } from '../../../preload/contract/ids';
import type { Standing } from '../../../preload/contract/levels';
import type { BlobStore } from '../../blobs';
import { evidenceFile, evidenceName } from './evidence';
import type { CheckedCertificate, KnownStanding } from './standing';

export interface Chosen extends CheckedCertificate {
  readonly holder: string;
  readonly issuer: string;
}

export interface BeforeSigningParts {
  readonly standingOf: (one: CheckedCertificate) => Promise<KnownStanding>;
  readonly blobs: BlobStore;
  /** Resolves when it is in the journal. */
  readonly remember: (acts: readonly ActId[], evidence: Sha256) => Promise<void>;
  readonly now: () => Date;
}

/** What cannot be looked at is unknown: the clerk is warned, and may go on (TT 15/2025, Appendix II). */
function unseen(error: unknown, now: Date): KnownStanding {
  const codes = [codeOf(error)];
  const empty = { path: [], crls: [], ocspResponses: [], revokedAt: null } as const;
  return {
    standing: { standing: 'unknown', codes, revokedAt: null, source: 'none', checkedAt: asInstant(now) },
    found: { standing: 'unknown', codes, source: 'none', ...empty, path: [], crls: [], ocspResponses: [] },
  };
}

export function createBeforeSigning(parts: BeforeSigningParts) {
  /** How it stands, in a bounded time; it never throws. */
  async function look(one: CheckedCertificate): Promise<KnownStanding> {
    try {
      return await parts.standingOf(one);
    } catch (error) {
      return unseen(error, parts.now());
    }
  }

  return {
    look: async (one: CheckedCertificate): Promise<Standing> => (await look(one)).standing,

    /**
     * Checks the certificate of these acts and keeps what was found. Throws Failure `signing-certificate-revoked`,
     * `signing-certificate-out-of-time`, and those of the disk: no PIN is asked for then.
     */
    async check(chosen: Chosen, acts: readonly ActId[]): Promise<Standing> {
      const known = await look(chosen);
      const { standing } = known;
      switch (standing.standing) {
        case 'revoked':
          throw new Failure('signing-certificate-revoked', standing.codes.join(' '));
        case 'expired':
        case 'not-yet-valid':
          throw new Failure('signing-certificate-out-of-time', standing.codes.join(' '));
        case 'good':
        case 'unknown':
        case 'untrusted': {
          const about = { kind: 'evidence', docId: '', name: evidenceName };
          const { sha256 } = await parts.blobs.put(about, evidenceFile(known, chosen));
          await parts.remember(acts, sha256);
          return standing;
        }
      }
    },
  };
}

export type BeforeSigning = ReturnType<typeof createBeforeSigning>;
