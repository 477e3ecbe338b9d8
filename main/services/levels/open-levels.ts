// Puts trust and levels together over one open profile: the road to authorities, what they answered, the check before a PIN,
// time stamps, the queue. It decides nothing itself.
import { join } from 'node:path';
import type { CallOutput } from '../../../preload/contract/calls';
import { Failure, isFailure } from '../../../preload/contract/failure';
import { asInstant, type DeskId, type Sha256 } from '../../../preload/contract/ids';
import { levelName } from '../../../preload/contract/levels';
import type { Attachment } from '../../../preload/contract/records';
import type { SigningRequest } from '../../../preload/contract/signing-request';
import type { BlobStore } from '../../blobs';
import type { ProxyFinder } from '../../exchange';
import type { Journal } from '../../journal';
import type { Settings } from '../../settings/settings';
import type { Vault } from '../../vault';
import { verdictOrReason } from '../arrivals';
import type { LevelReadingPort, ReadingPort } from '../reading-port';
import type { SigningResult } from '../signing';
import { createBeforeSigning } from '../validation/before-signing';
import { openAnswerCache } from '../validation/cache';
import { evidence, evidenceName } from '../validation/evidence';
import { validationFetcher } from '../validation/network';
import { createStanding } from '../validation/standing';
import { createLevels, type LevelMemory } from './service';
import { openStamps } from './stamps';

export interface OpenLevelsParts {
  readonly profile: string;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly blobs: BlobStore;
  readonly journal: Journal;
  readonly reading: ReadingPort & LevelReadingPort;
  /** The system's proxy for an address; undefined where there is no system to ask. */
  readonly systemProxy?: ProxyFinder | undefined;
  readonly report: (where: string, message: string) => void;
  /** True while somebody signs. */
  readonly busy: () => boolean;
  readonly changed: (documents: readonly DeskId[], waiting: number) => void;
  readonly now: () => Date;
}

function memoryIn(journal: Journal, now: () => Date): LevelMemory {
  const at = () => asInstant(now());
  return {
    raises: () => journal.raises(),
    wanted: async (input, documentId, level) =>
      void (await journal.append({ type: 'raise-wanted', input, documentId, level, at: at() })),
    raised: async (input, output, level) =>
      void (await journal.append({ type: 'raised', input, output, level, at: at() })),
    ended: async (input, code) => void (await journal.append({ type: 'raise-ended', input, code, at: at() })),
  };
}

/** Throws the Failures of the disk, and `file-unreadable` for a root of the settings that is not there. */
export async function openLevels(parts: OpenLevelsParts) {
  const { profile, settings, vault, blobs, journal, reading, now } = parts;
  const { validation } = settings;
  const key = vault.roomKey('validation');
  const straight = validationFetcher(validation, parts.systemProxy);
  const fetcher = await openAnswerCache({
    folder: join(profile, 'validation'),
    key,
    fetcher: straight,
    until: (kind, answer) => reading.answerUntil(kind, answer),
    now,
  });
  reading.fetchThrough(fetcher);
  const before = createBeforeSigning({
    standingOf: createStanding({ check: (one, limit) => reading.checkSigner(one, limit), now }),
    blobs,
    remember: async (acts, sha256) => {
      const at = asInstant(now());
      await journal.appendAll(acts.map((act) => ({ type: 'evidence', act, evidence: sha256, at })));
    },
    now,
  });
  const stamp = await openStamps({
    urls: validation.tsa,
    rule: { requests: validation.tsaRequests, minutes: validation.tsaMinutes },
    fetcher: straight,
    read: (reply, digest, nonce) => reading.readStamp(reply, digest, nonce),
    file: join(profile, 'validation', 'time-stamps'),
    key,
    now,
  });
  const levels = createLevels({
    policy: {
      enabled: validation.network && validation.tsa.length > 0 && validation.level !== 'B-B',
      target: validation.level,
      beforeSending: validation.beforeSending,
      trySeconds: validation.trySeconds,
    },
    memory: memoryIn(journal, now),
    verdictOf: (sha256) => reading.verdict(sha256),
    prepareStamp: (sha256, room) => reading.prepareStamp(sha256, room),
    prepareStore: (sha256) => reading.prepareStore(sha256),
    stamp,
    derive: async (sha256, increment) => {
      const about = { kind: 'raised', docId: '', name: 'van-ban.pdf' };
      return (await blobs.derive(sha256, [increment], about)).sha256;
    },
    changed: parts.changed,
    busy: parts.busy,
    report: parts.report,
    now,
    chance: Math.random,
    schedule: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });

  /** The newest file of a signed one, judged anew; the name is the ledger's to give. */
  async function file(input: Sha256): Promise<Attachment | null> {
    const sha256 = levels.newest(input);
    if (sha256 === null || sha256 === input) return null;
    const size = await blobs.size(sha256);
    if (size === null) throw new Failure('blob-missing', sha256);
    return {
      sha256,
      name: 'van-ban.pdf',
      description: '',
      contentType: 'application/pdf',
      size,
      verdict: await verdictOrReason(reading, sha256),
      verifiedAt: asInstant(now()),
      problem: null,
    };
  }

  /** What was kept of the check before a signature; null where none was, or where it cannot be read any more. */
  async function kept(sha256: Sha256): Promise<CallOutput<'levels.evidence'>['evidence']> {
    const name = journal.evidenceOf(sha256);
    const size = name === null ? null : await blobs.size(name);
    if (name === null || size === null) return null;
    const parsed = evidence.safeParse(
      JSON.parse(Buffer.from(await blobs.readRange(name, 0, size)).toString('utf8')),
    );
    if (!parsed.success) return null;
    const { signer, result, certificates, crls, ocspResponses } = parsed.data;
    return {
      ...{ sha256: name, name: evidenceName, signer, result },
      ...{ certificates: certificates.length, crls: crls.length, ocspResponses: ocspResponses.length },
    };
  }

  return {
    before,
    levels,
    file,
    kept,
    /** Takes a file over that the agency has signed; a leader's is raised with the seal, which comes after it. */
    async after(request: SigningRequest, done: SigningResult): Promise<void> {
      if (request.role === 'leader') return;
      try {
        await levels.want(request.documentId, done.output, levelName.parse(done.level));
      } catch (error) {
        // The signature is made and durable: nothing that comes after may cost it.
        if (!isFailure(error)) throw error;
        parts.report(error.code, error.detail);
      }
    },
  };
}

export type OpenLevels = Awaited<ReturnType<typeof openLevels>>;
