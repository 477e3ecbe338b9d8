// Where each file was left by its reader, over restarts: types and the shape that is stored. It keeps nothing itself.
import { z } from 'zod';
import type { Sha256 } from '../preload/contract/ids';

export const readingPlace = z.strictObject({
  zoom: z.union([z.number().min(0.05).max(20), z.enum(['width', 'page'])]),
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  spread: z.enum(['one', 'two']),
  /** From 1. */
  page: z.number().int().min(1),
});
export type ReadingPlace = z.infer<typeof readingPlace>;

export interface ReadingPlaces {
  /** undefined: the file was never read here, or so long ago that it was forgotten. */
  get(file: Sha256): ReadingPlace | undefined;
  /** Stored a moment later; nothing waits for it, and it may be lost. */
  put(file: Sha256, place: ReadingPlace): void;
}
