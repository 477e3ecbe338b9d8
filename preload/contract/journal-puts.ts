// How rows cross from a window to the journal: as one JSON text. The bridge between a page and its preload copies an object value
// by value, which took longer than everything main does with the rows. It says nothing of what a row is.
import { z } from 'zod';
import { type LedgerPut, ledgerPut } from './records';

/** So many rows at most are one call. */
export const mostPuts = 500;

function readText(text: string, context: z.RefinementCtx<string>): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
}

/** In: JSON text of rows. Out: the rows, each held against the contract. */
export const putsText = z.string().transform(readText).pipe(z.array(ledgerPut).max(mostPuts));

/** The text of at most `mostPuts` rows: every field of a row is a JSON value, as it is where the row is sealed. */
export function textOfPuts(puts: readonly LedgerPut[]): string {
  return JSON.stringify(puts);
}
