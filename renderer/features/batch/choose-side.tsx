// The right side while the clerk chooses: whose certificate, how much is chosen, what was not opened, the act.
import { useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { SignableRow } from '../../ledger';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { Certificates, chosenSigner, useSigners } from '../sign/certificates';

export interface ChooseSideProps {
  readonly chosen: readonly SignableRow[];
  readonly unseen: number;
  readonly start: (fingerprint: Sha256) => void;
}

/** Unseen documents are signed only after a sentence that says so was ticked; another choice asks anew. */
export function ChooseSide({ chosen, unseen, start }: ChooseSideProps) {
  const { t } = useWords();
  const { info } = useDesk();
  const cards = useSigners(info.profile === 'leader' ? 'leader' : 'seal');
  const [picked, setPicked] = useState<Sha256 | null>(null);
  const [confirmedFor, setConfirmedFor] = useState<string | null>(null);
  const signer = chosenSigner(cards ?? [], picked);
  const choice = chosen.map((row) => row.id).join(' ');
  const confirmed = confirmedFor === choice;
  const counted = chosen.every((row) => row.pages > 0);
  const pages = chosen.reduce((sum, row) => sum + row.pages, 0);
  const annexes = chosen.reduce((sum, row) => sum + row.annexes, 0);
  const reason =
    chosen.length === 0
      ? t('batch.lacks-choice')
      : signer === null
        ? t('certificate.none-usable')
        : unseen > 0 && !confirmed
          ? t('batch.lacks-seen')
          : undefined;
  const run = (): void => {
    if (reason === undefined && signer !== null) start(signer.fingerprint);
  };
  const label = t('batch.sign', { count: countText(chosen.length) });
  useSlot('mainAct', { label, reason: reason ?? null, run });
  return (
    <>
      <h2>{t('batch.signer')}</h2>
      <Certificates cards={cards} chosen={signer} onChoose={setPicked} label={t('certificate.choose')} />
      <div className="full-acts">
        <p className="batch-summary" data-testid={testIds.batch.summary}>
          <strong>{t('batch.chosen', { count: countText(chosen.length) })}</strong>
          {counted && pages > 0 ? <span>{t('batch.chosen-pages', { pages: countText(pages) })}</span> : null}
          {annexes > 0 ? <span>{t('batch.annexes', { count: annexes })}</span> : null}
        </p>
        <p data-testid={testIds.batch.unseen} data-count={unseen} hidden={chosen.length === 0}>
          <Chip tone={unseen > 0 ? 'warning' : 'good'}>{t('batch.unseen-count', { count: unseen })}</Chip>
        </p>
        {unseen > 0 ? (
          <label className="batch-confirm">
            <input
              type="checkbox"
              checked={confirmed}
              data-testid={testIds.batch.confirm}
              onChange={(event) => setConfirmedFor(event.target.checked ? choice : null)}
            />
            <span>{t('batch.confirm-unseen', { count: unseen })}</span>
          </label>
        ) : null}
        <p className="step-note">{t('batch.about-pin')}</p>
        <Button
          wide
          look="filled"
          shortcut="Ctrl+Enter"
          reason={reason}
          onClick={run}
          testId={testIds.batch.sign}
        >
          {label}
        </Button>
      </div>
    </>
  );
}
