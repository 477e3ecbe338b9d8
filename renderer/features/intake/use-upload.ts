// One upload after another, with the share done so far. It keeps no file.
import { useCallback, useState } from 'react';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { type FileLike, uploadChecked } from './upload';

export interface Uploading {
  /** null: nothing is being brought in. */
  readonly share: number | null;
  readonly bring: (
    files: readonly FileLike[],
    then: (files: readonly Attachment[]) => Promise<void> | void,
  ) => void;
}

/** Brings files in and hands them on together; failures are told over the desk. */
export function useUpload(): Uploading {
  const { api } = useDesk();
  const { run } = useAct();
  const [share, setShare] = useState<number | null>(null);
  const bring = useCallback<Uploading['bring']>(
    (files, then) => {
      const work = async (): Promise<void> => {
        setShare(0);
        try {
          const checked: Attachment[] = [];
          for (const file of files) checked.push(await uploadChecked(api, file, setShare));
          await then(checked);
        } finally {
          setShare(null);
        }
      };
      void run(work);
    },
    [api, run],
  );
  return { share, bring };
}
