// The marks of one file for its reading view: kept in the ledger, followed as they change there, with what can be taken back kept
// until the window closes. It draws nothing.
import { useEffect, useRef } from 'react';
import type { DeskId, Sha256 } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { useKept } from '../../app/kept';
import type { MarkContent } from '../../pdf/marks/content';
import type { MarkDesk } from '../../pdf/marks/mark-desk';
import { MarkStore } from '../../pdf/marks/mark-store';
import type { StampPictures } from './use-stamp-pictures';

export interface MarkDeskWish {
  readonly documentId: DeskId;
  readonly fileSha: Sha256;
  /** false: marks are shown and none is made or changed. */
  readonly may: boolean;
  readonly arrival: MarkDesk['arrival'];
  readonly pictures: StampPictures;
  readonly onStampPictures: () => void;
}

const nothing: readonly MarkContent[] = [];

export function useMarkDesk(wish: MarkDeskWish): MarkDesk {
  const { documentId, fileSha, may, arrival, pictures, onStampPictures } = wish;
  const { ledger, info, fail } = useDesk();
  const failed = useRef(fail);
  failed.current = fail;
  const [store, keepStore] = useKept(`marks:${documentId}:${fileSha}`, 'store', () => {
    return new MarkStore({
      documentId,
      fileSha,
      user: info.user,
      save: ({ puts, removed }) => ledger.acts.changeMarks({ puts, removed }),
      failed: (error) => failed.current(error),
      now: () => new Date(),
    });
  });
  useEffect(() => keepStore(store), [keepStore, store]);
  useEffect(
    () =>
      ledger.annotations(fileSha).subscribe(
        (marks) => store.take(marks),
        (error) => failed.current(error),
      ),
    [ledger, fileSha, store],
  );
  const [clipboard, keepClipboard] = useKept('marks', 'clipboard', () => ({ marks: nothing }));
  useEffect(() => keepClipboard(clipboard), [keepClipboard, clipboard]);
  const layer = info.profile === 'leader' ? 'directions' : 'notes';
  return {
    ...{ store, may, layer, arrival, clipboard, onStampPictures },
    pictures: pictures.list,
    pictureOf: pictures.addressOf,
  };
}
