// Puts one package into a folder: temporary file, fsync, name, fsync of the folder. A package that lies there already under
// its name is as good as put, so doing it again doubles nothing. It checks no receiver.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ByteSource } from '../../../preload/contract/byte-source';
import type { HubFailure } from '../hub';
import { pieceBytes } from '../package-body';
import type { Disk } from './disk';
import { maybeDone, nothingDone, systemCode } from './disk-answers';

export interface PutOrder {
  readonly disk: Disk;
  readonly folder: string;
  readonly name: string;
  readonly source: ByteSource;
  /** Lower-case hex SHA-256 of `source`. */
  readonly sha256: string;
  readonly signal?: AbortSignal | undefined;
}

async function hashOf(disk: Disk, path: string): Promise<string | null> {
  let size: number;
  try {
    const facts = await disk.facts(path);
    if (!facts.isFile) return null;
    size = facts.size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const file = await disk.openRead(path);
  try {
    const hash = createHash('sha256');
    for (let offset = 0; offset < size; ) {
      const piece = await file.read(offset, pieceBytes);
      if (piece.length === 0) return null;
      hash.update(piece);
      offset += piece.length;
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** `package-changed` when the source is not what was frozen. */
async function writeTemporary(order: PutOrder, path: string): Promise<HubFailure | null> {
  const { disk, source, sha256, signal } = order;
  const file = await disk.create(path);
  try {
    const hash = createHash('sha256');
    for (let offset = 0; offset < source.size; offset += pieceBytes) {
      if (signal?.aborted === true) {
        return { kind: 'not-sent', reason: 'cancelled', detail: 'cancelled', retryAfterSeconds: null };
      }
      const piece = source.read(offset, Math.min(pieceBytes, source.size - offset));
      hash.update(piece);
      await file.write(piece);
    }
    if (hash.digest('hex') !== sha256) {
      return { kind: 'blocked', code: 'package-changed', detail: 'its SHA-256 is another one' };
    }
    await file.sync();
    return null;
  } finally {
    await file.close();
  }
}

async function removeQuietly(disk: Disk, path: string): Promise<void> {
  try {
    await disk.remove(path);
  } catch (error) {
    // A hidden unfinished file is read by nobody; whatever stopped us is told already.
    if (systemCode(error) === '') throw error;
  }
}

/** null when the package lies in the folder under its name, durable. */
export async function putPackage(order: PutOrder): Promise<HubFailure | null> {
  const { disk, folder, name, sha256 } = order;
  const path = join(folder, name);
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  try {
    await disk.makeFolder(folder);
    if ((await hashOf(disk, path)) === sha256) {
      await disk.syncFolder(folder);
      return null;
    }
    const failure = await writeTemporary(order, temporary);
    if (failure !== null) {
      await removeQuietly(disk, temporary);
      return failure;
    }
  } catch (error) {
    await removeQuietly(disk, temporary);
    return nothingDone(error);
  }
  try {
    await disk.rename(temporary, path);
    await disk.syncFolder(folder);
    return null;
  } catch (error) {
    return foundByName(order, path, temporary, error);
  }
}

/** The name decides where the answer of the disk does not: a whole file under it has arrived. */
async function foundByName(
  order: PutOrder,
  path: string,
  temporary: string,
  error: unknown,
): Promise<HubFailure | null> {
  try {
    if ((await hashOf(order.disk, path)) === order.sha256) {
      await order.disk.syncFolder(order.folder);
      return null;
    }
  } catch {
    // The disk does not answer: the error of the step itself says what may be said.
    return maybeDone(error);
  }
  await removeQuietly(order.disk, temporary);
  return maybeDone(error);
}
