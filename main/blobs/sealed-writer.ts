// Writes one sealed file as a stream: what is not finished has no name and leaves nothing behind. It knows no store.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { assert } from '../../preload/contract/failure';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import { diskFailure } from '../runtime/disk-failure';
import { removeFile } from '../runtime/durable-file';
import { chunkSize, type Description, headerOf, sealChunk, sealDescription } from './format';

/** What a host is given to write one new file. It names a place, never a content. */
export interface WriteTicket {
  readonly path: string;
  readonly salt: Uint8Array;
  readonly fileKey: Uint8Array;
}

export type About = Pick<Description, 'kind' | 'docId' | 'name'>;

export interface Written {
  readonly sha256: Sha256;
  readonly size: number;
}

export interface Derived extends Written {
  /** The very bytes were here before: whoever takes away what was only passing through leaves them. */
  readonly already?: true;
}

export interface SealedWriter {
  /** Takes plain bytes; one call at a time. Throws Failure `disk-full`, `store-unwritable`, `disk-error`: the file is then gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the end and fsyncs, unless whoever takes the file over does. `known` replaces what was said of the file at first: a name may come after the bytes. */
  finish(known?: About): Promise<Written>;
  /** Gives up and removes the file; harmless after `finish` or a failure. */
  abort(): Promise<void>;
}

const flushAt = 1 << 20;

/** What is needed of an open file. */
export interface WritableFile {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file whose calls wait for the disk in this very thread: for a process that does one thing at a time. */
export function openWaiting(path: string, flags: string, mode?: number): Promise<WritableFile> {
  const descriptor = openSync(path, flags, mode);
  return Promise.resolve({
    write: async (bytes, offset, length) => ({ bytesWritten: writeSync(descriptor, bytes, offset, length) }),
    sync: async () => fsyncSync(descriptor),
    close: async () => closeSync(descriptor),
  });
}

async function writeAll(handle: WritableFile, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

export interface SealedOptions {
  readonly openFile?: (path: string, flags: string, mode?: number) => Promise<WritableFile>;
  /** False where whoever takes the file over reads and fsyncs it before it counts. */
  readonly durable?: boolean;
}

/** Begins the file of a ticket; the path must not exist yet. */
export async function createSealed(
  ticket: WriteTicket,
  about: About,
  { openFile = open, durable = true }: SealedOptions = {},
): Promise<SealedWriter> {
  const key = Uint8Array.from(ticket.fileKey);
  const hash = createHash('sha256');
  let handle: WritableFile;
  try {
    handle = await openFile(ticket.path, 'wx', 0o600);
  } catch (error) {
    throw diskFailure(error);
  }
  let state: 'open' | 'busy' | 'done' = 'open';
  let size = 0;
  let index = 0;
  let waiting: Uint8Array[] = [headerOf(ticket.salt)];
  let waitingBytes = 0;
  // One chunk is held back: only the last one carries the count, and which one is last is known at the end.
  const held = Buffer.alloc(chunkSize);
  let heldBytes = 0;

  function push(sealed: Uint8Array): void {
    waiting.push(sealed);
    waitingBytes += sealed.length;
  }
  async function flush(): Promise<void> {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    await writeAll(handle, bytes);
  }
  async function discard(): Promise<void> {
    state = 'done';
    key.fill(0);
    held.fill(0);
    await handle.close();
    await removeFile(ticket.path);
  }
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    assert(state === 'open', 'a sealed file is written by one call at a time and not after its end');
    state = 'busy';
    try {
      const value = await work();
      state = 'open';
      return value;
    } catch (error) {
      await discard();
      throw diskFailure(error);
    }
  }

  return {
    write: (bytes) =>
      guarded(async () => {
        hash.update(bytes);
        size += bytes.length;
        let taken = 0;
        while (taken < bytes.length) {
          if (heldBytes === chunkSize) {
            push(sealChunk(key, index, null, held));
            index += 1;
            heldBytes = 0;
          }
          const part = bytes.subarray(taken, taken + chunkSize - heldBytes);
          held.set(part, heldBytes);
          heldBytes += part.length;
          taken += part.length;
          if (waitingBytes >= flushAt) await flush();
        }
      }),
    async finish(known = about) {
      const written = await guarded(async () => {
        push(sealChunk(key, index, index + 1, held.subarray(0, heldBytes)));
        const sha256 = asSha256(hash.digest('hex'));
        push(sealDescription(key, { ...known, sha256, size }));
        await flush();
        if (durable) await handle.sync();
        return { sha256, size };
      });
      state = 'done';
      key.fill(0);
      held.fill(0);
      await handle.close();
      return written;
    },
    async abort() {
      assert(state !== 'busy', 'a sealed file is given up between two writes');
      if (state === 'open') await discard();
    },
  };
}
