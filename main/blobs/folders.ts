// Where sealed files lie on the disk: two letters of the name as a folder, a folder for unfinished ones, a trash.
// It moves and lists names; it opens no file.
import { readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotFound } from '../runtime/disk-failure';
import { makeFolder, publishFile, removeFile, syncFolder } from '../runtime/durable-file';

export interface StoredFile {
  readonly name: string;
  readonly path: string;
  readonly at: Date;
}

export interface BlobFolders {
  readonly root: string;
  pathOf(name: string): string;
  /** Path for a file that has no name yet. */
  unfinished(name: string): string;
  /** Gives a finished file its name; durable when it returns. */
  publish(unfinished: string, name: string): Promise<void>;
  /** True when a file is stored or in the trash. */
  any(): Promise<boolean>;
  stored(): Promise<readonly StoredFile[]>;
  /** `at` is when it was put there. */
  trashed(): Promise<readonly StoredFile[]>;
  toTrash(name: string, now: Date): Promise<void>;
  /** Puts a file back from the trash; false when it is not there. */
  fromTrash(name: string): Promise<boolean>;
  deleteTrashed(name: string): Promise<void>;
}

const shape = /^[0-9a-f]{64}$/;
const trashShape = /^([0-9a-f]{64})\.(\d{1,16})$/;

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** Makes the folders and removes what a crash left unfinished. */
export async function openFolders(root: string): Promise<BlobFolders> {
  const unfinished = join(root, 'unfinished');
  const trash = join(root, 'trash');
  for (const folder of [root, unfinished, trash]) await makeFolder(folder);
  for (const name of await readdir(unfinished)) await removeFile(join(unfinished, name));

  const pathOf = (name: string) => join(root, name.slice(0, 2), name);
  const ownFolder = (name: string) => makeFolder(join(root, name.slice(0, 2)));
  async function trashed(): Promise<readonly StoredFile[]> {
    return (await namesIn(trash)).flatMap((file) => {
      const match = trashShape.exec(file);
      if (match?.[1] === undefined) return [];
      return [{ name: match[1], path: join(trash, file), at: new Date(Number(match[2])) }];
    });
  }

  // Nobody else moves files here, and whether a new file is in the trash is asked for each one that comes.
  const gone = new Set((await trashed()).map((one) => one.name));

  return {
    root,
    pathOf,
    unfinished: (name) => join(unfinished, name),
    async publish(path, name) {
      try {
        await publishFile(path, pathOf(name));
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await ownFolder(name);
        await publishFile(path, pathOf(name));
      }
    },
    async any() {
      for (const folder of await namesIn(root)) {
        if (/^[0-9a-f]{2}$/.test(folder) && (await namesIn(join(root, folder))).length > 0) return true;
      }
      return (await namesIn(trash)).length > 0;
    },
    async stored() {
      const files: StoredFile[] = [];
      for (const folder of await namesIn(root)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue;
        for (const name of await namesIn(join(root, folder))) {
          if (!shape.test(name)) continue;
          const path = join(root, folder, name);
          files.push({ name, path, at: (await stat(path)).mtime });
        }
      }
      return files;
    },
    trashed,
    async toTrash(name, now) {
      await rename(pathOf(name), join(trash, `${name}.${now.getTime()}`));
      gone.add(name);
      await syncFolder(trash);
      await syncFolder(join(root, name.slice(0, 2)));
    },
    async fromTrash(name) {
      if (!gone.has(name)) return false;
      const found = (await trashed()).find((one) => one.name === name);
      if (found === undefined) return false;
      await ownFolder(name);
      await publishFile(found.path, pathOf(name));
      return true;
    },
    async deleteTrashed(name) {
      for (const one of await trashed()) if (one.name === name) await removeFile(one.path);
    },
  };
}
