// What a person must look at: packages whose fate at the hub is not known, or that the hub refused. Nothing is sent by itself.
import { useAct, useDesk, useLive, valueOr } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { instantText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';

/** Lists the parked rows with their three ways out. */
export function AttentionDialog({ onClose }: { readonly onClose: () => void }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const act = useAct();
  const rows = valueOr(useLive(ledger.attention), []);
  return (
    <Dialog
      title={t('attention.title')}
      onClose={onClose}
      wide
      actions={<Button onClick={onClose}>{t('common.close')}</Button>}
    >
      <p>{t('attention.about')}</p>
      {rows.length === 0 ? <p className="quiet">{t('attention.none')}</p> : null}
      <ul className="attention">
        {rows.map((row) => (
          <li key={row.id} className="attention-row">
            <p>
              <strong>{t(`attention.${row.kind}`)}</strong> · {instantText(row.createdAt)} ·{' '}
              {row.receivers.join(', ')}
            </p>
            <p className="quiet">
              {sentence(row.lastCode)} {t('common.code', { code: row.lastCode })}
            </p>
            <div className="acts-line">
              <Button
                busy={act.busy}
                testId={testIds.act.sendAgain}
                onClick={() => void act.run(() => ledger.acts.sendAgain({ row: row.id }))}
              >
                {t('attention.send-again')}
              </Button>
              <Button
                busy={act.busy}
                testId={testIds.act.settleArrived}
                onClick={() => void act.run(() => ledger.acts.settle({ row: row.id, as: 'arrived' }))}
              >
                {t('attention.arrived')}
              </Button>
              <Button
                busy={act.busy}
                testId={testIds.act.settleDropped}
                onClick={() => void act.run(() => ledger.acts.settle({ row: row.id, as: 'dropped' }))}
              >
                {t('attention.dropped')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
