// What a person must look at: packages whose fate at the hub is not known, or that the hub refused. Nothing is sent by itself.
import { useMemo } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { OutboxRow } from '../../../preload/contract/records';
import { useAct, useDesk, useLive, valueOr } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { instantText, numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { reasonOf } from '../document/history';

/** Lists the parked rows with their three ways out. */
export function AttentionDialog({ onClose }: { readonly onClose: () => void }) {
  const { ledger } = useDesk();
  const { t } = useWords();
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
          <AttentionRow key={row.id} row={row} onOpen={onClose} />
        ))}
      </ul>
    </Dialog>
  );
}

/** A lane is its document's id, with a suffix for recalls and acknowledgements. */
function documentOf(row: OutboxRow): DeskId {
  return (row.lane.split('/')[0] ?? row.lane) as DeskId;
}

function AttentionRow({ row, onOpen }: { readonly row: OutboxRow; readonly onOpen: () => void }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const { open } = useNavigation();
  const act = useAct();
  const id = documentOf(row);
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  const view = state.kind === 'read' ? state.value : null;
  const found = view?.kind === 'incoming' || view?.kind === 'outgoing' ? view : null;
  const facts = found?.document.facts;
  const said = found?.document.history.filter((entry) => entry.what === 'hub-refused').at(-1)?.detail ?? '';
  const reason = row.lastCode === 'hub-refused' ? reasonOf(said, () => '') : '';
  return (
    <li className="attention-row">
      <p>
        <strong>{t(`attention.${row.kind}`)}</strong>
        {facts === undefined ? '' : ` ${numberAndSymbol(facts.number, facts.notation)}`} ·{' '}
        {instantText(row.createdAt)} · {row.receivers.join(', ')}
      </p>
      {facts === undefined ? null : <p>{facts.subject}</p>}
      <p className="quiet">
        {sentence(row.lastCode)} {t('common.code', { code: row.lastCode })}
      </p>
      {reason === '' ? null : <p>{t('attention.reason', { reason })}</p>}
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
        {found === null ? null : (
          <Button
            look="quiet"
            onClick={() => {
              onOpen();
              open(found.kind === 'incoming' ? 'in-progress' : 'out-to-send', id);
            }}
          >
            {t('attention.open')}
          </Button>
        )}
      </div>
    </li>
  );
}
