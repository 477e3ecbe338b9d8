// The sheet "Phiếu giải quyết văn bản đến" (NĐ 30/2020, phụ lục IV, VII): its words as they are printed, and as the clerk arranges
// them. Shapes only; it holds no behaviour.
import { z } from 'zod';

const words = (most: number) => z.string().max(most);

/** One opinion on the sheet: its words, whose they are, and the day. */
export const sheetOpinion = z.strictObject({ text: words(4000), by: words(300), day: words(40) });
export type SheetOpinion = z.infer<typeof sheetOpinion>;
const opinions = z.array(sheetOpinion).max(50);

/** What the sheet says of the document; every word is the clerk's to change. */
const aboutDocument = {
  /** The agency above and the agency that handles. */
  parent: words(300),
  agency: words(300),
  number: words(60),
  arrivalDate: words(60),
  type: words(600),
  author: words(600),
  notation: words(120),
  documentDate: words(60),
  subject: words(2000),
} as const;

/** The sheet as it is to be printed. */
export const handlingSheet = z.strictObject({
  ...aboutDocument,
  leader: opinions,
  unit: opinions,
  handler: opinions,
});
export type HandlingSheet = z.infer<typeof handlingSheet>;

/** Whose opinion it is on the sheet; `none`: it is left out. */
export const opinionPlaces = ['leader', 'unit', 'handler', 'none'] as const;
export type OpinionPlace = (typeof opinionPlaces)[number];

/** An opinion where the clerk put it. */
export const placedOpinion = sheetOpinion.extend({
  /** The note it comes from, or a name of its own. */
  id: words(60),
  place: z.enum(opinionPlaces),
  /** The words of the note as they were taken over; null for an opinion that is the clerk's alone. */
  said: words(4000).nullable(),
});
export type PlacedOpinion = z.infer<typeof placedOpinion>;

export const mostOpinions = 100;

/** The sheet as the clerk arranges it. */
export const sheetDraft = z.strictObject({
  ...aboutDocument,
  opinions: z.array(placedOpinion).max(2 * mostOpinions),
});
export type SheetDraft = z.infer<typeof sheetDraft>;
