// Progress of long work in main, while there is any. It starts and stops nothing.
import { useEffect, useState } from 'react';
import { useDesk } from '../../app/desk';
import { useWords } from '../../i18n/text';

/** A bar from the first word of progress to its end. */
export function WorkProgress() {
  const { api } = useDesk();
  const { t } = useWords();
  const [share, setShare] = useState<number | null | 'none'>('none');
  useEffect(
    () =>
      api.events.on('progress', (now) => setShare(now.done !== null && now.done >= 1 ? 'none' : now.done)),
    [api],
  );
  if (share === 'none') return null;
  return (
    <progress
      className="work"
      max={1}
      {...(share === null ? {} : { value: share })}
      aria-label={t('progress.working')}
    />
  );
}
