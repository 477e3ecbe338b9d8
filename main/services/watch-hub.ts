// Watches what a hub keeps on a disk, so that packages are fetched when they come and not at the next tick. Hubs over a network
// have nothing to watch. It fetches nothing itself.
import { isAbsolute, join } from 'node:path';
import { nodeDisk, systemNotices, watchInbox } from '../exchange';
import type { HubSettings } from '../settings/hub-settings';

export interface HubWatchers {
  /** Something may have come. */
  readonly changed: () => void;
  /** The folder is there again. */
  readonly back: () => void;
}

/** Begins to watch; returns the end. */
export function watchHub(hub: HubSettings | null, watchers: HubWatchers): () => void {
  if (hub?.kind !== 'folder') return () => undefined;
  const inbox = isAbsolute(hub.inbox) ? hub.inbox : join(hub.root, hub.inbox);
  return watchInbox({
    folder: hub.byReceiver ? join(inbox, hub.systemId) : inbox,
    disk: nodeDisk,
    notices: systemNotices,
    schedule: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    lookMs: hub.lookSeconds * 1000,
    quietMs: 500,
    settleMs: hub.settleSeconds * 1000,
    ...watchers,
  });
}
