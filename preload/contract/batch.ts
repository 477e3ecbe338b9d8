// Signing many documents with one PIN, as it crosses between window and main: the list, its progress, what became of each.
// It holds no behaviour; what law allows and what is frozen is main's.
import { z } from 'zod';
import { actId, deskId, instant, sha256 } from './ids';
import { attachment, doneSignature } from './records';

/** Documents of one run. Each may bring its annexes along. */
export const mostDocuments = 500;
/** Files of one run, annexes included. */
export const mostFiles = 5000;

export const batchId = z.uuid();
export type BatchId = z.infer<typeof batchId>;

/** One file: the act follows from its bytes, its place on the page is found by rule. */
export const batchFile = z.strictObject({
  act: actId,
  role: z.enum(['leader', 'seal', 'attachment']),
  input: sha256,
});
export type BatchFile = z.infer<typeof batchFile>;

export const batchDocument = z.strictObject({
  documentId: deskId,
  /** The document first, then its annexes. */
  files: z.array(batchFile).min(1).max(500),
});
export type BatchDocument = z.infer<typeof batchDocument>;

/** A list of a window: documents once each. */
export const batchDocuments = z
  .array(batchDocument)
  .min(1)
  .max(mostDocuments)
  .refine((list) => new Set(list.map((one) => one.documentId)).size === list.length)
  .refine((list) => list.reduce((sum, one) => sum + one.files.length, 0) <= mostFiles);

export const signedFile = z.strictObject({ signature: doneSignature, file: attachment, level: z.string() });
export type SignedFile = z.infer<typeof signedFile>;

const code = z.string().max(200);

export const batchOutcome = z.discriminatedUnion('kind', [
  /** Every file of it, in the order of the list; each is verified from the disk. */
  z.strictObject({ kind: z.literal('signed'), documentId: deskId, files: z.array(signedFile).max(500) }),
  /** Left out before the PIN. */
  z.strictObject({ kind: z.literal('refused'), documentId: deskId, code }),
  /** Begun and not finished. */
  z.strictObject({ kind: z.literal('failed'), documentId: deskId, code }),
  /** Never begun. */
  z.strictObject({ kind: z.literal('unsigned'), documentId: deskId, code }),
]);
export type BatchOutcome = z.infer<typeof batchOutcome>;

export const batchProgress = z.strictObject({
  batch: batchId,
  phase: z.enum(['preparing', 'asking', 'signing', 'paused', 'over']),
  /** Of the work before the PIN, 0 to 1. */
  prepared: z.number().min(0).max(1),
  /** Documents signed and verified. */
  done: z.number().int(),
  /** Documents that cannot be signed in this run. */
  failed: z.number().int(),
  total: z.number().int(),
  /** The document whose file is with the token. */
  current: deskId.nullable(),
  /** Seconds that the rest will take, once a few are done; null before that and while it is paused. */
  etaSeconds: z.number().int().nullable(),
  /** When a pause ends by itself and the device is locked again. */
  pauseEndsAt: instant.nullable(),
});
export type BatchProgress = z.infer<typeof batchProgress>;
