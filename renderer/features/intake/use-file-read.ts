// What main read in the chosen file: pages, a secrecy mark, the text that proposals are made of. It proposes nothing itself.
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../../preload/contract/calls';
import type { Sha256 } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

export type FileRead = CallOutput<'files.read'>;

/** null while it is being read, and for no file; a failure is told over the desk. */
export function useFileRead(file: Attachment | null): FileRead | null {
  const { api, fail } = useDesk();
  const [known, setKnown] = useState<{ readonly of: Sha256; readonly read: FileRead } | null>(null);
  const sha256 = file?.sha256;
  // Checked again means that it can be read now what could not be before.
  const checkedAt = file?.verifiedAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new check is a new reading
  useEffect(() => {
    if (sha256 === undefined) return;
    let gone = false;
    answerOf(api.files.read({ sha256 })).then(
      (read) => {
        if (!gone) setKnown({ of: sha256, read });
      },
      (error: unknown) => {
        if (!gone) fail(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, sha256, checkedAt, fail]);
  return known !== null && known.of === sha256 ? known.read : null;
}
