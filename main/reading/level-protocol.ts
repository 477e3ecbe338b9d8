// The jobs of the reading host that raise a signature's level and look at a certificate before signing: what goes in and what
// comes back, checked in full. It holds no behaviour.
import { z } from 'zod';
import { bytes, codeWord, count, ders, fileAccess, preparedAnswer } from './protocol-parts';

const mebibyte = 1 << 20;
const trust = { anchors: ders, intermediates: ders, crls: ders };

export const levelAnswers = {
  /** A document time stamp without its token. */
  'prepare-stamp': z.strictObject({ prepared: preparedAnswer }),
  /** The token of an authority's reply, checked. */
  'read-stamp': z.strictObject({ token: bytes(mebibyte) }),
  /** The increment with the security store; null when all of it is there. */
  'prepare-store': z.strictObject({ increment: bytes(256 * mebibyte).nullable() }),
  'check-signer': z.strictObject({
    standing: z.enum(['good', 'revoked', 'expired', 'not-yet-valid', 'untrusted', 'unknown']),
    codes: z.array(codeWord).max(100),
    revokedAt: z.date().nullable(),
    source: z.enum(['ocsp', 'crl', 'none']),
    path: ders,
    crls: ders,
    ocspResponses: ders,
  }),
  /** Until when an answer of an authority holds; null when it is no such answer or does not say. */
  'answer-until': z.strictObject({ until: z.date().nullable() }),
} as const;

export const levelInputs = {
  'prepare-stamp': z.strictObject({
    access: fileAccess,
    room: z.number().int().min(1024).max(mebibyte),
    password: z.string().nullable().default(null),
  }),
  'read-stamp': z.strictObject({
    reply: bytes(mebibyte),
    digest: bytes(64),
    nonce: bytes(64),
    anchors: ders,
    intermediates: ders,
  }),
  'prepare-store': z.strictObject({
    access: fileAccess,
    ...trust,
    now: z.date(),
    password: z.string().nullable().default(null),
    fetchMilliseconds: count,
  }),
  'check-signer': z.strictObject({
    certificate: bytes(mebibyte),
    chain: z.array(bytes(mebibyte)).max(20),
    ...trust,
    now: z.date(),
    fetchMilliseconds: count,
  }),
  'answer-until': z.strictObject({ kind: z.enum(['ocsp', 'crl']), answer: bytes(64 * mebibyte) }),
} as const;
