// A document's signed files on their way to their level, as main tells it. It raises nothing.
import { useCallback, useEffect, useState } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { LevelJob, LevelsPolicy } from '../../../preload/contract/levels';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

export interface Levels {
  readonly policy: LevelsPolicy;
  readonly jobs: readonly LevelJob[];
}

/** Null while it is not known. */
export function useLevels(id: DeskId): Levels | null {
  const { api } = useDesk();
  const [levels, setLevels] = useState<Levels | null>(null);
  useEffect(() => {
    let gone = false;
    const ask = (): void => {
      answerOf(api.levels.jobs({ documentId: id })).then(
        (answer) => {
          if (!gone) setLevels(answer);
        },
        // What is not known is not shown; the road goes on without it.
        () => undefined,
      );
    };
    ask();
    const stop = api.events.on('levels.changed', ({ documents }) => {
      if (documents.includes(id)) ask();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [api, id]);
  return levels;
}

/** How many documents wait for their level. */
export function useWaitingLevels(): number {
  const { api } = useDesk();
  const [waiting, setWaiting] = useState(0);
  const look = useCallback(async () => {
    const { policy, jobs } = await answerOf(api.levels.jobs({ documentId: null }));
    if (!policy.enabled) return 0;
    const open = jobs.filter((job) => job.state === 'waiting' || job.state === 'working');
    return new Set(open.map((job) => job.documentId)).size;
  }, [api]);
  useEffect(() => {
    let heard = false;
    const stop = api.events.on('levels.changed', (change) => {
      heard = true;
      setWaiting(change.waiting);
    });
    look().then(
      (count) => {
        if (!heard) setWaiting(count);
      },
      () => undefined,
    );
    return () => {
      heard = true;
      stop();
    };
  }, [api, look]);
  return waiting;
}
