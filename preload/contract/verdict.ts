// The verdict on a signed PDF as values: what the command line prints, the desk shows and the gates read.
// It decides nothing; main/verifying does.
import { z } from 'zod';

export const signatureVerdict = z.object({
  field: z.string(),
  kind: z.enum(['signature', 'timestamp']),
  signer: z.string(),
  issuer: z.string(),
  level: z.string(),
  integrity: z.enum(['intact', 'broken']),
  coverage: z.enum(['whole-file', 'whole-revision', 'partial']),
  chain: z.enum(['trusted', 'untrusted', 'unknown']),
  revocation: z.enum(['good', 'revoked', 'unknown']),
  time: z.object({ source: z.enum(['timestamp', 'signingTime', 'M', 'none']), value: z.string().nullable() }),
  changes: z.enum(['none', 'lta', 'form', 'signature', 'annotation', 'other']),
  permitted: z.boolean(),
  codes: z.array(z.string()),
});
export type SignatureVerdict = z.infer<typeof signatureVerdict>;

export const fileVerdict = z.object({
  verdict: z.enum(['valid', 'indeterminate', 'invalid', 'unsigned', 'unreadable']),
  signatures: z.array(signatureVerdict),
  codes: z.array(z.string()),
});
export type FileVerdict = z.infer<typeof fileVerdict>;

/** One sentence for the clerk, beginning with what may be done. */
export interface ClerkSentence {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly may: 'accept' | 'ask' | 'refuse';
  readonly vi: string;
}
