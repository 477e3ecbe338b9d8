// Follows what main tells of updates. It asks nothing of the source.
import { useEffect, useState } from 'react';
import type { UpdateView } from '../../../preload/contract/updates';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

/** The newest view; null until main has answered, and where it cannot. */
export function useUpdates(): UpdateView | null {
  const { api } = useDesk();
  const [view, setView] = useState<UpdateView | null>(null);
  useEffect(() => {
    let told = false;
    answerOf(api.updates.view({})).then(
      (first) => {
        if (!told) setView(first);
      },
      () => setView(null),
    );
    return api.events.on('updates.changed', (next) => {
      told = true;
      setView(next);
    });
  }, [api]);
  return view;
}
