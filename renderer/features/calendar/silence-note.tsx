// Sent, and nothing has come back from some receivers: since how many working days. It asks nobody.
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { Silence } from '../../ledger';
import { silenceWords } from '../queue/words';

export function SilenceNote({ silence }: { readonly silence: Silence | null }) {
  const { t } = useWords();
  if (silence === null) return null;
  const { tone, key, params } = silenceWords(silence);
  return (
    <p
      className={tone === 'warning' ? 'side-note message message-warning' : 'quiet'}
      data-testid={testIds.calendar.silence}
    >
      <span>
        {t(key, params)}. {tone === 'warning' ? t('calendar.silence-about') : null}
      </span>
    </p>
  );
}
