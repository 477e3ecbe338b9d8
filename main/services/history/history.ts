// The history of all documents, out of the journal (whose lines are sealed and chained on the disk), as a file to give away:
// rows in the order of time, linked anew. Each giving away is written down with its last hash, so that a later file can be held
// against it.

import { documentCode } from '../../../preload/contract/document-id';
import { type HistoryFile, historyFormat } from '../../../preload/contract/history-chain';
import { asInstant, type Sha256 } from '../../../preload/contract/ids';
import type { LedgerPut, Organ } from '../../../preload/contract/records';
import type { BlobStore } from '../../blobs';
import type { Journal } from '../../journal';
import { firstPrevious, linked, type Unlinked } from './chain';
import { csvOf } from './csv';

export interface HistoryParts {
  readonly journal: Pick<Journal, 'latest' | 'append'>;
  readonly blobs: Pick<BlobStore, 'writer'>;
  readonly agency: Organ;
  readonly machine: string;
  readonly user: string;
  readonly now: () => Date;
}

function rowsOf(put: LedgerPut): Unlinked[] {
  if (put.table !== 'incoming' && put.table !== 'outgoing') return [];
  const { row, table } = put;
  const title = documentCode(row.facts.number, row.facts.notation).slice(0, 100);
  return row.history.map(({ at, what, who, detail, from = '' }) => ({
    ...{ at, register: table, document: row.id, title, what, who, detail, from },
  }));
}

/** All rows, oldest first; those of one instant keep the order in which their document tells them. */
export function orderedRows(puts: readonly LedgerPut[]): Unlinked[] {
  const rows = puts.flatMap(rowsOf);
  return rows
    .map((row, index) => ({ row, index }))
    .sort((left, right) => {
      if (left.row.at !== right.row.at) return left.row.at < right.row.at ? -1 : 1;
      if (left.row.document !== right.row.document) return left.row.document < right.row.document ? -1 : 1;
      return left.index - right.index;
    })
    .map(({ row }) => row);
}

export function createHistory(parts: HistoryParts) {
  async function allPuts(): Promise<LedgerPut[]> {
    const puts: LedgerPut[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<Journal['latest']>> = await parts.journal.latest(after);
      puts.push(...page.items);
      after = page.next;
    }
    return puts;
  }

  return {
    /** The file as a blob, with its last hash in the journal. */
    async make(as: 'json' | 'csv'): Promise<{ sha256: Sha256; name: string; rows: number; last: Sha256 }> {
      const rows = linked(orderedRows(await allPuts()));
      const last = rows.at(-1)?.hash ?? firstPrevious;
      const madeAt = asInstant(parts.now());
      const file: HistoryFile = {
        ...{ format: historyFormat, agency: parts.agency, machine: parts.machine, madeBy: parts.user },
        ...{ madeAt, rows, last },
      };
      const text = as === 'json' ? `${JSON.stringify(file, null, 1)}\n` : csvOf(rows);
      const name = `lich-su-xu-ly-${madeAt.slice(0, 10)}.${as}`;
      const writer = await parts.blobs.writer('own-file', name, '');
      try {
        await writer.write(Buffer.from(text, 'utf8'));
      } catch (error) {
        await writer.abort();
        throw error;
      }
      const { sha256 } = await writer.finish();
      await parts.journal.append({ type: 'note', text: `history ${rows.length} ${last}`, at: madeAt });
      return { sha256, name, rows: rows.length, last };
    },
  };
}

export type History = ReturnType<typeof createHistory>;
