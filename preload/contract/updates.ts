// What a window is told of updates and may ask for: one view of the state, and reasons why the desk cannot be restarted now.
// It holds no address and no path.
import { z } from 'zod';
import { instant } from './ids';

/** Who brings updates: IT (the desk only says that there is one), the desk itself, or a folder without a network. */
export const updateMode = z.enum(['off', 'managed', 'self', 'offline']);
export type UpdateMode = z.output<typeof updateMode>;

export const updateRelease = z.strictObject({
  version: z.string().max(40),
  /** True for a signed way back to an older version. */
  rollback: z.boolean(),
  notes: z.string().max(4000),
  size: z.number().int().min(0),
  /** A security release: until when it should be in. */
  deadline: instant.nullable(),
});
export type UpdateRelease = z.output<typeof updateRelease>;

/** What stands against a restart now. */
export const restartObstacle = z.enum(['signing', 'draft', 'urgent', 'sending']);
export type RestartObstacle = z.output<typeof restartObstacle>;

export const updateView = z.strictObject({
  mode: updateMode,
  current: z.string().max(40),
  phase: z.enum(['idle', 'checking', 'offered', 'downloading', 'ready', 'installing', 'refused', 'failed']),
  release: updateRelease.nullable(),
  /** 0 to 1 while it is downloaded. */
  done: z.number().min(0).max(1).nullable(),
  /** A code of the closed list where the phase is `refused` or `failed`. */
  code: z.string().max(60).nullable(),
  checkedAt: instant.nullable(),
  /** The version this start came from, told once after an update. */
  updatedFrom: z.string().max(40).nullable(),
  /** True when the deadline of a security release is over. */
  overdue: z.boolean(),
});
export type UpdateView = z.output<typeof updateView>;
