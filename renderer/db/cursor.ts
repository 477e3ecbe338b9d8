// The repository of small marks of progress: when the hub was last read and how it answered. All of it can be lost.
import { type Instant, instant } from '../../preload/contract/ids';
import type { LedgerDatabase } from './schema';

export type CursorKey = 'last-sync' | 'last-directory';

export async function readCursor(database: LedgerDatabase, key: CursorKey): Promise<Instant | null> {
  const found = await database.cursor.get(key);
  const parsed = instant.safeParse(found?.value);
  return parsed.success ? parsed.data : null;
}

export async function writeCursor(database: LedgerDatabase, key: CursorKey, value: Instant): Promise<void> {
  await database.cursor.put({ key, value });
}
