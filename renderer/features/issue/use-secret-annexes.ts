// Whether an annex of a draft carries a secrecy mark: asked of main once a file, so that it is said before anything is saved.
import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../preload/contract/records';
import { secrecyLevelOfName } from '../../../preload/contract/secrecy';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

/** True once one of the files is marked; removing it is the way on. */
export function useSecretAnnexes(annexes: readonly Attachment[]): boolean {
  const { api } = useDesk();
  const asked = useRef(new Set<string>());
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const { sha256, name, contentType } of annexes) {
      if (asked.current.has(sha256)) continue;
      asked.current.add(sha256);
      const mark = (): void => setMarked((now) => new Set([...now, sha256]));
      if (secrecyLevelOfName(name) !== undefined) mark();
      else if (contentType === 'application/pdf') {
        answerOf(api.files.read({ sha256 })).then(
          ({ secret }) => {
            if (secret) mark();
          },
          // A file that cannot be read says nothing here; main looks again before it is packed.
          () => asked.current.delete(sha256),
        );
      }
    }
  }, [api, annexes]);
  return annexes.some((one) => marked.has(one.sha256));
}
