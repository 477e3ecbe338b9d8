// The clerk's own pictures for stamps: the list that main keeps, and an address for each picture a mark shows. The bytes come from
// main, which has had them looked at.
import { useCallback, useEffect, useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { StampPictureCard } from '../../../preload/contract/stamp-pictures';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useKept } from '../../app/kept';

export interface StampPictures {
  readonly list: readonly StampPictureCard[];
  /** null until main has given the picture; for good where it cannot. */
  readonly addressOf: (sha256: Sha256) => string | null;
  readonly put: (name: string, png: Uint8Array) => Promise<void>;
  readonly remove: (sha256: Sha256) => Promise<void>;
}

/** `shown`: the page is seen; the list is for acts that come after. */
export function useStampPictures(shown: boolean): StampPictures {
  const { api } = useDesk();
  const [list, setList] = useState<readonly StampPictureCard[]>([]);
  const [, setGiven] = useState(0);
  // One address a picture for as long as the window lives: a page that scrolls back has it at once.
  const [addresses, keep] = useKept('marks', 'picture-addresses', () => new Map<Sha256, string | null>());
  useEffect(() => keep(addresses), [keep, addresses]);

  const refresh = useCallback(
    async (): Promise<void> => setList((await answerOf(api.stampPictures.list({}))).pictures),
    [api],
  );
  useEffect(() => {
    if (shown) refresh().catch(() => setList([]));
  }, [refresh, shown]);

  const addressOf = useCallback(
    (sha256: Sha256): string | null => {
      const known = addresses.get(sha256);
      if (known !== undefined) return known;
      addresses.set(sha256, null);
      answerOf(api.stampPictures.read({ sha256 })).then(
        ({ png }) => {
          addresses.set(sha256, URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' })));
          setGiven((count) => count + 1);
        },
        // The frame of the stamp stays empty: what it names is no picture here.
        () => undefined,
      );
      return null;
    },
    [api, addresses],
  );
  return {
    list,
    addressOf,
    put: async (name, png) => {
      await answerOf(api.stampPictures.put({ name, png }));
      await refresh();
    },
    remove: async (sha256) => {
      await answerOf(api.stampPictures.remove({ sha256 }));
      await refresh();
    },
  };
}
