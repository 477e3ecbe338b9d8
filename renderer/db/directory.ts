// The repository of the directory of agencies: sealed in pieces, fetched again when lost. It never asks the hub.
import { z } from 'zod';
import { type Organ, organ } from '../../preload/contract/records';
import type { LedgerDatabase, StoredDirectory } from './schema';
import type { Sealer } from './sealing';

const table = 'directory';
const pieceSize = 2000;
const piece = z.array(organ);

/** Replaces the whole directory in one transaction. */
export async function writeAgencies(
  database: LedgerDatabase,
  sealer: Sealer,
  agencies: readonly Organ[],
): Promise<void> {
  const pieces: StoredDirectory[] = [];
  for (let from = 0; from < agencies.length; from += pieceSize) {
    const key = `agencies-${String(from / pieceSize).padStart(4, '0')}`;
    pieces.push({ key, sealed: await sealer.seal(table, key, agencies.slice(from, from + pieceSize)) });
  }
  await database.transaction('rw', database.directory, async () => {
    await database.directory.clear();
    await database.directory.bulkPut(pieces);
  });
}

/** What can be opened; a damaged piece is left out, since the next fetch replaces it. */
export async function readAgencies(database: LedgerDatabase, sealer: Sealer): Promise<readonly Organ[]> {
  const agencies: Organ[] = [];
  for (const stored of await database.directory.toArray()) {
    const plain = await sealer.open(table, stored.key, stored.sealed);
    const parsed = plain.ok ? piece.safeParse(plain.value) : null;
    if (parsed?.success) agencies.push(...parsed.data);
  }
  return agencies;
}
