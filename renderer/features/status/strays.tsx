// Statuses that came for documents this desk does not have: shown as they came, nothing is asked of anybody.
import { statusName } from '../../../preload/contract/status-codes';
import { useDesk } from '../../app/desk';
import { instantText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { StrayStatus } from '../../ledger';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { organText } from '../document/facts';

export interface StraysDialogProps {
  readonly strays: readonly StrayStatus[];
  readonly onClose: () => void;
}

/** Newest first: what was told, by whom, of which document. */
export function StraysDialog({ strays, onClose }: StraysDialogProps) {
  const { t } = useWords();
  const { statusWords } = useDesk().info.hub.ways;
  const newest = [...strays].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Dialog
      title={t('strays.title')}
      onClose={onClose}
      wide
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <p>{t('strays.about')}</p>
      <ul className="attention">
        {newest.map(({ at, status }) => (
          <li
            key={`${at}|${status.from.code}|${status.responseFor.documentId}|${status.code}`}
            className="attention-row"
          >
            <p>
              <strong>{statusName(status.code, statusWords)}</strong> · {instantText(at)} ·{' '}
              {organText(status.from)}
            </p>
            <p className="quiet">
              {t('strays.of', { document: status.responseFor.code || status.responseFor.documentId })}
              {status.description === '' ? '' : ` · ${status.description}`}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
