// Step 2: cấp số, ngày và đăng ký vào Sổ đăng ký văn bản đi. The number is proposed and may be changed before it is given.
import type { OutgoingDocument } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { TextField } from '../../ui/field';
import { MainButton } from '../document/route-forms';
import type { Numbering } from './use-numbering';

export interface NumberStepProps {
  readonly document: OutgoingDocument;
  readonly numbering: Numbering;
}

/** The form of the number and its day; the page beside it shows where they will stand. */
export function NumberStep({ document, numbering }: NumberStepProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const { number, day, words, way } = numbering;
  const { notation } = document.facts;
  const reason =
    number === null ? t('accept.number-wrong') : day === undefined ? t('form.day-wrong') : undefined;
  return (
    <>
      <div className="pair">
        <TextField
          label={t('step.number-field')}
          value={numbering.shownNumber}
          onChange={numbering.typeNumber}
          inputMode="numeric"
          aside={numbering.isProposed ? t('form.proposed') : ''}
          maxLength={9}
          testId={testIds.road.number}
        />
        <TextField
          label={t('step.number-date')}
          value={numbering.date}
          onChange={numbering.typeDate}
          maxLength={10}
          error={day === undefined ? t('form.day-wrong') : undefined}
          testId={testIds.road.date}
        />
      </div>
      <p className="quiet">
        {number === null
          ? ''
          : t('step.number-will-be', { number: numberAndSymbol(String(number), notation) })}{' '}
        {document.copy === undefined ? '' : t('copy.number-about')}
        {words === null ? '' : t(way === null ? 'step.number-no-blank' : `step.number-on-page-${way}`)}
      </p>
      <MainButton
        label="act.give-number"
        reason={reason}
        testId={testIds.road.giveNumber}
        run={async () => {
          if (number === null || day === undefined) return;
          const given = await ledger.acts.giveNumber({ id: document.id, number, date: day });
          numbering.forget();
          done(t('done.numbered', { number: numberAndSymbol(String(given.number), notation) }));
        }}
      />
    </>
  );
}
