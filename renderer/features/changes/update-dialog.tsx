// Cập nhật of a document that was sent: receivers and what the signed page does not say, with the plan of what goes to whom.
import { useState } from 'react';
import { newDeskId } from '../../../preload/contract/ids';
import type { Organ } from '../../../preload/contract/records';
import { planUpdate } from '../../acts/sent-changes';
import { useDesk } from '../../app/desk';
import { useForget, useKept } from '../../app/kept';
import { testIds } from '../../app/test-ids';
import { dayText, parseDay } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { SentChange } from '../../ledger';
import { ChoiceField, TextField } from '../../ui/field';
import { ReceiversField } from '../issue/receivers-field';
import { urgencyName } from '../queue/words';
import { ChangeDialog } from './change-dialog';
import { useDecision } from './decision';
import type { SentDialogProps } from './recall-dialog';
import { WhoGetsWhat } from './who';

export function UpdateDialog({ document, onClose }: SentDialogProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const { facts } = document;
  const owner = `${document.id}/update`;
  // Made once: a second click sends nothing twice.
  const [update] = useState(newDeskId);
  const [receivers, setReceivers] = useKept<readonly Organ[]>(owner, 'receivers', () => facts.receivers);
  const [subject, setSubject] = useKept(owner, 'subject', () => facts.subject);
  const [urgency, setUrgency] = useKept(owner, 'urgency', () => String(facts.urgency));
  const [due, setDue] = useKept(owner, 'due', () => (facts.dueOn === null ? '' : dayText(facts.dueOn)));
  const decision = useDecision(owner);
  const forget = useForget(owner);
  const dueOn = due.trim() === '' ? null : parseDay(due);
  const change: SentChange = {
    receivers,
    facts: { subject: subject.trim(), urgency: Number(urgency), ...(dueOn === undefined ? {} : { dueOn }) },
  };
  const plan = planUpdate(document, change);
  const lacks =
    dueOn === undefined
      ? t('form.day-wrong')
      : receivers.length === 0
        ? t('draft.lacks-receivers')
        : subject.trim() === ''
          ? t('draft.lacks-subject')
          : plan === null
            ? t('update.nothing')
            : decision.lacks;
  return (
    <ChangeDialog
      title="update.title"
      about="update.about"
      confirm="update.confirm"
      danger={false}
      lacks={lacks}
      onConfirm={async () => {
        const { reason, decidedBy } = decision;
        await ledger.acts.updateSent({ id: document.id, update, change, reason, decidedBy });
        forget();
        done(t('done.update-queued'));
      }}
      onClose={onClose}
    >
      {decision.fields}
      <TextField
        label={t('draft.subject')}
        value={subject}
        onChange={setSubject}
        lines={2}
        required
        testId={testIds.changes.subject}
      />
      <div className="pair">
        <ChoiceField
          label={t('draft.urgency')}
          value={urgency}
          onChange={setUrgency}
          choices={[0, 1, 2, 3, 4].map((one) => ({ value: String(one), label: t(urgencyName(one)) }))}
          testId={testIds.changes.urgency}
        />
        <TextField
          label={t('draft.due')}
          value={due}
          onChange={setDue}
          placeholder={t('form.day-placeholder')}
          error={dueOn === undefined ? t('form.day-wrong') : undefined}
          testId={testIds.changes.dueOn}
        />
      </div>
      <ReceiversField receivers={receivers} onChange={setReceivers} />
      <WhoGetsWhat
        lines={[
          { label: 'who.update', organs: plan?.told ?? [] },
          { label: 'who.removed', organs: plan?.removed ?? [] },
          { label: 'who.given', organs: plan?.given ?? [] },
        ]}
      />
    </ChangeDialog>
  );
}
