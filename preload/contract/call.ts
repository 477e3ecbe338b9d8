// The shape of one call from a window to main, and how one is written down. It knows no call.
import { z } from 'zod';

export type WindowKind = 'document' | 'pin';

export interface CallShape {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly windows: readonly WindowKind[];
}

/** A call that only the window of documents may make. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): { input: I; output: O; windows: readonly WindowKind[] } {
  return { input, output, windows: ['document'] };
}

export const nothing = z.strictObject({});
