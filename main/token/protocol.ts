// The messages between main and the token host, checked on both sides. It holds no behaviour.
// A PIN travels here only from the command line; the PIN window's own port goes straight to the host.
import { z } from 'zod';
import { sentences } from '../../preload/contract/codes';
import { tokenCodes } from '../../preload/contract/codes/token';
import type { TokenCode } from './ckr';
import { pinStateKinds } from './pin-state';

const bytes = (limit: number): z.ZodType<Uint8Array> =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= limit);

export const tokenCode = z.custom<TokenCode>(
  (value) => typeof value === 'string' && (value in tokenCodes || value === 'cancelled'),
);

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The digest follows the key: SHA-256 for RSA and P-256, SHA-384 for P-384 and P-521. The names are those of signing. */
export const signatureAlgorithm = z.enum([
  'rsa-pkcs1-sha256',
  'rsa-pss-sha256',
  'ecdsa-sha256',
  'ecdsa-sha384',
]);
export type SignatureAlgorithm = z.infer<typeof signatureAlgorithm>;

export const certificateCard = z.object({
  fingerprint: hash,
  der: bytes(64 * 1024),
  /** CKA_ID, lower-case hex; '' where the driver gives none. */
  id: z.string(),
  label: z.string(),
  subject: z.string(),
  organization: z.string(),
  issuer: z.string(),
  serial: z.string(),
  /** Milliseconds since 1970, UTC. */
  notBefore: z.number(),
  notAfter: z.number(),
  /** E.g. RSA-2048, P-256, or the object identifier of a kind that is not supported. */
  keyType: z.string(),
  authority: z.boolean(),
  /** null: it can sign. */
  reason: tokenCode.nullable(),
});
export type CertificateCard = z.infer<typeof certificateCard>;

export const tokenCard = z.object({
  module: z.string(),
  label: z.string(),
  serial: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  pin: z.enum(pinStateKinds),
  pinPad: z.boolean(),
  minPin: z.number(),
  maxPin: z.number(),
  mechanisms: z.array(z.number()),
  certificates: z.array(certificateCard),
  /** A token that is there but cannot be read: the code of why. */
  code: tokenCode.nullable(),
});
export type TokenCard = z.infer<typeof tokenCard>;

export const moduleCard = z.object({
  path: z.string(),
  description: z.string(),
  manufacturer: z.string(),
  version: z.string(),
  tokens: z.array(tokenCard),
});
export type ModuleCard = z.infer<typeof moduleCard>;

export const slotLine = z.object({
  description: z.string(),
  manufacturer: z.string(),
  present: z.boolean(),
  /** Function and return value where the slot could not be asked; '' else. */
  problem: z.string(),
});
export type SlotLine = z.infer<typeof slotLine>;

export const diagnosis = z.object({
  cryptokiVersion: z.string(),
  slots: z.array(slotLine),
  module: moduleCard,
});
export type Diagnosis = z.infer<typeof diagnosis>;

export const openedSession = z.object({
  session: z.number().int(),
  algorithm: signatureAlgorithm,
  certificate: bytes(64 * 1024),
  chain: z.array(bytes(64 * 1024)),
  pin: z.enum(pinStateKinds),
  pinPad: z.boolean(),
  minPin: z.number(),
  maxPin: z.number(),
});
export type OpenedSession = z.infer<typeof openedSession>;

/** Each call: what goes to the host and what comes back. */
export const tokenCalls = {
  /** Loads one driver and reads its tokens and certificates; no login. */
  inspect: { input: z.strictObject({ module: z.string() }), output: moduleCard },
  /** The same with what only a search for a fault wants: versions and every slot. */
  diagnose: { input: z.strictObject({ module: z.string() }), output: diagnosis },
  /**
   * Finds the chosen certificate on its token, before any PIN. `hashes` is the frozen list of SHA-256 of everything that
   * this login may sign; the host refuses anything else.
   */
  open: {
    input: z.strictObject({
      module: z.string(),
      tokenSerial: z.string(),
      tokenLabel: z.string(),
      fingerprint: hash,
      hashes: z.array(hash).min(1).max(10_000),
      pss: z.boolean(),
    }),
    output: openedSession,
  },
  /**
   * One login with a PIN of the command line. `confirmed` must be true at the last try. `signaturePin` is the key's own,
   * where the device has two; without it the one PIN serves both.
   */
  login: {
    input: z.strictObject({
      session: z.number().int(),
      pin: bytes(256),
      confirmed: z.boolean(),
      signaturePin: bytes(256).optional(),
    }),
    output: z.strictObject({}),
  },
  /** Waits for the PIN window, whose port comes with this message. Ends when logged in, cancelled or locked. */
  ask: { input: z.strictObject({ session: z.number().int() }), output: z.strictObject({}) },
  /** One signature over bytes whose SHA-256 stands in the list. ECDSA comes back as DER (RFC 3279 2.2.3). */
  sign: {
    input: z.strictObject({ session: z.number().int(), bytes: bytes(1 << 20) }),
    /** `note`: which mechanism was refused with what before another signed; '' when none was. */
    output: z.strictObject({ signature: bytes(4096), note: z.string() }),
  },
  /** Logs out and closes; a PIN still being asked for ends as cancelled. `clean` false: the driver refused one of the two. */
  end: {
    input: z.strictObject({ session: z.number().int() }),
    output: z.strictObject({ clean: z.boolean() }),
  },
} as const;

export type TokenCalls = typeof tokenCalls;
export type TokenCallName = keyof TokenCalls;
export type TokenInput<N extends TokenCallName> = z.output<TokenCalls[N]['input']>;
export type TokenOutput<N extends TokenCallName> = z.output<TokenCalls[N]['output']>;

export const hostRequest = z.strictObject({
  id: z.number().int(),
  call: z.enum(['inspect', 'diagnose', 'open', 'login', 'ask', 'sign', 'end']),
  input: z.unknown(),
});
export type HostRequest = z.infer<typeof hostRequest>;

const anyCode = z.custom<keyof typeof sentences>((value) => typeof value === 'string' && value in sentences);

export const hostReply = z.union([
  z.strictObject({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.number().int(), ok: z.literal(false), code: anyCode, detail: z.string() }),
  /** The driver is now working on the call of this id, or waits for a person again: the time limit runs or rests. */
  z.strictObject({ id: z.number().int(), working: z.boolean() }),
]);
export type HostReply = z.infer<typeof hostReply>;
