// What the unlock window asks main and what it is told. It holds no key.
import { z } from 'zod';

export const unlockQuestion = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('state') }),
  z.strictObject({ ask: z.literal('submit'), passphrase: z.string().max(1000) }),
  z.strictObject({
    ask: z.literal('recover'),
    recovery: z.string().max(1000),
    passphrase: z.string().max(1000),
  }),
  z.strictObject({ ask: z.literal('quit') }),
]);
export type UnlockQuestion = z.infer<typeof unlockQuestion>;

/**
 * create ──submit──▶ open     enter ──submit──▶ open     enter ──recover──▶ open
 * stopped: the store must not be touched; `sentence` says why.
 */
export type UnlockState =
  | { readonly mode: 'create'; readonly recovery: string | null }
  | { readonly mode: 'enter' }
  | { readonly mode: 'stopped'; readonly code: string; readonly sentence: string }
  | { readonly mode: 'open' };

export type UnlockAnswer =
  | { readonly ok: true; readonly state: UnlockState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };
