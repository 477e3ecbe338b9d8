// What window and main say to each other of a certificate's standing before signing and of the levels of signatures after it
// (EN 319 142-1). Values only, no behaviour.
import { z } from 'zod';
import { type Code, sentences } from './codes';
import { deskId, instant, sha256 } from './ids';

const code = z.custom<Code>((value) => typeof value === 'string' && Object.hasOwn(sentences, value));

/** How a certificate stands, as far as could be found out in a bounded time. */
export const standing = z.strictObject({
  standing: z.enum(['good', 'revoked', 'expired', 'not-yet-valid', 'untrusted', 'unknown']),
  codes: z.array(code).max(100),
  revokedAt: instant.nullable(),
  /** What said so: the authority's responder, its list, or nobody. */
  source: z.enum(['ocsp', 'crl', 'none']),
  checkedAt: instant,
});
export type Standing = z.infer<typeof standing>;

export const levelName = z.enum(['none', 'CMS', 'B-B', 'B-T', 'B-LT', 'B-LTA']);
export type LevelName = z.infer<typeof levelName>;

/** One signed file on its way to a level. */
export const levelJob = z.strictObject({
  documentId: deskId,
  /** The file as it was signed. */
  input: sha256,
  /** Every file that came of it, the signed one first, the newest last. */
  names: z.array(sha256).min(1).max(20),
  level: levelName,
  target: levelName,
  state: z.enum(['waiting', 'working', 'reached', 'stopped']),
  /** Why it waits or has stopped; null before the first try. */
  code: code.nullable(),
  /** Who refused a time stamp, in its own words; '' where nobody did. Foreign text. */
  said: z.string().max(300),
  /** When it is tried again by itself; null when it is not waiting. */
  notBefore: instant.nullable(),
});
export type LevelJob = z.infer<typeof levelJob>;

export const levelsPolicy = z.strictObject({
  /** False: no authority of time is named, so signatures stay at B-B. */
  enabled: z.boolean(),
  target: levelName,
  beforeSending: z.enum(['off', 'try', 'required']),
});
export type LevelsPolicy = z.infer<typeof levelsPolicy>;
