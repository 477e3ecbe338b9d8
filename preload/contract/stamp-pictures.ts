// The clerk's own pictures that can be stamps among the notes, and the calls about them. Shapes alone; it holds no behaviour.
import { z } from 'zod';
import { type CallShape, call, nothing } from './call';
import { instant, sha256 } from './ids';
import { pictureBytes } from './pictures';

export const mostStampPictures = 40;

export const stampPictureCard = z.strictObject({
  /** Of its bytes, which are a blob. */
  sha256,
  name: z.string().min(1).max(120),
  /** Pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  addedAt: instant,
});
export const stampPictureList = z.array(stampPictureCard).max(mostStampPictures);
export type StampPictureCard = z.infer<typeof stampPictureCard>;

export const stampPictureCalls = {
  /** The newest first. */
  'stampPictures.list': call(nothing, z.strictObject({ pictures: stampPictureList })),
  /** Looks at a PNG and keeps it. Failures `picture-*`, `signing-image-invalid`. */
  'stampPictures.put': call(
    z.strictObject({ name: stampPictureCard.shape.name, png: pictureBytes }),
    z.strictObject({ picture: stampPictureCard }),
  ),
  /** Takes it off the list; marks that show it keep it. */
  'stampPictures.remove': call(z.strictObject({ sha256 }), nothing),
  /** The bytes of a picture that a mark shows. Failures `picture-missing` and those of `put`. */
  'stampPictures.read': call(z.strictObject({ sha256 }), z.strictObject({ png: pictureBytes })),
} as const satisfies Record<string, CallShape>;
