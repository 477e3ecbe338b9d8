// Sends what waits, as far as that goes within a limit: before the program ends. What is left stays in the outbox and is sent
// at the next start. It decides nothing of what is sent; push.ts does.
import type { OutboxState } from '../../preload/contract/records';
import type { Context } from '../acts/context';
import { liveFrom } from '../db/live';
import { countBesidesAcks } from '../db/outbox';
import type { Live } from '../ledger';
import type { HubCell } from './hub-view';
import type { Surroundings, Sync } from './sync';

/** A row of unknown outcome is not among them: sending cannot help it. */
const unsentStates: readonly OutboxState[] = ['ready', 'waiting', 'sending'];

function countUnsent(context: Context): Promise<number> {
  return countBesidesAcks(context.databases.relaxed, unsentStates);
}

/** Documents and statuses that the hub has not been given yet. */
export function unsentRows(context: Context): Live<number> {
  return liveFrom(
    () => countUnsent(context),
    (count) => Promise.resolve(count),
  );
}

/** Resolves with what is left: when there is nothing, when the hub is away, or when the time is over. */
export async function sendAll(
  context: Context,
  sync: Sync,
  hub: HubCell,
  around: Pick<Surroundings, 'schedule'>,
  milliseconds: number,
): Promise<number> {
  let over = false;
  let cancel: () => void = () => undefined;
  const limit = new Promise<void>((resolve) => {
    cancel = around.schedule(milliseconds, () => {
      over = true;
      resolve();
    });
  });
  const sending = async (): Promise<void> => {
    let before = Number.POSITIVE_INFINITY;
    for (let left = await countUnsent(context); left > 0 && left < before && !over; ) {
      before = left;
      await sync.round('asked');
      left = await countUnsent(context);
      if (hub.get().hub !== 'online') return;
    }
  };
  try {
    await Promise.race([sending(), limit]);
  } finally {
    cancel();
  }
  return countUnsent(context);
}
