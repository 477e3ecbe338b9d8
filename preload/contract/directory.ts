// The directory of agencies as values: an entry, what a search gives, how a code stands, groups of receivers. No behaviour.
import { z } from 'zod';
import { organ } from './records';

/** An agency that may be offered as receiver. */
export const agencyCard = z.strictObject({
  ...organ.shape,
  /** The code of QĐ 28/2018 under which older packages know it; empty where the directory names none. */
  oldCode: z.string().max(40),
  favourite: z.boolean(),
});
export type AgencyCard = z.infer<typeof agencyCard>;

/** How a code stands in the directory saved here. */
export const codeStanding = z.enum([
  /** A living agency. */
  'known',
  /** The old code of a living agency. */
  'old-code',
  /** A province that became part of another on 01/07/2025 (`successor` is that one). */
  'merged',
  /** In the directory, marked as removed. */
  'removed',
  /** A technical node of the axis (W00). */
  'technical',
  /** Not in the directory: perhaps new, perhaps mistyped. */
  'unknown',
  /** Neither form of the decrees. */
  'odd',
  /** No directory was ever fetched. */
  'no-directory',
]);
export type CodeStanding = z.infer<typeof codeStanding>;

export const checkedCode = z.strictObject({
  code: z.string().max(40),
  standing: codeStanding,
  organ: organ.nullable(),
  successor: organ.nullable(),
});
export type CheckedCode = z.infer<typeof checkedCode>;

export const receiverGroup = z.strictObject({
  id: z.uuid(),
  name: z.string().min(1).max(200),
  members: z.array(organ).min(1).max(5000),
});
export type ReceiverGroup = z.infer<typeof receiverGroup>;

export const directoryState = z.strictObject({
  agencies: z.number().int(),
  /** Of the last refresh. */
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
});
export type DirectoryState = z.infer<typeof directoryState>;
