// The calls of the file system that an exchange folder needs, as a value, so that a test can pull the stick at any of them.
// It knows no package.
import { lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';

export interface FileFacts {
  readonly size: number;
  readonly modifiedMs: number;
  readonly isFile: boolean;
  readonly isFolder: boolean;
}

export interface ReadHandle {
  /** Bytes from `offset`, at most `length`, fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface WriteHandle {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Every method throws the system's errors as they are. */
export interface Disk {
  names(folder: string): Promise<readonly string[]>;
  facts(path: string): Promise<FileFacts>;
  openRead(path: string): Promise<ReadHandle>;
  /** A new file; it must not exist. */
  create(path: string): Promise<WriteHandle>;
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  syncFolder(folder: string): Promise<void>;
}

/** Shares and FAT volumes refuse fsync of a folder; their names are as durable as they can be made. */
const unsyncable = new Set(['EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM', 'EACCES', 'EBADF']);

export const nodeDisk: Disk = {
  names: (folder) => readdir(folder),
  async facts(path) {
    const found = await lstat(path);
    return {
      size: found.size,
      modifiedMs: found.mtimeMs,
      isFile: found.isFile(),
      isFolder: found.isDirectory(),
    };
  },
  async openRead(path) {
    const file = await open(path, 'r');
    return {
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return bytes.subarray(0, done);
      },
      close: () => file.close(),
    };
  },
  async create(path) {
    const file = await open(path, 'wx', 0o644);
    return {
      async write(bytes) {
        for (let done = 0; done < bytes.length; ) {
          done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
        }
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true });
  },
  rename,
  remove: unlink,
  async syncFolder(folder) {
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!unsyncable.has(code)) throw error;
    } finally {
      await handle.close();
    }
  },
};
