// The bytes of packages on disk: a package has its name only when it is whole and durable. It reads no edXML.
import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  fsyncSync,
  mkdirSync,
  type ReadStream,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './event-log';

export interface IncomingPackage {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  /** Whether the upload ended with the CRLF that the axis wants after the package. */
  readonly endedWithCrlf: boolean;
}

export class PackageStore {
  private readonly folder: string;

  constructor(dir: string) {
    this.folder = join(dir, 'packages');
    mkdirSync(this.folder, { recursive: true });
    for (const name of readdirSync(this.folder)) {
      if (name.endsWith('.part')) rmSync(join(this.folder, name));
    }
  }

  path(docId: string): string {
    return join(this.folder, `${docId}.edxml`);
  }

  stream(docId: string): ReadStream {
    return createReadStream(this.path(docId), { highWaterMark: 3 * 64 * 1024 });
  }

  /**
   * Takes an upload into a temporary file; a CRLF at its end is not part of the package.
   * Throws RangeError beyond `limit` bytes.
   */
  async receive(body: AsyncIterable<Uint8Array>, limit: number): Promise<IncomingPackage> {
    const path = join(this.folder, `${randomUUID()}.part`);
    const handle = await open(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let size = 0;
    let tail = Buffer.alloc(0);
    try {
      for await (const chunk of body) {
        const bytes = Buffer.concat([tail, chunk]);
        tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - 2)));
        const part = bytes.subarray(0, bytes.length - tail.length);
        size += part.length;
        if (size > limit) throw new RangeError(`more than ${limit} bytes`);
        hash.update(part);
        await handle.writeFile(part);
      }
      const endedWithCrlf = tail.equals(Buffer.from('\r\n'));
      if (!endedWithCrlf) {
        hash.update(tail);
        size += tail.length;
        await handle.writeFile(tail);
      }
      await handle.sync();
      return { path, sha256: hash.digest('hex'), size, endedWithCrlf };
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }

  /** Gives a received package its name, durably. */
  publish(incoming: IncomingPackage, docId: string): void {
    renameSync(incoming.path, this.path(docId));
    syncFolder(this.folder);
  }

  remove(docId: string): void {
    rmSync(this.path(docId), { force: true });
  }

  discard(incoming: IncomingPackage): void {
    rmSync(incoming.path, { force: true });
  }

  /** Stores bytes under a name at once, durably. */
  async put(docId: string, bytes: Uint8Array): Promise<{ sha256: string; size: number }> {
    const path = join(this.folder, `${docId}.part`);
    const handle = await open(path, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      fsyncSync(handle.fd);
    } finally {
      await handle.close();
    }
    renameSync(path, this.path(docId));
    syncFolder(this.folder);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  }
}
