// Documents of the lists, kept opened by their revision: a list of dozens is read anew after each change of one row, and opening
// all of them each time took more than reading them. It keeps a bounded number and writes nothing.
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import { openIncoming } from './incoming';
import { openOutgoing } from './outgoing';
import type { StoredDocument } from './schema';
import type { Opened, Sealer } from './sealing';

interface Kept<D> {
  readonly rev: number;
  readonly nonce: string;
  readonly opened: Promise<Opened<D>>;
}

export interface KeptOpen {
  incoming(stored: StoredDocument): Promise<Opened<IncomingDocument>>;
  outgoing(stored: StoredDocument): Promise<Opened<OutgoingDocument>>;
}

/** A revision that was written anew (from the journal) has another nonce, and is opened again. */
function keeping<D>(open: (stored: StoredDocument) => Promise<Opened<D>>, most: number) {
  const kept = new Map<string, Kept<D>>();
  return (stored: StoredDocument): Promise<Opened<D>> => {
    const nonce = stored.sealed.nonce.join();
    const known = kept.get(stored.id);
    kept.delete(stored.id);
    if (known !== undefined && known.rev === stored.rev && known.nonce === nonce) {
      kept.set(stored.id, known);
      return known.opened;
    }
    const opened = open(stored);
    kept.set(stored.id, { rev: stored.rev, nonce, opened });
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return opened;
  };
}

/** @param most rows of each table; those asked for longest ago go first */
export function createKeptOpen(sealer: Sealer, most = 400): KeptOpen {
  return {
    incoming: keeping((stored) => openIncoming(sealer, stored), most),
    outgoing: keeping((stored) => openOutgoing(sealer, stored), most),
  };
}
