// What a window is shown of signers' pictures: the handwritten signature of a person, the seal of the agency, each bound to the
// holder of a certificate. Shapes alone; it holds no behaviour.
import { z } from 'zod';
import { instant } from './ids';

/** Bytes of a picture at most. */
export const mostPictureBytes = 4 << 20;
export const pictureBytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= mostPictureBytes,
);
/** Millimetres across at least and at most. */
export const pictureWidths = { least: 10, most: 80 } as const;

export const pictureId = z.string().regex(/^[0-9a-f]{32}$/);
export const pictureWidth = z.number().min(pictureWidths.least).max(pictureWidths.most);

export const pictureCard = z.strictObject({
  id: pictureId,
  /** Personal numbers are masked by main. */
  holder: z.string().max(600),
  kind: z.enum(['signature', 'seal']),
  /** Pixels. */
  width: z.number().int(),
  height: z.number().int(),
  /** How wide it is on the page. */
  widthMm: z.number(),
  /** Blue for a signature, red for a seal (NĐ 30/2020, phụ lục I). */
  colourFits: z.boolean(),
  addedAt: instant,
  png: pictureBytes,
});
export type PictureCard = z.infer<typeof pictureCard>;
