// The notes a file came with, given to the store of its reading view: shown there and answered, never changed. Main reads them.
import { useEffect, useRef } from 'react';
import type { DeskId, Sha256 } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import type { MarkStore } from '../../pdf/marks/mark-store';
import { importedMarks } from './exported';

/** Milliseconds; nobody looks for the notes of a page sooner. */
const moment = 300;

/**
 * `opened` counts how often the file was opened with a password: it is read again then. Nothing is asked before it is `shown` for a
 * moment: main reads the whole file for it, the page comes first, and a file that is only passed by is not read.
 */
export function useImportedMarks(
  store: MarkStore,
  documentId: DeskId,
  fileSha: Sha256,
  opened: number,
  shown: boolean,
): void {
  const { api } = useDesk();
  const newest = useRef(api);
  newest.current = api;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file that was locked is read anew once it is open
  useEffect(() => {
    if (!shown) return;
    let wanted = true;
    const ask = (): void => {
      answerOf(newest.current.marking.imported({ sha256: fileSha })).then(
        ({ marks }) => {
          if (wanted) store.takeImported(importedMarks(marks, { documentId, fileSha }));
        },
        // A file that cannot be read says so in the page's own place.
        () => undefined,
      );
    };
    const later = setTimeout(ask, moment);
    return () => {
      wanted = false;
      clearTimeout(later);
    };
  }, [store, documentId, fileSha, opened, shown]);
}
