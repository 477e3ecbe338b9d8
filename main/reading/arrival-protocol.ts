// The job on a small package that just came: its bytes go to the host and those of its files come back, with everything that is
// asked of each file right afterwards. It holds no behaviour.
import { z } from 'zod';
import { fileVerdict } from '../../preload/contract/verdict';
import { bytes, codeWord, ders, packageWith, textPiece } from './protocol-parts';

const mebibyte = 1 << 20;

/** Packages up to so many bytes are read so; larger ones lie sealed on the disk for the host, and so do their files. */
export const smallPackage = 4 * mebibyte;
/** Of all its files together: a wrapping zip may hold more than the package. */
export const mostInline = 16 * mebibyte;
/** So many of its files are looked at; those behind them are asked about one by one. */
export const mostLooks = 8;

/** What main would ask of a file: of a PDF, and of anything else. */
export const look = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pdf'),
    /** A code: why there is no verdict. Null where the network has to be asked for more, which is not done before the gate. */
    verdict: z.union([fileVerdict, codeWord]).nullable(),
    /** Text of its first page; none where it cannot be taken out. */
    firstPage: z.array(textPiece).max(40_000),
  }),
  z.strictObject({ kind: z.literal('other'), secret: z.boolean() }),
]);
export type Look = Readonly<z.infer<typeof look>>;

const inlineAttachment = z.strictObject({
  content: bytes(mostInline),
  /** By its first bytes, whatever the package calls it. */
  isPdf: z.boolean(),
  look: look.nullable(),
});
export type InlineAttachment = z.infer<typeof inlineAttachment>;

export const arrivalAnswers = { 'read-arrival': packageWith(inlineAttachment) } as const;

export const arrivalInputs = {
  'read-arrival': z.strictObject({
    content: bytes(smallPackage),
    anchors: ders,
    intermediates: ders,
    crls: ders,
    now: z.date(),
  }),
} as const;
