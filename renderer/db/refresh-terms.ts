// The days in the clear columns of open documents follow from the calendar: after it changed they are reckoned anew. No record,
// no revision and no history changes by it.
import type { Table } from 'dexie';
import { incomingTerm, outgoingTerm, type Term } from './deadlines';
import { openIncoming } from './incoming';
import { openOutgoing } from './outgoing';
import { type LedgerDatabase, noDay, type StoredDocument } from './schema';
import type { Opened, Sealer } from './sealing';

async function refreshTable<T>(
  table: Table<StoredDocument, string>,
  open: (stored: StoredDocument) => Promise<Opened<T>>,
  termOf: (document: T) => Term | null,
): Promise<number> {
  // Only documents with a term are open work; the others have none under any calendar.
  const rows = await table.where('today').below(noDay).toArray();
  let changed = 0;
  for (const row of rows) {
    const found = await open(row);
    if (!found.ok) continue;
    const term = termOf(found.value);
    const today = term?.from ?? noDay;
    const due = term?.day ?? noDay;
    if (row.today === today && row.due === due) continue;
    // A row that another writer has moved on meanwhile has its own days already.
    changed += await table.where('[id+rev]').equals([row.id, row.rev]).modify({ today, due });
  }
  return changed;
}

/** How many rows were given other days. */
export async function refreshTerms(database: LedgerDatabase, sealer: Sealer): Promise<number> {
  const incoming = await refreshTable(database.incoming, (row) => openIncoming(sealer, row), incomingTerm);
  const outgoing = await refreshTable(database.outgoing, (row) => openOutgoing(sealer, row), outgoingTerm);
  return incoming + outgoing;
}
