// The repository of the outbox: what the hub must be told. Lane, order, state and times are in clear so that the engine
// can choose without opening; the package, the receivers and the hub's names are sealed. It never sends.
import { type OutboxRow, type OutboxState, outboxRow } from '../../preload/contract/records';
import { keysOfAny, rowsOfAny } from './any-of';
import type { LedgerDatabase, OutboxClear, StoredOutbox } from './schema';
import type { Opened, Sealer } from './sealing';

const table = 'outbox';

/** States in which a row still has something to do, or parks its lane. */
export const openStates: readonly OutboxState[] = [
  'ready',
  'sending',
  'waiting',
  'unknown',
  'needs-attention',
];

export function clearOf(row: OutboxRow): OutboxClear {
  const { id, seq, rev, lane, kind, state, attempts, notBefore, leaseUntil } = row;
  return { id, seq, rev, lane, kind, state, attempts, notBefore, leaseUntil };
}

function hiddenOf({ act, lastCode, packageSha, receivers, docId, createdAt }: OutboxRow) {
  return { act, lastCode, packageSha, receivers, docId, createdAt };
}

/** True when nothing of what is sealed differs: most steps of a row change its state and times alone. */
export function isSealedAlike(one: OutboxRow, other: OutboxRow): boolean {
  return JSON.stringify(hiddenOf(one)) === JSON.stringify(hiddenOf(other));
}

export async function sealOutbox(sealer: Sealer, row: OutboxRow): Promise<StoredOutbox> {
  return { ...clearOf(row), sealed: await sealer.seal(table, row.id, hiddenOf(row)) };
}

export async function openOutbox(sealer: Sealer, stored: StoredOutbox): Promise<Opened<OutboxRow>> {
  const plain = await sealer.open(table, stored.id, stored.sealed);
  if (!plain.ok) return plain;
  const { sealed: _, ...clear } = stored;
  const parsed = outboxRow.safeParse({ ...(plain.value as object), ...clear });
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'record-damaged' };
}

/** Rows in the given states, in the order they were made. */
export async function storedInStates(
  database: LedgerDatabase,
  states: readonly OutboxState[],
): Promise<readonly StoredOutbox[]> {
  const found = await rowsOfAny(database.outbox, 'state', states);
  return found.sort((left, right) => left.seq - right.seq);
}

/** Whether a row, by its id alone, only acknowledges a package. */
export function isAck({ id }: Pick<OutboxRow, 'id'>): boolean {
  return id.startsWith('ack:');
}

/** How many rows in the given states are not mere acknowledgements, by their ids alone: of those thousands may wait. */
export async function countBesidesAcks(
  database: LedgerDatabase,
  states: readonly OutboxState[],
): Promise<number> {
  const ids = await keysOfAny(database.outbox, 'state', states);
  return ids.filter((id) => !isAck({ id })).length;
}

/** All rows of a lane, in order. */
export async function storedInLane(database: LedgerDatabase, lane: string): Promise<readonly StoredOutbox[]> {
  const found = await database.outbox.where('lane').equals(lane).toArray();
  return found.sort((left, right) => left.seq - right.seq);
}
