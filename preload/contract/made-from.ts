// What a file was made from: the originals stay as blobs beside it, byte for byte, and never travel. Values only.
import { z } from 'zod';
import { sha256 } from './ids';

/** A file as it came in, before anything was made of it. */
export const originalFile = z.strictObject({
  sha256,
  name: z.string().max(600),
  contentType: z.string().max(200),
  size: z.number().int().min(0),
});
export type OriginalFile = z.infer<typeof originalFile>;

export const madeFrom = z.strictObject({
  how: z.enum(['converted', 'repaired']),
  originals: z.array(originalFile).min(1).max(500),
  /** Codes of what the clerk should know of it. */
  notes: z.array(z.string().max(100)).max(20),
});
export type MadeFrom = z.infer<typeof madeFrom>;
