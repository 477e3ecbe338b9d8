// Tiếp nhận và đăng ký: số đến is proposed and may be changed before it is given; one act gives the number and tells the sender.
import { useEffect, useMemo } from 'react';
import type { IncomingDocument } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { useForget, useKept } from '../../app/kept';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { dayText, parseDay } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { IncomingAct } from '../../ledger';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { useProposedNumber } from './proposed-number';

export interface AcceptFormProps {
  readonly document: IncomingDocument;
  readonly may: readonly IncomingAct[];
}

/** Why accepting is closed, or null. A broken signature is sent back, never registered (NĐ 30 Art. 21.2). */
function useReason(props: AcceptFormProps, number: number | null, date: string): string | undefined {
  const { t } = useWords();
  if (!props.may.includes('register-and-accept')) return t('accept.refused');
  if (number === null) return t('accept.number-wrong');
  return parseDay(date) === undefined ? t('form.day-wrong') : undefined;
}

/** The form and the filled button. */
export function AcceptForm(props: AcceptFormProps) {
  const { document } = props;
  const { t } = useWords();
  const { ledger, today, done } = useDesk();
  const act = useAct();
  const [typedDate, setDate] = useKept<string | null>(document.id, 'arrival-date', () => null);
  const date = typedDate ?? dayText(today());
  const forget = useForget(document.id);
  const parsedDate = parseDay(date);
  const day = useMemo(() => parsedDate ?? today(), [parsedDate, today]);
  const proposal = useProposedNumber('incoming', day);
  const [typed, setTyped] = useKept<string | null>(document.id, 'arrival-number', () => null);
  const shown = typed ?? (proposal === null ? '' : String(proposal));
  const number = /^[1-9]\d{0,8}$/.test(shown.trim()) ? Number(shown.trim()) : null;
  const reason = useReason(props, number, date);
  useEffect(() => {
    if (typed !== null && String(proposal) === typed) setTyped(null);
  }, [typed, proposal, setTyped]);

  const accept = (): void => {
    if (number === null || parsedDate === undefined) return;
    void act.run(async () => {
      const given = await ledger.acts.registerAndAccept({ id: document.id, number, date: parsedDate });
      forget();
      done(t('done.registered', { number: given.number }));
    });
  };
  useSlot('mainAct', { label: t('act.register-and-accept'), reason: reason ?? null, run: accept });

  if (!props.may.includes('register-and-accept')) {
    return (
      <>
        <h2>{t('accept.refused-title')}</h2>
        <p className="quiet">{t('accept.refused')}</p>
      </>
    );
  }
  return (
    <>
      <h2>{t('accept.title')}</h2>
      <div className="pair">
        <TextField
          label={t('accept.number')}
          value={shown}
          onChange={setTyped}
          inputMode="numeric"
          aside={typed === null ? t('form.proposed') : ''}
          maxLength={9}
          testId={testIds.field.arrivalNumber}
        />
        <TextField
          label={t('accept.date')}
          value={date}
          onChange={setDate}
          maxLength={10}
          error={parsedDate === undefined ? t('form.day-wrong') : undefined}
          testId={testIds.field.arrivalDate}
        />
      </div>
      <Button
        wide
        look="filled"
        shortcut="Ctrl+Enter"
        busy={act.busy}
        reason={reason}
        onClick={accept}
        testId={testIds.act.registerAndAccept}
      >
        {t('act.register-and-accept')}
      </Button>
      {reason === undefined ? null : <p className="act-reason">{reason}</p>}
    </>
  );
}
