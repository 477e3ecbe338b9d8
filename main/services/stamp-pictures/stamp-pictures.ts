// The clerk's own pictures for stamps among the notes: looked at by the reading host, kept as sealed blobs so that a mark can name
// one for good, and listed in a sealed file. A window never gets bytes that the reading host has not seen.
import { Failure } from '../../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../../preload/contract/ids';
import { mostPictureBytes } from '../../../preload/contract/pictures';
import { mostStampPictures, type StampPictureCard } from '../../../preload/contract/stamp-pictures';
import type { BlobStore } from '../../blobs';

export interface StampPictureParts {
  readonly blobs: Pick<BlobStore, 'put' | 'size' | 'readRange'>;
  readonly list: {
    read(): Promise<readonly StampPictureCard[] | null>;
    write(pictures: readonly StampPictureCard[]): Promise<void>;
  };
  /** In the reading host: decodes the picture. Throws Failures `picture-*`, `signing-image-invalid`. */
  readonly check: (png: Uint8Array) => Promise<{ readonly width: number; readonly height: number }>;
  readonly now: () => Date;
}

export function createStampPictures({ blobs, list, check, now }: StampPictureParts) {
  const seen = new Set<Sha256>();
  /** One change of the list at a time. */
  let tail: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work, work);
    tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  return {
    list: async (): Promise<StampPictureCard[]> => [...((await list.read()) ?? [])],

    /** The same bytes are kept once, under the newer name. Throws Failure `picture-too-many`, and those of `check`. */
    put: (name: string, png: Uint8Array): Promise<StampPictureCard> =>
      inTurn(async () => {
        const size = await check(png);
        const { sha256 } = await blobs.put({ kind: 'stamp-picture', name: 'stamp.png', docId: '' }, png);
        const others = ((await list.read()) ?? []).filter((one) => one.sha256 !== sha256);
        if (others.length >= mostStampPictures) throw new Failure('picture-too-many');
        const picture = { sha256, name, ...size, addedAt: asInstant(now()) };
        await list.write([picture, ...others]);
        seen.add(sha256);
        return picture;
      }),

    remove: (sha256: Sha256): Promise<void> =>
      inTurn(async () => {
        const kept = (await list.read()) ?? [];
        const others = kept.filter((one) => one.sha256 !== sha256);
        if (others.length === kept.length) throw new Failure('picture-missing', sha256);
        await list.write(others);
      }),

    /** A mark may name any blob: only one that decodes as a picture leaves here. */
    async read(sha256: Sha256): Promise<Uint8Array> {
      const size = await blobs.size(sha256);
      if (size === null || size > mostPictureBytes) throw new Failure('picture-missing', sha256);
      const png = await blobs.readRange(sha256, 0, size);
      if (!seen.has(sha256)) await check(png);
      seen.add(sha256);
      return png;
    },
  };
}

export type StampPictures = ReturnType<typeof createStampPictures>;
