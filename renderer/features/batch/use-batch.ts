// Joins the screen of many documents to main and the ledger: begins a run, follows it, stops it, recovers what a crash left.
// The rules of the screen are in state.ts.
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { DeskId, Sha256 } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useWords } from '../../i18n/text';
import type { SignableRow } from '../../ledger';
import { type BatchScreenState, choosing, nextBatch } from './state';

export interface Batch {
  readonly state: BatchScreenState;
  readonly start: (rows: readonly SignableRow[], fingerprint: Sha256) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
  readonly close: () => void;
}

/** `rows`: what waits for a signature now, null while it is being read. */
export function useBatch(rows: readonly SignableRow[] | null): Batch {
  const { api, ledger, fail, done } = useDesk();
  const { t } = useWords();
  const [state, act] = useReducer(nextBatch, choosing);
  const newest = useRef(rows);
  newest.current = rows;

  const recover = useCallback(async (): Promise<void> => {
    const ids = (newest.current ?? []).flatMap((row) => (row.problem === null ? [row.id] : []));
    if (ids.length === 0) return;
    const count = await ledger.acts.recoverSigned({ ids });
    if (count > 0) done(t('batch.recovered', { count }));
  }, [ledger, done, t]);

  useEffect(
    () =>
      api.events.on('batch.progress', (progress) => {
        act({ kind: 'progress', progress });
      }),
    [api],
  );

  // A page that was loaded anew in the middle of a run goes on showing it; what a crash left is recovered first of all.
  const read = rows !== null;
  useEffect(() => {
    if (!read) return;
    answerOf(api.batch.running({}))
      .then(({ progress }) => {
        if (progress !== null) act({ kind: 'found', progress, rows: newest.current ?? [] });
        else return recover();
      }, fail)
      .catch(fail);
  }, [read, api, recover, fail]);

  const foundRun = state.kind === 'running' && !state.own;
  const wasFound = useRef(false);
  useEffect(() => {
    if (wasFound.current && !foundRun) recover().catch(fail);
    wasFound.current = foundRun;
  }, [foundRun, recover, fail]);

  const start = useCallback(
    (chosen: readonly SignableRow[], fingerprint: Sha256): void => {
      const batch = crypto.randomUUID();
      const ids: DeskId[] = chosen.map((row) => row.id);
      act({ kind: 'started', batch, rows: chosen });
      ledger.acts
        .signMany({ batch, ids, fingerprint, onSettled: (outcome) => act({ kind: 'settled', outcome }) })
        .then(
          (outcomes) => act({ kind: 'finished', batch, outcomes }),
          (error: unknown) => {
            act({ kind: 'gave-up', batch });
            fail(error);
          },
        );
    },
    [ledger, fail],
  );

  const batch = state.kind === 'running' ? state.batch : null;
  const say = useCallback(
    (call: 'pause' | 'resume' | 'cancel') => {
      if (batch !== null) answerOf(api.batch[call]({ batch })).catch(fail);
    },
    [api, batch, fail],
  );
  return {
    state,
    start,
    pause: () => say('pause'),
    resume: () => say('resume'),
    stop: () => {
      act({ kind: 'stopping' });
      say('cancel');
    },
    close: () => act({ kind: 'closed' }),
  };
}
