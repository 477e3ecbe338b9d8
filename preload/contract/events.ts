// The one table of events from main to a window. Events tell; they never ask and never decide.
import { z } from 'zod';
import { batchId, batchOutcome, batchProgress } from './batch';
import { deskId, instant } from './ids';
import { signerCard } from './signing-request';
import { updateView } from './updates';

export const events = {
  /** Main's clock: start, resume, network back, an interval or an act; the ledger decides what is due. */
  'sync.tick': z.strictObject({
    reason: z.enum(['start', 'interval', 'network', 'resume', 'act', 'asked']),
    at: instant,
  }),
  'token.changed': z.strictObject({ signers: z.array(signerCard) }),
  /** Progress of long work in main, 0 to 1, or null where the end is not known. */
  progress: z.strictObject({ work: z.string(), done: z.number().nullable() }),
  /** Signed files of these documents came nearer to their level; `waiting` documents are not there yet. */
  'levels.changed': z.strictObject({ documents: z.array(deskId).max(100_000), waiting: z.number().int() }),
  'batch.progress': batchProgress,
  /** One document of a run is settled; the run's own answer says it again. */
  'batch.outcome': z.strictObject({ batch: batchId, outcome: batchOutcome }),
  'updates.changed': updateView,
  /** The program is to end: the window says whether something is unsent, and asks its person. */
  'app.quit-asked': z.strictObject({}),
  'app.closing': z.strictObject({}),
} as const satisfies Record<string, z.ZodType>;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = z.output<Events[N]>;
