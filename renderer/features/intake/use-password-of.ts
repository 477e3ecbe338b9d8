// The way by which a viewer asks main for the password that is known of a file. It keeps none.
import { useCallback } from 'react';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import type { PasswordOf } from '../../pdf/blob-source';

export function usePasswordOf(): PasswordOf {
  const { api } = useDesk();
  return useCallback(async (sha256) => (await answerOf(api.intake.password({ sha256 }))).password, [api]);
}
