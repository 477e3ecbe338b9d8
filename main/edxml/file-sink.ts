// Attachments as files of a folder: written under a temporary name, given their own when they are whole. It overwrites nothing.
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredBytes } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { extensionOf, safeFileName } from './file-name';
import type { AttachmentSink } from './sink';

async function attempt<Value>(action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    throw new Failure('file-unwritable', error instanceof Error ? error.message : '', { cause: error });
  }
}

/** `name.pdf`, then `name (2).pdf` and so on; the file is made, so the name is taken. */
async function takeName(folder: string, name: string): Promise<string> {
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${stem} (${number})${name.slice(stem.length)}`;
    try {
      await (await open(join(folder, candidate), 'wx')).close();
      return candidate;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/**
 * A sink into `folder`, which is made when it is missing. `shown` turns a file's name into the path that the result
 * carries. Throws Failure `file-unwritable`.
 */
export function fileSink(folder: string, shown: (name: string) => string): AttachmentSink<StoredBytes> {
  return {
    async open() {
      const temporary = join(folder, `.${randomUUID()}.part`);
      const file: FileHandle = await attempt(async () => {
        await mkdir(folder, { recursive: true });
        return open(temporary, 'wx', 0o600);
      });
      const hash = createHash('sha256');
      let size = 0;
      return {
        write: (bytes) =>
          attempt(async () => {
            await file.writeFile(bytes);
            hash.update(bytes);
            size += bytes.length;
          }),
        close: (meta) =>
          attempt(async () => {
            await file.sync();
            await file.close();
            const name = await takeName(folder, safeFileName(meta.name ?? ''));
            await rename(temporary, join(folder, name));
            return { path: shown(name), sha256: hash.digest('hex'), size };
          }),
        discard: () =>
          attempt(async () => {
            await file.close();
            await rm(temporary, { force: true });
          }),
      };
    },
  };
}
