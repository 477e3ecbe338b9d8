// Links history rows by SHA-256 and finds where a chain was broken. Pure; what is hashed is a JSON list of the row's fields in
// one fixed order, so that any program can compute it.
import { createHash } from 'node:crypto';
import type { HistoryFile, HistoryRow } from '../../../preload/contract/history-chain';
import { asSha256, type Sha256 } from '../../../preload/contract/ids';

export const firstPrevious = asSha256('0'.repeat(64));

/** A row before it is linked. */
export type Unlinked = Omit<HistoryRow, 'seq' | 'previous' | 'hash'>;

function hashOf(row: Omit<HistoryRow, 'hash'>): Sha256 {
  const { previous, seq, at, register, document, title, what, who, detail, from } = row;
  const words = [previous, seq, at, register, document, title, what, who, detail];
  // A file of the first form has no origins; a row that lost its own has another hash.
  const text = JSON.stringify(from === undefined ? words : [...words, from]);
  return asSha256(createHash('sha256').update(text, 'utf8').digest('hex'));
}

/** The rows in their order, each with the hash of the one before. */
export function linked(rows: readonly Unlinked[]): HistoryRow[] {
  let previous = firstPrevious;
  return rows.map((row, index) => {
    const open = { ...row, seq: index + 1, previous };
    const hash = hashOf(open);
    previous = hash;
    return { ...open, hash };
  });
}

export type ChainFault = 'row-changed' | 'row-missing' | 'end-missing';

/** The first place where a file is not what was given away; null where it is whole. `seq` is the row, or the one lacking. */
export function chainFault(file: Pick<HistoryFile, 'rows' | 'last'>): {
  readonly fault: ChainFault;
  readonly seq: number;
} | null {
  let previous = firstPrevious;
  for (const [index, row] of file.rows.entries()) {
    // A row's own words are held against its own hash first: a changed row is told from a missing one.
    if (hashOf(row) !== row.hash) return { fault: 'row-changed', seq: row.seq };
    if (row.seq !== index + 1 || row.previous !== previous) return { fault: 'row-missing', seq: index + 1 };
    previous = row.hash;
  }
  return previous === file.last ? null : { fault: 'end-missing', seq: file.rows.length + 1 };
}
