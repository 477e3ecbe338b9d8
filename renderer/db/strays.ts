// The repository of statuses that matched no document here: kept until one does. It never guesses.
import { type DocumentStatus, documentStatus } from '../../preload/contract/records';
import { outgoingMark } from './outgoing';
import type { StoredStray } from './schema';
import type { Opened, Sealer } from './sealing';

const table = 'strays';

/** `id` is derived from the docId of the package, so the same status is kept once. */
export async function sealStray(sealer: Sealer, id: string, status: DocumentStatus): Promise<StoredStray> {
  return {
    id,
    at: status.at,
    answers: await outgoingMark(sealer, status.responseFor.documentId),
    sealed: await sealer.seal(table, id, status),
  };
}

export async function openStray(sealer: Sealer, stored: StoredStray): Promise<Opened<DocumentStatus>> {
  const plain = await sealer.open(table, stored.id, stored.sealed);
  if (!plain.ok) return plain;
  const parsed = documentStatus.safeParse(plain.value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'record-damaged' };
}
