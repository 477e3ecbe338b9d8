// What a window may do with signers' pictures: see them, add one to the holder of a certificate that is there, say its real size,
// take it away. The reading host looks at the bytes; main only keeps them sealed.
import { Failure } from '../../../preload/contract/failure';
import type { Sha256 } from '../../../preload/contract/ids';
import { withoutPersonalNumbers } from '../../../preload/contract/personal-number';
import type { PictureCard } from '../../../preload/contract/pictures';
import type { CheckedPicture, PictureKind } from '../../signing';
import { isAgency } from '../signing-rules';
import type { KeptPicture, PictureStore } from './picture-store';

export interface PictureParts {
  readonly store: PictureStore;
  /** In the reading host: decodes the picture. Throws Failures `picture-*`, `signing-image-invalid`. */
  readonly check: (png: Uint8Array, kind: PictureKind, widthMm: number | null) => Promise<CheckedPicture>;
  /** The holder of a certificate on a device, as written there. Throws Failure `signing-signer-absent`. */
  readonly holderOf: (fingerprint: Sha256) => Promise<string>;
  readonly agencyName: string;
}

const cardOf = ({ holder, ...rest }: KeptPicture): PictureCard => ({
  ...rest,
  holder: withoutPersonalNumbers(holder).slice(0, 600),
});

export function createPictures({ store, check, holderOf, agencyName }: PictureParts) {
  async function kept(id: string): Promise<KeptPicture> {
    const found = (await store.list()).find((one) => one.id === id);
    if (found === undefined) throw new Failure('picture-missing', id);
    return found;
  }

  return {
    list: async (): Promise<PictureCard[]> => (await store.list()).map(cardOf),

    /** Keeps a picture for the holder; the agency's certificate gets a seal, a person's a signature. */
    async put(fingerprint: Sha256, png: Uint8Array, widthMm: number | null): Promise<PictureCard> {
      const holder = await holderOf(fingerprint);
      const kind = isAgency(holder, agencyName) ? 'seal' : 'signature';
      const checked = await check(png, kind, widthMm);
      return cardOf(await store.put({ holder, kind, png, ...checked }));
    },

    /** Says how wide a kept picture is on the page. Throws Failure `picture-missing`, `picture-size`, `picture-coarse`. */
    async resize(id: string, widthMm: number): Promise<PictureCard> {
      const { holder, kind, png } = await kept(id);
      const checked = await check(png, kind, widthMm);
      return cardOf(await store.put({ holder, kind, png, ...checked }));
    },

    remove: (id: string): Promise<void> => store.remove(id),
  };
}

export type PictureService = ReturnType<typeof createPictures>;
