// Step 2: cấp số, ngày và đăng ký vào Sổ đăng ký văn bản đi. The number is proposed and may be changed before it is given.
import { useMemo, useState } from 'react';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { dayText, numberAndSymbol, parseDay } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { TextField } from '../../ui/field';
import { useProposedNumber } from '../document/proposed-number';
import { MainButton } from '../document/route-forms';

/** The form of the number and its day. */
export function NumberStep({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { ledger, today, done } = useDesk();
  const [date, setDate] = useState(() => dayText(today()));
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = parseDay(date);
  const day = useMemo(() => parsed ?? today(), [parsed, today]);
  const proposal = useProposedNumber('outgoing', day);
  const shown = typed ?? (proposal === null ? '' : String(proposal));
  const number = /^[1-9]\d{0,8}$/.test(shown.trim()) ? Number(shown.trim()) : null;
  const reason =
    number === null ? t('accept.number-wrong') : parsed === undefined ? t('form.day-wrong') : undefined;
  return (
    <>
      <div className="pair">
        <TextField
          label={t('step.number-field')}
          value={shown}
          onChange={setTyped}
          inputMode="numeric"
          aside={typed === null ? t('form.proposed') : ''}
          maxLength={9}
          testId={testIds.road.number}
        />
        <TextField
          label={t('step.number-date')}
          value={date}
          onChange={setDate}
          maxLength={10}
          error={parsed === undefined ? t('form.day-wrong') : undefined}
          testId={testIds.road.date}
        />
      </div>
      <p className="quiet">
        {number === null
          ? ''
          : t('step.number-will-be', { number: numberAndSymbol(String(number), document.facts.notation) })}
      </p>
      <MainButton
        label="act.give-number"
        reason={reason}
        testId={testIds.road.giveNumber}
        run={async () => {
          if (number === null || parsed === undefined) return;
          const given = await ledger.acts.giveNumber({ id: document.id, number, date: parsed });
          const shownNumber = numberAndSymbol(String(given.number), document.facts.notation);
          done(t('done.numbered', { number: shownNumber }));
        }}
      />
    </>
  );
}
