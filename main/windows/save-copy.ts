// Asks the person where a copy goes and writes it there: temporary file, fsync, rename. It never overwrites the store.
import { open, rename, unlink } from 'node:fs/promises';
import { dialog } from 'electron';
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';

const pieceBytes = 1 << 20;

async function writeCopy(blobs: BlobStore, sha256: Sha256, path: string): Promise<void> {
  const source = await blobs.open(sha256);
  const temporary = `${path}.part`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      for (let offset = 0; offset < source.size; offset += pieceBytes) {
        await file.write(source.read(offset, Math.min(pieceBytes, source.size - offset)));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new Failure('file-unwritable', '', { cause: error });
  } finally {
    source.close();
  }
}

/** True when a copy was written; false when the person did not want to. Throws `file-unwritable`, `blob-missing`. */
export async function saveCopy(blobs: BlobStore, sha256: Sha256, name: string): Promise<boolean> {
  const chosen = await dialog.showSaveDialog({ defaultPath: name, showsTagField: false });
  if (chosen.canceled || chosen.filePath === undefined || chosen.filePath === '') return false;
  await writeCopy(blobs, sha256, chosen.filePath);
  return true;
}
