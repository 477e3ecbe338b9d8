// Small bytes stored by the writing threads: named by what they hold, and the same bytes one after the other. What lies in the store
// already is looked at as any other file would be; it opens none.
import { createHash } from 'node:crypto';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import type { About, WriteTicket, Written } from './sealed-writer';
import type { WritingThreads } from './writing-threads';

/** Bytes that were stored, given back. */
export type Taken = Written & { readonly bytes: Uint8Array };

export interface ByThreadParts {
  readonly threads: WritingThreads;
  readonly isThere: (sha256: Sha256) => Promise<boolean>;
  /** Stores in this thread. */
  readonly putHere: (about: About, bytes: Uint8Array) => Promise<Written>;
  readonly ticket: (expected: number) => Promise<WriteTicket>;
  readonly pathOf: (sha256: Sha256) => string;
  /** Bytes of the sealed file on the disk, null where there is none. */
  readonly sizeOnDisk: (sha256: Sha256) => number | null;
  /** A new file lies under this name. */
  readonly forget: (sha256: Sha256) => void;
}

export interface ByThread {
  /** The bytes are nobody else's until they are given back. Throws what `WritingThreads` does, and `disk-low`. */
  take(about: About, bytes: Uint8Array): Promise<Taken>;
  /** True for what was written whole here since the start and is still there in its full length. */
  isWhole(sha256: Sha256): boolean;
}

const remembered = 1000;

export function createByThread(parts: ByThreadParts): ByThread {
  /** Sizes on the disk. */
  const written = new Map<Sha256, number>();
  const writing = new Map<Sha256, Promise<void>>();

  async function write(about: About, bytes: Uint8Array, sha256: Sha256): Promise<Taken> {
    if (await parts.isThere(sha256)) return here(about, bytes);
    const size = bytes.length;
    const ticket = await parts.ticket(size);
    // Asked right before, since a thread may end while something else is waited for.
    if (!parts.threads.ready()) return here(about, bytes);
    const back = await parts.threads.write({ ticket, path: parts.pathOf(sha256), about, bytes });
    parts.forget(sha256);
    remember(sha256);
    return { sha256, size, bytes: back };
  }

  async function here(about: About, bytes: Uint8Array): Promise<Taken> {
    return { ...(await parts.putHere(about, bytes)), bytes };
  }

  function remember(sha256: Sha256): void {
    const onDisk = parts.sizeOnDisk(sha256);
    if (onDisk !== null) written.set(sha256, onDisk);
    const [oldest] = written.keys();
    if (written.size > remembered && oldest !== undefined) written.delete(oldest);
  }

  return {
    take(about, bytes) {
      const sha256 = asSha256(createHash('sha256').update(bytes).digest('hex'));
      // In their turn: the second must not be renamed over a file that is read by then, which Windows refuses.
      const before = writing.get(sha256) ?? Promise.resolve();
      const taken = before.then(() => write(about, bytes, sha256));
      const settled = taken.then(
        () => undefined,
        () => undefined,
      );
      writing.set(sha256, settled);
      void settled.then(() => {
        if (writing.get(sha256) === settled) writing.delete(sha256);
      });
      return taken;
    },
    isWhole(sha256) {
      const size = written.get(sha256);
      return size !== undefined && parts.sizeOnDisk(sha256) === size;
    },
  };
}
