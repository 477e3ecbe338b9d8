// What main itself knows to be in the way of a restart, whatever the window says: signing, and urgent documents that have not
// left yet. It reads the journal and changes nothing.
import type { LedgerPut } from '../../preload/contract/records';
import type { RestartObstacle } from '../../preload/contract/updates';

/** The journal as far as it is needed here. */
export interface PutPages {
  latest(after: number): Promise<{ readonly items: readonly LedgerPut[]; readonly next: number | null }>;
}

const onTheirWay = new Set(['to-send', 'queued']);

/** True when an urgent outgoing document is signed and has not been sent. */
export async function urgentUnsent(journal: PutPages): Promise<boolean> {
  const urgent = new Set<string>();
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<PutPages['latest']>> = await journal.latest(after);
    for (const put of page.items) {
      if (put.table !== 'outgoing') continue;
      const waits = put.row.facts.urgency > 0 && onTheirWay.has(put.row.state);
      if (waits) urgent.add(put.row.id);
      else urgent.delete(put.row.id);
    }
    after = page.next;
  }
  return urgent.size > 0;
}

/** All of main's obstacles. */
export async function mainObstacles(signing: boolean, journal: PutPages): Promise<RestartObstacle[]> {
  return [
    ...(signing ? (['signing'] as const) : []),
    ...((await urgentUnsent(journal)) ? (['urgent'] as const) : []),
  ];
}
