// Which picture a signature shows: the one kept for the holder of its certificate, else the one that settings name for the role.
// It checks nothing and signs nothing.
import { readFile } from 'node:fs/promises';
import type { SigningRole } from '../../../preload/contract/signing-request';
import type { Settings } from '../../settings/settings';
import { type PictureKind, parseSignerCertificate, pngSize } from '../../signing';
import type { KeptPicture, PictureStore } from './picture-store';

type Pictured = Extract<SigningRole, 'leader' | 'seal'>;
const kinds: Readonly<Record<Pictured, PictureKind>> = { leader: 'signature', seal: 'seal' };
const isPictured = (role: SigningRole): role is Pictured => role === 'leader' || role === 'seal';

export function createSignerImages(store: PictureStore, settings: Pick<Settings, 'images' | 'sealMm'>) {
  /** Before a certificate is chosen the picture changed last stands for its kind. */
  async function newest(role: Pictured): Promise<KeptPicture | null> {
    return (await store.list()).find((one) => one.kind === kinds[role]) ?? null;
  }

  async function named(role: Pictured): Promise<Uint8Array | null> {
    const path = settings.images[role];
    return path === undefined ? null : readFile(path);
  }

  return {
    /** The picture for the holder of this certificate, or null. */
    async of(role: SigningRole, certificate: Uint8Array): Promise<Uint8Array | null> {
      if (!isPictured(role)) return null;
      const { commonName } = parseSignerCertificate(certificate);
      return (await store.of(commonName, kinds[role]))?.png ?? named(role);
    },

    /** Width of a role's picture by its height, or null without one. */
    async aspect(role: Pictured): Promise<number | null> {
      const kept = await newest(role);
      if (kept !== null) return kept.width / kept.height;
      const image = await named(role);
      if (image === null) return null;
      const { width, height } = pngSize(image);
      return width / height;
    },

    /** How wide the seal is on the page, millimetres. */
    sealMm: async (): Promise<number> => (await newest('seal'))?.widthMm ?? settings.sealMm,
  };
}
