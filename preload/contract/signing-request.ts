// What a signature is asked for with: places on a page, roles, the cards of signers. Shapes alone; it holds no behaviour.
import { z } from 'zod';
import { actId, day, deskId, instant, sha256 } from './ids';

/** A place on a page as shown: PDF points, origin at the lower left of the visible page. */
export const placement = z.strictObject({
  page: z.number().int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});
export type Placement = z.infer<typeof placement>;

export const signingRole = z.enum(['leader', 'number', 'seal', 'attachment', 'copy']);
export type SigningRole = z.infer<typeof signingRole>;

/** What may be looked for on a page: the places of signatures, and of the records office's stamps. */
export const placeRole = z.enum([...signingRole.options, 'arrival-stamp', 'urgency-mark']);
export type PlaceRole = z.infer<typeof placeRole>;

/** 1 khẩn, 2 thượng khẩn, 3 hỏa tốc: the marks NĐ 30/2020 has. */
export const urgencyLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);

export const signerCard = z.strictObject({
  fingerprint: sha256,
  holder: z.string(),
  issuer: z.string(),
  tokenLabel: z.string(),
  validTo: instant,
  keyType: z.string(),
  usable: z.boolean(),
  /** A code when it is not usable. */
  reason: z.string().nullable(),
  pinState: z.string(),
});
export type SignerCard = z.infer<typeof signerCard>;

/** A word that main would write on a page: its base line and size in points. */
export const placedWord = z.strictObject({
  page: z.number().int().min(1),
  x: z.number(),
  y: z.number(),
  size: z.number(),
  text: z.string().max(40),
});
export type PlacedWord = z.infer<typeof placedWord>;

export const signingRequest = z.strictObject({
  act: actId,
  documentId: deskId,
  role: signingRole,
  /** The bytes on screen: main refuses to sign any other. */
  input: sha256,
  fingerprint: sha256,
  /** null: the place is found by rule from the page's text. */
  placement: placement.nullable(),
  /** What the PIN window says, checked by main against what it knows. */
  title: z.string().max(600),
  pages: z.number().int().min(0),
  number: z.string().max(60),
  issuedOn: day.nullable(),
});
export type SigningRequest = z.infer<typeof signingRequest>;
