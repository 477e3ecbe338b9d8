// The hub's secrets: each taken once from the environment that settings name, sealed in the profile, opened at each start.
// None ever lies in clear on the disk or crosses to a window.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../runtime/durable-file';
import type { Vault } from '../vault';

/** The secret of this name, or null where none was ever given. Throws `secret-unreadable`, and those of the disk. */
export async function hubSecret(
  profile: string,
  vault: Vault,
  name: 'hub-secret' | `hub-${string}`,
  fromEnvironment: string | undefined,
): Promise<string | null> {
  const path = join(profile, `${name}.sealed`);
  if (fromEnvironment !== undefined && fromEnvironment !== '') {
    const sealed = vault.sealSecret(name, Buffer.from(fromEnvironment, 'utf8'));
    await writeDurably(path, sealed);
    return fromEnvironment;
  }
  let sealed: Uint8Array;
  try {
    sealed = await readFile(path);
  } catch {
    // No file yet: the hub is asked nothing until a secret is given.
    return null;
  }
  return Buffer.from(vault.openSecret(name, sealed)).toString('utf8');
}
