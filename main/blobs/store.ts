// The blob store: sealed files named by the SHA-256 of their plain bytes; the same bytes are one file.
// What it says is stored is fsynced and named; it never overwrites, never decides what may be deleted.
import { createHmac, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure, isFailure } from '../../preload/contract/failure';
import { asSha256, type Sha256 } from '../../preload/contract/ids';
import { diskFailure } from '../runtime/disk-failure';
import { type OpenFile, removeFile } from '../runtime/durable-file';
import { createByThread } from './by-thread';
import { openFolders, type StoredFile } from './folders';
import { type Description, fileKeyOf, saltSize } from './format';
import { gatheringWriter, type StoreWriter } from './gathering-writer';
import { type FileAccess, hashSource, openSealed, readSalt, type SealedSource } from './sealed-reader';
import {
  type About,
  createSealed,
  type Derived,
  type SealedWriter,
  type WriteTicket,
  type Written,
} from './sealed-writer';
import type { WritingThreads } from './writing-threads';

export interface StoredBlob extends About {
  readonly sha256: Sha256;
  readonly size: number;
  readonly storedAt: Date;
}

export interface BlobListing {
  readonly blobs: readonly StoredBlob[];
  readonly trashed: readonly { readonly sha256: Sha256; readonly trashedAt: Date }[];
  /** Files whose description cannot be opened; they stay where they are. */
  readonly damaged: readonly { readonly path: string; readonly code: string }[];
}

export interface BlobStore {
  /**
   * Begins a new blob; `finish` returns when it is durable under its name. `expected` is its size in bytes where known.
   * Throws Failure `disk-low`, `disk-full`, `store-unwritable`, `disk-error`; nothing is left behind then.
   */
  writer(kind: string, name: string, docId: string, expected?: number): Promise<StoreWriter>;
  /** Stores bytes that are in memory. */
  put(about: About, bytes: Uint8Array): Promise<Written>;
  /** As `put`, of bytes that are nobody else's from then on. */
  take(about: About, bytes: Uint8Array): Promise<Written>;
  /** A new blob: every byte of the source, then the increments. */
  derive(source: Sha256, increments: readonly Uint8Array[], about: About): Promise<Derived>;
  has(sha256: Sha256): Promise<boolean>;
  /** Size in bytes, or null when it is not here. */
  size(sha256: Sha256): Promise<number | null>;
  /** Random access; the caller closes it. Throws Failure `blob-missing`, `blob-damaged`, `blob-from-the-future`. */
  open(sha256: Sha256): Promise<SealedSource>;
  /** Plain bytes [start, end). */
  readRange(sha256: Sha256, start: number, end: number): Promise<Uint8Array>;
  /** What a host needs to read this one blob. */
  fileAccess(sha256: Sha256): Promise<FileAccess>;
  /** What a host needs to write one blob; main adopts or discards it. Throws Failure `disk-low`. */
  writeTicket(): Promise<WriteTicket>;
  /** Takes what a host wrote: reads every chunk, names it by what it holds. Throws Failure `blob-damaged`, `blob-missing`. */
  adopt(ticket: WriteTicket): Promise<Written & { readonly about: About }>;
  discard(ticket: WriteTicket): Promise<void>;
  /** True when any file is stored or in the trash: by names alone, so it is quick. */
  holdsAny(): Promise<boolean>;
  /** Opens every file: for sweeping and for reconciling, not for a start. */
  list(): Promise<BlobListing>;
  toTrash(sha256: Sha256): Promise<void>;
  restore(sha256: Sha256): Promise<boolean>;
  deleteTrashed(sha256: Sha256): Promise<void>;
  freeSpace(): Promise<{ readonly bytes: number; readonly low: boolean }>;
  /** Closes open files and overwrites the key. */
  close(): void;
}

export interface BlobStoreOptions {
  readonly folder: string;
  /** The vault's key of the room `blobs`; copied. */
  readonly roomKey: Uint8Array;
  /** Free bytes below which nothing new is begun: a signature that cannot be stored must not be made. */
  readonly floor?: number;
  readonly now?: () => Date;
  /** For tests of a full disk. */
  readonly openFile?: OpenFile;
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Who writes small files; without, this thread does. */
  readonly threads?: WritingThreads;
}

const defaultFloor = 256 * 2 ** 20;
const openFiles = 6;
/** So much above the floor, in so many milliseconds nobody fills it. */
const plentyBytes = 4 * 2 ** 30;
const askedAgainAfter = 500;
/** What is no larger is written whole, by a thread where there are any. */
const smallFile = 4 * 2 ** 20;

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Opens the store, making its folders; what a crash left unfinished is removed. Throws `store-unwritable`, `disk-error`. */
export async function openBlobStore(options: BlobStoreOptions): Promise<BlobStore> {
  const roomKey = Uint8Array.from(options.roomKey);
  const floor = options.floor ?? defaultFloor;
  const now = options.now ?? (() => new Date());
  const freeBytes = options.freeBytes ?? freeBytesOf;
  const openFile = options.openFile ?? open;
  const folders = await openFolders(options.folder).catch((error: unknown) => {
    throw diskFailure(error);
  });
  const readers = new Map<Sha256, SealedSource>();
  let closed = false;
  let plenty: { readonly bytes: number; readonly at: number } | null = null;

  // A plain hash as a file name would tell anybody with the disk whether a known document is here.
  const nameOf = (sha256: Sha256) => createHmac('sha256', roomKey).update(`name|${sha256}`).digest('hex');

  async function onDisk<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw diskFailure(error);
    }
  }
  function openPath(path: string): SealedSource {
    return openSealed({ path, fileKey: fileKeyOf(roomKey, readSalt(path)) });
  }
  /** What is asked for is needed: the trash gives it back. */
  async function isThere(name: string): Promise<boolean> {
    if (statSync(folders.pathOf(name), { throwIfNoEntry: false }) !== undefined) return true;
    return folders.fromTrash(name);
  }
  async function locate(sha256: Sha256): Promise<string> {
    const name = nameOf(sha256);
    const path = folders.pathOf(name);
    return onDisk(async () => {
      if (await isThere(name)) return path;
      throw new Failure('blob-missing', sha256);
    });
  }
  async function openBlob(sha256: Sha256): Promise<SealedSource> {
    const source = openPath(await locate(sha256));
    if (source.description.sha256 === sha256) return source;
    source.close();
    throw new Failure('blob-damaged', 'another file lies under this name');
  }
  /** True when the very bytes are here and undamaged: only then is a second copy needless. */
  async function holdsWhole(sha256: Sha256): Promise<boolean> {
    let source: SealedSource | undefined;
    try {
      source = await openBlob(sha256);
      return (await hashSource(source)) === sha256;
    } catch (error) {
      if (isFailure(error) && (error.code === 'blob-missing' || error.code === 'blob-damaged')) return false;
      throw error;
    } finally {
      source?.close();
    }
  }
  async function keep(unfinished: string, written: Written): Promise<Derived> {
    return onDisk(async () => {
      if ((await isThere(nameOf(written.sha256))) && (await holdsWhole(written.sha256))) {
        await removeFile(unfinished);
        return { ...written, already: true };
      }
      forget(written.sha256);
      await folders.publish(unfinished, nameOf(written.sha256));
      return written;
    });
  }
  function forget(sha256: Sha256): void {
    readers.get(sha256)?.close();
    readers.delete(sha256);
  }
  /** Asked again after a moment, or at once where there is no plenty: many files a second would each ask. */
  async function freeNow(): Promise<number> {
    const moment = performance.now();
    if (plenty !== null && moment - plenty.at < askedAgainAfter) return plenty.bytes;
    const bytes = await onDisk(() => freeBytes(options.folder));
    plenty = bytes > floor + plentyBytes ? { bytes, at: moment } : null;
    return bytes;
  }
  async function refuseWhenLow(expected: number): Promise<void> {
    const bytes = await freeNow();
    if (bytes - expected < floor) throw new Failure('disk-low', `${bytes} bytes free`);
  }
  async function writeTicket(expected: number): Promise<WriteTicket> {
    await refuseWhenLow(expected);
    // The key is gone: what was sealed now nobody could open.
    if (closed) throw new Failure('desk-closing');
    const salt = randomBytes(saltSize);
    const path = folders.unfinished(randomBytes(16).toString('hex'));
    return { path, salt, fileKey: fileKeyOf(roomKey, salt) };
  }
  async function begin(
    about: About,
    expected: number,
  ): Promise<SealedWriter & { readonly derived: () => Promise<Derived> }> {
    const ticket = await writeTicket(expected);
    const inner = await createSealed(ticket, about, { openFile });
    return {
      write: inner.write,
      finish: async (known) => {
        const { sha256, size } = await keep(ticket.path, await inner.finish(known));
        return { sha256, size };
      },
      derived: async () => keep(ticket.path, await inner.finish()),
      abort: inner.abort,
    };
  }
  async function copyInto(writer: SealedWriter, source: ByteSource): Promise<void> {
    const step = 1 << 20;
    for (let offset = 0; offset < source.size; offset += step) {
      await writer.write(source.read(offset, Math.min(step, source.size - offset)));
    }
  }
  async function withWriter(
    about: About,
    expected: number,
    fill: (writer: SealedWriter) => Promise<void>,
  ): Promise<Derived> {
    const writer = await begin(about, expected);
    try {
      await fill(writer);
    } catch (error) {
      await writer.abort();
      throw error;
    }
    return writer.derived();
  }
  async function putHere(about: About, bytes: Uint8Array): Promise<Written> {
    const { sha256, size } = await withWriter(about, bytes.length, (writer) => writer.write(bytes));
    return { sha256, size };
  }
  const byThread =
    options.threads === undefined
      ? null
      : createByThread({
          threads: options.threads,
          isThere: (sha256) => onDisk(() => isThere(nameOf(sha256))),
          putHere,
          ticket: writeTicket,
          pathOf: (sha256) => folders.pathOf(nameOf(sha256)),
          sizeOnDisk: (sha256) =>
            statSync(folders.pathOf(nameOf(sha256)), { throwIfNoEntry: false })?.size ?? null,
          forget,
        });
  async function take(about: About, bytes: Uint8Array): Promise<Written> {
    if (byThread === null || bytes.length > smallFile) return putHere(about, bytes);
    const { sha256, size } = await byThread.take(about, bytes);
    return { sha256, size };
  }
  async function writer(about: About, expected: number): Promise<StoreWriter> {
    if (byThread === null || expected > smallFile) {
      return { ...(await begin(about, expected)), plain: () => null };
    }
    await refuseWhenLow(expected);
    return gatheringWriter({
      ...{ about, most: smallFile, begin: () => begin(about, expected) },
      take: (known, bytes) => byThread.take(known, bytes),
    });
  }
  /** Uses an open file without a pause in between: another caller may close the oldest one at any pause. */
  async function withReader<T>(sha256: Sha256, use: (source: SealedSource) => T): Promise<T> {
    const known = readers.get(sha256);
    if (known !== undefined) return use(known);
    const source = await openBlob(sha256);
    const [oldest] = readers.keys();
    if (readers.size >= openFiles && oldest !== undefined) forget(oldest);
    forget(sha256);
    readers.set(sha256, source);
    return use(source);
  }
  async function sizeOf(sha256: Sha256): Promise<number | null> {
    try {
      return await withReader(sha256, (source) => source.size);
    } catch (error) {
      if (isFailure(error) && error.code === 'blob-missing') return null;
      throw error;
    }
  }
  async function descriptionOf(file: StoredFile): Promise<Description> {
    const source = openPath(file.path);
    try {
      return source.description;
    } finally {
      source.close();
    }
  }

  return {
    writer: (kind, name, docId, expected = 0) => writer({ kind, name, docId }, expected),
    put: (about, bytes) =>
      take(about, byThread === null || bytes.length > smallFile ? bytes : Uint8Array.from(bytes)),
    take,
    async derive(sha256, increments, about) {
      const source = await openBlob(sha256);
      try {
        const expected = increments.reduce((sum, one) => sum + one.length, source.size);
        return await withWriter(about, expected, async (writer) => {
          await copyInto(writer, source);
          for (const one of increments) await writer.write(one);
        });
      } finally {
        source.close();
      }
    },
    async has(sha256) {
      if (byThread?.isWhole(sha256) === true) return true;
      return (await sizeOf(sha256)) !== null;
    },
    size: sizeOf,
    open: openBlob,
    readRange: (sha256, start, end) => withReader(sha256, (source) => source.read(start, end - start)),
    async fileAccess(sha256) {
      const path = await locate(sha256);
      return { path, fileKey: fileKeyOf(roomKey, readSalt(path)) };
    },
    writeTicket: () => writeTicket(0),
    async adopt(ticket) {
      const source = openSealed(ticket);
      try {
        const sha256 = asSha256(await hashSource(source));
        const { kind, docId, name, sha256: claimed, size } = source.description;
        if (claimed !== sha256) throw new Failure('blob-damaged', 'a host named other bytes');
        await onDisk(async () => {
          const handle = await open(ticket.path, 'r+');
          await handle.sync().finally(() => handle.close());
        });
        return { ...(await keep(ticket.path, { sha256, size })), about: { kind, docId, name } };
      } catch (error) {
        await removeFile(ticket.path);
        throw error;
      } finally {
        source.close();
      }
    },
    discard: (ticket) => onDisk(() => removeFile(ticket.path)),
    holdsAny: () => onDisk(() => folders.any()),
    async list() {
      const blobs: StoredBlob[] = [];
      const trashed: { sha256: Sha256; trashedAt: Date }[] = [];
      const damaged: { path: string; code: string }[] = [];
      const each = async (
        files: readonly StoredFile[],
        take: (file: StoredFile, read: Description) => void,
      ) => {
        for (const file of files) {
          try {
            const read = await descriptionOf(file);
            if (nameOf(asSha256(read.sha256)) === file.name) take(file, read);
            else damaged.push({ path: file.path, code: 'blob-damaged' });
          } catch (error) {
            if (!isFailure(error)) throw error;
            damaged.push({ path: file.path, code: error.code });
          }
        }
      };
      const { stored, gone } = await onDisk(async () => ({
        stored: await folders.stored(),
        gone: await folders.trashed(),
      }));
      await each(stored, (file, { kind, docId, name, size, sha256 }) => {
        blobs.push({ kind, docId, name, size, sha256: asSha256(sha256), storedAt: file.at });
      });
      await each(gone, (file, read) => {
        trashed.push({ sha256: asSha256(read.sha256), trashedAt: file.at });
      });
      return { blobs, trashed, damaged };
    },
    async toTrash(sha256) {
      forget(sha256);
      await onDisk(() => folders.toTrash(nameOf(sha256), now()));
    },
    restore: (sha256) => onDisk(() => folders.fromTrash(nameOf(sha256))),
    deleteTrashed: (sha256) => onDisk(() => folders.deleteTrashed(nameOf(sha256))),
    async freeSpace() {
      const bytes = await onDisk(() => freeBytes(options.folder));
      return { bytes, low: bytes < floor };
    },
    close() {
      closed = true;
      options.threads?.close();
      for (const sha256 of [...readers.keys()]) forget(sha256);
      roomKey.fill(0);
    },
  };
}
