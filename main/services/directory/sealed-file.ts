// One sealed file of a profile that holds a JSON value: written whole and durably, read or found missing. What cannot be opened
// counts as missing, since everything kept so can be fetched or made again.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { isFailure } from '../../../preload/contract/failure';
import { writeDurably } from '../../runtime/durable-file';
import type { Vault } from '../../vault';

export interface SealedFile<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}

export function sealedFile<T>(
  vault: Pick<Vault, 'sealSecret' | 'openSecret'>,
  path: string,
  name: string,
  schema: z.ZodType<T>,
): SealedFile<T> {
  return {
    async read() {
      let sealed: Uint8Array;
      try {
        sealed = await readFile(path);
      } catch {
        // Nothing was kept yet.
        return null;
      }
      try {
        const text = Buffer.from(vault.openSecret(name, sealed)).toString('utf8');
        const parsed = schema.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : null;
      } catch (error) {
        if (isFailure(error) || error instanceof SyntaxError) return null;
        throw error;
      }
    },
    write: (value) => writeDurably(path, vault.sealSecret(name, Buffer.from(JSON.stringify(value), 'utf8'))),
  };
}
