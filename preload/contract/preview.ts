// What a file that is no page shows of itself: words, or what an archive holds. Shapes only; it holds no behaviour.
import { z } from 'zod';
import { call } from './call';
import { sha256 } from './ids';

/** Letters shown at most; the file itself has the rest. */
export const mostLetters = 400_000;
/** Lines of an archive shown at most. */
export const mostListed = 2000;

export const filePreview = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().max(mostLetters),
    /** How the bytes were read: `legacy` is a code of before Unicode (TCVN3, VNI) or a Western one. */
    encoding: z.enum(['utf-8', 'utf-16', 'legacy', 'office']),
    /** There is more than is shown. */
    cut: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('list'),
    entries: z
      .array(
        z.strictObject({ name: z.string().max(600), size: z.number().int().min(0), locked: z.boolean() }),
      )
      .max(mostListed),
    /** All that the archive says it holds. */
    count: z.number().int().min(0),
    bytes: z.number().int().min(0),
  }),
  /** Nothing of it can be shown. */
  z.strictObject({ kind: z.literal('none') }),
]);
export type FilePreview = z.infer<typeof filePreview>;

export const previewCalls = {
  /** Reads a stored file in the reading host, within limits; nothing is taken out of an archive. */
  'files.preview': call(z.strictObject({ sha256 }), filePreview),
} as const;
