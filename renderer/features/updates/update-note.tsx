// Updates in the foot: one quiet line when there is something to know, and its dialog, which a security release opens itself.
import { useContext, useEffect, useRef, useState } from 'react';
import { SlotContext } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { UpdatesDialog } from './updates-dialog';
import { useUpdates } from './use-updates';
import { footWords, remindsNow } from './words';

const lookEvery = 60_000;

export function UpdateNote() {
  const view = useUpdates();
  const slots = useContext(SlotContext);
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const shown = useRef<number | null>(null);
  useEffect(() => {
    if (view === null) return;
    const remind = (): void => {
      // Never over another dialog or a draft: the work at hand comes first.
      const inTheWay = document.querySelector('dialog[open]') !== null || slots.get('leaving') !== undefined;
      if (inTheWay || !remindsNow(view, shown.current, Date.now())) return;
      shown.current = Date.now();
      setOpen(true);
    };
    remind();
    const timer = setInterval(remind, lookEvery);
    return () => clearInterval(timer);
  }, [view, slots]);
  if (view === null) return null;
  const words = footWords(view);
  return (
    <>
      <button
        type="button"
        className="foot-sync"
        title={t('command.updates')}
        data-testid={testIds.foot.updates}
        data-phase={view.phase}
        data-code={view.code ?? undefined}
        onClick={() => setOpen(true)}
      >
        {t(words.key, words.params)}
      </button>
      {open ? <UpdatesDialog view={view} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
