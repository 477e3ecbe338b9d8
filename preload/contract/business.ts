// What a package does to documents that were sent before (QCVN 102 §2.2): nothing (new), recall, update, replace, with what
// each of them names. Values and what follows from them alone, no behaviour.
import { z } from 'zod';

const text = z.string().max(4000);
const short = z.string().max(600);
const code = z.string().max(40);

/** Business type of QCVN 102 (2.2.1): new, recall, update, replace. */
export const businessType = z.enum(['0', '1', '2', '3']);

/** One line of the ReceiverList of an update: ReceiverType 1 added, 0 removed. */
export const receiverChange = z.strictObject({ code, change: z.enum(['added', 'removed']) });
export type ReceiverChange = z.infer<typeof receiverChange>;

/** BussinessDocumentInfo (2.2.3), of updates. */
export const updateInfo = z.strictObject({
  /** The header of the update says something new about the document. */
  facts: z.boolean(),
  receivers: z.array(receiverChange).max(5000),
});
export type UpdateInfo = z.infer<typeof updateInfo>;

/** One ReplacementInfo: a document that is replaced, and whom that concerns; nobody named means everybody. */
export const replacedDocument = z.strictObject({
  documentId: short,
  receivers: z.array(code).max(5000),
});
export type ReplacedDocument = z.infer<typeof replacedDocument>;

export const business = z.strictObject({
  type: businessType,
  reason: text,
  /** The document that is recalled or updated, or the first one that is replaced. */
  targetDocumentId: short,
  /** The person who decided it (StaffInfo). */
  decidedBy: short.optional(),
  update: updateInfo.optional(),
  replaces: z.array(replacedDocument).max(100).optional(),
  /** BussinessDocType as it came, where it is none of the standard's: the package is shown as a document with this note. */
  unknownType: z.string().max(20).optional(),
});
export type Business = z.infer<typeof business>;

/** How the recall of a document is told: a package of type 1, or status 13. Hubs differ. */
export const recallBy = z.enum(['package', 'status']);
export type RecallBy = z.infer<typeof recallBy>;

/** What a hub leaves open about the flows between agencies; its settings say it. */
export const hubWays = z.strictObject({
  recallBy,
  /** Whether updates and replacements are answered with 15 and 16, as recalls always are. */
  answersChanges: z.boolean(),
  /** The hub's own words for status codes, in place of the usual ones. */
  statusWords: z.record(z.string().max(10), z.string().max(100)),
});
export type HubWays = z.infer<typeof hubWays>;

export const usualWays: HubWays = { recallBy: 'package', answersChanges: true, statusWords: {} };

/** The ids of the documents that a package of this kind is about; none for a new document. */
export function targetsOf(of: Business): readonly string[] {
  if (of.type === '0') return [];
  const replaced = of.type === '3' ? (of.replaces ?? []).map((one) => one.documentId) : [];
  return [...new Set([of.targetDocumentId, ...replaced].map((id) => id.trim()))].filter((id) => id !== '');
}
