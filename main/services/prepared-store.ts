// The increments of a frozen list between their preparation and their signature: in memory up to a budget, the rest sealed
// on the disk. They are kept rather than made again: an encrypted PDF never prepares to the same bytes twice, and the hash
// that was frozen must be the hash that is signed.
import { randomBytes } from 'node:crypto';
import type { BlobStore } from '../blobs';

/** One increment that is kept for later. */
export interface KeptIncrement {
  take(): Promise<Uint8Array>;
  /** No longer needed; may be called again. */
  drop(): Promise<void>;
}

export interface PreparedStore {
  keep(increment: Uint8Array): Promise<KeptIncrement>;
}

const defaultBudget = 32 << 20;
/** Two equal increments must not become one blob: whoever is done first would take it from the other. */
const nonceSize = 16;

/** A store for one list. `budget`: bytes that may stay in memory. Throws the Failures of the blob store. */
export function createPreparedStore(
  blobs: Pick<BlobStore, 'put' | 'readRange' | 'toTrash' | 'deleteTrashed'>,
  budget = defaultBudget,
): PreparedStore {
  let held = 0;

  function inMemory(increment: Uint8Array): KeptIncrement {
    held += increment.length;
    let here = true;
    return {
      take: async () => increment,
      async drop() {
        if (here) held -= increment.length;
        here = false;
      },
    };
  }

  async function onDisk(increment: Uint8Array): Promise<KeptIncrement> {
    const bytes = Buffer.concat([randomBytes(nonceSize), increment]);
    const { sha256, size } = await blobs.put({ kind: 'prepared', docId: '', name: '' }, bytes);
    let here = true;
    return {
      take: () => blobs.readRange(sha256, nonceSize, size),
      async drop() {
        if (!here) return;
        here = false;
        await blobs.toTrash(sha256);
        await blobs.deleteTrashed(sha256);
      },
    };
  }

  return {
    keep: async (increment) => (held + increment.length <= budget ? inMemory(increment) : onDisk(increment)),
  };
}
