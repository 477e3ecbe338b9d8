// Asked when the program is to end with packages unsent: send and quit, quit, stay. Nothing is lost either way; it only says
// so and tells main what the clerk wants.
import { useCallback, useEffect, useState } from 'react';
import { useDesk, useLive, valueOr } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';

/** How long "send and quit" may take: then the rest stays for the next start. */
export const sendingLimitMilliseconds = 60_000;

/** Answers main's question by itself when nothing is unsent, else asks the clerk. */
export function QuitPlace() {
  const { api, info, ledger, fail } = useDesk();
  const unsent = valueOr(useLive(ledger.unsent), null);
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState(false);
  const answer = useCallback(
    (how: 'now' | 'asking' | 'stay') => {
      api.app.quit({ how }).catch(fail);
    },
    [api, fail],
  );
  useEffect(() => api.events.on('app.quit-asked', () => setAsked(true)), [api]);
  useEffect(() => {
    if (!asked || shown || unsent === null) return;
    if (unsent === 0 || !info.hub.configured) {
      setAsked(false);
      answer('now');
      return;
    }
    answer('asking');
    setShown(true);
  }, [asked, shown, unsent, info.hub.configured, answer]);
  const stay = useCallback(() => {
    setAsked(false);
    setShown(false);
    answer('stay');
  }, [answer]);
  const quit = useCallback(() => answer('now'), [answer]);
  return shown ? <QuitDialog count={unsent ?? 0} onQuit={quit} onStay={stay} /> : null;
}

interface QuitDialogProps {
  readonly count: number;
  readonly onQuit: () => void;
  readonly onStay: () => void;
}

function QuitDialog({ count, onQuit, onStay }: QuitDialogProps) {
  const { ledger, fail } = useDesk();
  const { t } = useWords();
  const [sending, setSending] = useState(false);
  useEffect(() => {
    if (!sending) return;
    let stopped = false;
    ledger.sendAll(sendingLimitMilliseconds).then(
      () => {
        if (!stopped) onQuit();
      },
      (error: unknown) => {
        setSending(false);
        fail(error);
      },
    );
    // Whoever stays meanwhile has the last word.
    return () => {
      stopped = true;
    };
  }, [sending, ledger, fail, onQuit]);
  const words = { count: countText(count) };
  return (
    <Dialog
      title={t('quit.title')}
      testId={testIds.quit.dialog}
      onClose={onStay}
      onSubmit={() => setSending(true)}
      actions={
        <>
          <Button type="submit" look="filled" busy={sending} autoFocus testId={testIds.quit.send}>
            {t('quit.send')}
          </Button>
          <Button onClick={onQuit} testId={testIds.quit.now}>
            {t('quit.now')}
          </Button>
          <Button onClick={onStay} testId={testIds.quit.stay}>
            {t('quit.stay')}
          </Button>
        </>
      }
    >
      <p>{t('quit.unsent', words)}</p>
      <p aria-live="polite">{t(sending ? 'quit.sending' : 'quit.safe', words)}</p>
    </Dialog>
  );
}
