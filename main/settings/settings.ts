// The settings of one profile: which agency, which hub, which drivers and anchors. It keeps no secret and no document.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../preload/contract/failure';
import { organ } from '../../preload/contract/records';
import { absolutePath } from './absolute-path';
import { hubSettings, proxySetting } from './hub-settings';
import { problemsOf } from './problems';

export const settingsSchema = z.object({
  agency: organ,
  /** What follows the number on this agency's documents, e.g. UBND. */
  notation: z.string().min(1).max(30),
  /** Địa danh of the date line. */
  place: z.string().min(1).max(60),
  user: z.string().min(1).max(100),
  profile: z.enum(['clerk', 'leader']).default('clerk'),
  hub: hubSettings.nullable(),
  /** PKCS#11 modules beyond the list of known drivers. */
  modules: z.array(absolutePath).default([]),
  /** RSA signatures as PSS (TT 15/2025) on devices that offer it; the others go on with PKCS#1 v1.5. */
  pss: z.boolean().default(false),
  /** How long a driver may work before it is given up, seconds: at a look, with a PIN, at one signature. */
  deviceSeconds: z
    .object({
      look: z.number().int().min(1).max(600).default(30),
      login: z.number().int().min(1).max(600).default(90),
      sign: z.number().int().min(1).max(600).default(60),
    })
    .prefault({}),
  /** false: only the modules named here are looked at, neither the list of known drivers nor Windows' registry. */
  searchDrivers: z.boolean().default(true),
  /** Certificates of roots trusted for signatures, PEM or DER files. */
  anchors: z.array(absolutePath).default([]),
  /** Status of certificates, time stamps, and the level that signatures are raised to. */
  validation: z
    .object({
      /** False: nothing is ever asked of an authority. */
      network: z.boolean().default(true),
      proxy: proxySetting,
      /** Certificate authorities for TLS to these servers instead of the runtime's own, PEM files. */
      authorities: z.array(absolutePath).default([]),
      /** Time-stamping authorities, the preferred one first; none: signatures stay at B-B. */
      tsa: z.array(z.url({ protocol: /^https?$/ })).default([]),
      /** One authority is asked at most so often in so many minutes: state authorities block who asks more. */
      tsaRequests: z.number().int().min(1).max(100_000).default(20),
      tsaMinutes: z.number().int().min(1).max(1440).default(20),
      level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA']).default('B-LTA'),
      /** Before a package is frozen: not at all, for so many seconds and then as it is, or not sent below the level. */
      beforeSending: z.enum(['off', 'try', 'required']).default('try'),
      trySeconds: z.number().int().min(1).max(180).default(8),
    })
    .prefault({}),
  /** LibreOffice's program (soffice), where it is not at a place it is known by. */
  office: absolutePath.optional(),
  /** Diameter of the agency's seal in millimetres: it is shown in its real size (NĐ 30/2020, phụ lục I, II.8.a). */
  sealMm: z.number().min(10).max(80).default(36),
  images: z.object({ leader: absolutePath.optional(), seal: absolutePath.optional() }).default({}),
  /** The organisation's public key for recovery of stores, PEM; without one the clerk keeps a recovery phrase. */
  recoveryKey: absolutePath.optional(),
  /** Only a test profile: the environment variable that holds the passphrase of the vault. */
  passphraseFrom: z.string().optional(),
  /**
   * SHA-256 of files whose secrecy mark is a false alarm, or the hub's names of quarantined packages (shown at their rows),
   * decided by who answers for state secrets: these alone may pass, and each passing is written down. A package that is named
   * is fetched once more. A mark in a header never passes.
   */
  secrecyFalseAlarms: z.array(z.string().regex(/^[\w.:{}-]{1,200}$/)).default([]),
  syncSeconds: z.number().int().min(1).max(3600).default(60),
});
export type Settings = z.output<typeof settingsSchema>;

/** Reads settings.json of a profile. Throws Failure `settings-missing` or `settings-broken`; never guesses. */
export function readSettings(profile: string): Settings {
  let text: string;
  try {
    text = readFileSync(join(profile, 'settings.json'), 'utf8');
  } catch (error) {
    throw new Failure('settings-missing', profile, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Failure('settings-broken', 'settings.json: không đúng cú pháp JSON', { cause: error });
  }
  const parsed = settingsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Failure('settings-broken', problemsOf(parsed.error, json).join('; '), { cause: parsed.error });
}
