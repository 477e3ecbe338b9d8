// What this account remembers of updates between two starts: the newest publication seen, what an installation was meant to
// bring, which version failed, and the machine's lot. A small file, written whole or not at all.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, writeDurably } from '../runtime/durable-file';
import { versionPattern } from './release';

const version = z.string().regex(versionPattern);
const memorySchema = z.object({
  format: z.literal(1),
  lot: z.number().int().min(0).max(99),
  seen: z
    .object({
      serial: z.number().int(),
      version,
      digest: z.string(),
      /** Each ring counts its own publications. */
      ring: z.enum(['pilot', 'general']).optional(),
    })
    .nullable(),
  /** Written before an installation begins. */
  meant: z.object({ version, from: version }).nullable(),
  /** The version whose installation failed; it is not offered again. */
  failed: z.object({ version, code: z.string() }).nullable(),
});
export type UpdateMemory = z.output<typeof memorySchema>;

export interface MemoryFile {
  read(): Promise<UpdateMemory>;
  write(memory: UpdateMemory): Promise<void>;
}

/**
 * The memory in a folder of the profile. A file that cannot be understood counts as none: then the next publication is the
 * first one seen, and signature, expiry and version still hold.
 * @param draw gives the lot of a machine that has none yet, 0 to 99
 */
export function memoryFile(folder: string, draw: () => number): MemoryFile {
  const path = join(folder, 'memory.json');
  return {
    async read() {
      const fresh: UpdateMemory = { format: 1, lot: draw(), seen: null, meant: null, failed: null };
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch {
        // Nothing yet.
        return fresh;
      }
      try {
        const parsed = memorySchema.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : fresh;
      } catch {
        // Not JSON: as above.
        return fresh;
      }
    },
    async write(memory) {
      await makeFolder(folder);
      await writeDurably(path, Buffer.from(JSON.stringify(memory)));
    },
  };
}

/** What a start means for an installation that was under way. */
export type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'here'; readonly from: string }
  | { readonly kind: 'not-here'; readonly version: string };

/** Compares what was meant with what runs now. */
export function outcomeOf(memory: UpdateMemory, current: string): Outcome {
  if (memory.meant === null) return { kind: 'none' };
  if (memory.meant.version === current) return { kind: 'here', from: memory.meant.from };
  return { kind: 'not-here', version: memory.meant.version };
}
