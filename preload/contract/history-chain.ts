// The history of every document as rows in a hash chain: what a row says, and the file it is given away in. Shapes only.
import { z } from 'zod';
import { deskId, instant, sha256 } from './ids';

export const historyRow = z.strictObject({
  /** From 1, without a gap. */
  seq: z.number().int().positive(),
  at: instant,
  register: z.enum(['incoming', 'outgoing']),
  document: deskId,
  /** Number and symbol, empty where there is none yet. */
  title: z.string().max(100),
  what: z.string().max(60),
  /** A person of this agency, or empty where the desk acted by itself. */
  who: z.string().max(600),
  detail: z.string().max(4000),
  /** The machine or the hub it came from; empty where the row is older than this is kept. Files of the first form have none. */
  from: z.string().max(200).optional(),
  /** Hash of the row before; sixty-four zeros for the first. */
  previous: sha256,
  hash: sha256,
});
export type HistoryRow = z.infer<typeof historyRow>;

export const historyFormat = 'van-thu-history 2';
/** Forms that are still checked. */
const historyFormats = ['van-thu-history 1', historyFormat] as const;

export const historyFile = z.strictObject({
  format: z.enum(historyFormats),
  /** Where the rows come from: the agency, its machine, who gave them away and when. */
  agency: z.strictObject({ code: z.string().max(40), name: z.string().max(600) }),
  machine: z.string().max(200),
  madeBy: z.string().max(200),
  madeAt: instant,
  rows: z.array(historyRow),
  /** Hash of the last row: whoever was told it sees a cut end. */
  last: sha256,
});
export type HistoryFile = z.infer<typeof historyFile>;
