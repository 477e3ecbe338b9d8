// Step 5: gửi. Freezes the package and puts it in the outbox; without a network it goes out by itself later.
import type { Organ, OutgoingDocument } from '../../../preload/contract/records';
import { statusName } from '../../../preload/contract/status-codes';
import { useDesk, useLive } from '../../app/desk';
import { useForget, useKept } from '../../app/kept';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { CheckField } from '../../ui/field';
import { ReplacesNote } from '../changes/replace-dialog';
import { organText } from '../document/facts';
import { MainButton } from '../document/route-forms';
import { ReceiversField } from '../issue/receivers-field';

/** Who gets it, with or without paper. */
export function SendStep({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const status = useLive(ledger.status);
  const [paper, setPaper] = useKept(document.id, 'send-paper', () => document.facts.paper);
  const [receivers, setReceivers] = useKept<readonly Organ[]>(
    document.id,
    'send-receivers',
    () => document.facts.receivers,
  );
  const forget = useForget(document.id);
  const offline = status.kind === 'read' && status.value.hub !== 'online';
  return (
    <>
      <ReceiversField receivers={receivers} onChange={setReceivers} />
      <ReplacesNote document={document} receivers={receivers} />
      <CheckField label={t('draft.paper')} checked={paper} onChange={setPaper} testId={testIds.road.paper} />
      <p className={offline ? 'step-note' : 'quiet'}>
        {t(offline ? 'step.send-offline' : 'step.send-about')}
      </p>
      <MainButton
        label="act.send"
        reason={receivers.length === 0 ? t('draft.lacks-receivers') : undefined}
        testId={testIds.road.send}
        run={async () => {
          await ledger.acts.queue({ id: document.id, receivers, paper });
          forget();
          done(t('done.queued'));
        }}
      />
    </>
  );
}

/** What became of it, a line a receiver. */
export function SentFact({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { info } = useDesk();
  const last = document.history.at(-1)?.what;
  const stuck = document.state === 'queued' && (last === 'hub-refused' || last === 'outcome-unknown');
  return (
    <>
      <p className={stuck ? 'step-note' : 'quiet'}>
        {t(stuck ? `history.${last}` : document.state === 'queued' ? 'step.send-queued' : 'step.send-done')}
      </p>
      <ul className="step-receivers">
        {document.deliveries.map((one) => (
          <li
            key={one.organ.code}
            data-testid={testIds.delivery}
            data-code={one.organ.code}
            data-state={one.state}
          >
            {organText(one.organ)}:{' '}
            {one.state === 'waiting' || one.state === 'sent'
              ? t(`delivery.${one.state}`)
              : statusName(one.state, info.hub.ways.statusWords)}
          </li>
        ))}
      </ul>
    </>
  );
}
