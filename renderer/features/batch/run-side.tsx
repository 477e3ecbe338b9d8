// The right side while a run goes, and after it: how far it is, pause, stop; then what became of it and the one next act.

import { useState } from 'react';
import type { DeskId, Sha256 } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { countText, timeText } from '../../i18n/formats';
import { useWords, type Words } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Certificates, chosenSigner, useSigners } from '../sign/certificates';
import { type Results, type Running, tallyOf } from './state';
import type { Batch } from './use-batch';

/** The remaining time as a person says it. */
function leftWords(seconds: number | null, t: Words['t']): string {
  if (seconds === null) return t('batch.left-unknown');
  if (seconds < 60) return t('batch.left-seconds', { seconds });
  return t('batch.left-minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

function phaseWords({ progress, stopping }: Running, t: Words['t']): { title: string; about: string } {
  if (stopping) return { title: t('batch.stopping'), about: '' };
  switch (progress?.phase) {
    case 'asking':
      return { title: t('batch.asking'), about: t('batch.asking-about') };
    case 'signing':
    case 'over':
      return { title: t('batch.signing'), about: leftWords(progress.etaSeconds, t) };
    case 'paused': {
      const time = progress.pauseEndsAt === null ? '' : timeText(progress.pauseEndsAt);
      return { title: t('batch.paused'), about: t('batch.paused-about', { time }) };
    }
    default: {
      const percent = Math.floor((progress?.prepared ?? 0) * 100);
      return { title: t('batch.preparing', { percent }), about: t('batch.preparing-about') };
    }
  }
}

export interface RunSideProps {
  readonly state: Running;
  readonly batch: Batch;
}

/** Progress, remaining time, pause and stop. */
export function RunSide({ state, batch }: RunSideProps) {
  const { t } = useWords();
  const { progress, rows, stopping } = state;
  const phase = progress?.phase ?? 'preparing';
  const words = phaseWords(state, t);
  const total = progress?.total ?? rows.length;
  const settled = (progress?.done ?? 0) + (progress?.failed ?? 0);
  const share = phase === 'preparing' ? (progress?.prepared ?? 0) : total === 0 ? 0 : settled / total;
  const current = rows.find((row) => row.id === progress?.current);
  const paused = phase === 'paused';
  useSlot(
    'mainAct',
    paused && !stopping ? { label: t('batch.resume'), reason: null, run: batch.resume } : null,
  );
  return (
    <section
      className="batch-run"
      data-testid={testIds.batch.run}
      data-phase={phase}
      data-done={progress?.done ?? 0}
    >
      <h2 role="status">{words.title}</h2>
      <progress className="work" max={1} value={share} aria-label={words.title} />
      <p data-testid={testIds.batch.progress}>
        <strong>
          {t('batch.done-of', { done: countText(progress?.done ?? 0), total: countText(total) })}
        </strong>
      </p>
      {(progress?.failed ?? 0) > 0 ? (
        <p className="batch-bad">{t('batch.failed-count', { count: progress?.failed ?? 0 })}</p>
      ) : null}
      <p className="quiet">{words.about}</p>
      {current === undefined || paused ? null : (
        <p className="quiet batch-current">
          {t('batch.current', { title: [current.title, current.subject].filter(Boolean).join(' · ') })}
        </p>
      )}
      <div className="full-acts">
        {paused ? (
          <Button
            wide
            look="filled"
            shortcut="Ctrl+Enter"
            onClick={batch.resume}
            busy={stopping}
            testId={testIds.batch.resume}
          >
            {t('batch.resume')}
          </Button>
        ) : phase === 'signing' ? (
          <Button wide onClick={batch.pause} busy={stopping} testId={testIds.batch.pause}>
            {t('batch.pause')}
          </Button>
        ) : null}
        <Button wide look="quiet" onClick={batch.stop} busy={stopping} testId={testIds.batch.stop}>
          {t('batch.stop')}
        </Button>
        <p className="step-note">{t('batch.stop-about')}</p>
      </div>
    </section>
  );
}

export interface ResultSideProps {
  readonly state: Results;
  readonly again: (ids: readonly DeskId[], fingerprint: Sha256) => void;
  readonly close: () => void;
}

/** Counts, reasons, and one act: sign those that are not signed, or back to the list. */
export function ResultSide({ state, again, close }: ResultSideProps) {
  const { t, sentence } = useWords();
  const { info } = useDesk();
  const tally = tallyOf(state.outcomes.values());
  const cards = useSigners(info.profile === 'leader' ? 'leader' : 'seal');
  const [picked, setPicked] = useState<Sha256 | null>(null);
  const signer = chosenSigner(cards ?? [], picked);
  const count = tally.again.length;
  const label = t('batch.again', { count: countText(count) });
  const reason = signer === null ? t('certificate.none-usable') : undefined;
  const run = (): void => {
    if (signer !== null && count > 0) again(tally.again, signer.fingerprint);
  };
  useSlot(
    'mainAct',
    count > 0
      ? { label, reason: reason ?? null, run }
      : { label: t('batch.close'), reason: null, run: close },
  );
  return (
    <section
      className="batch-run"
      data-testid={testIds.batch.results}
      data-signed={tally.signed}
      data-refused={tally.refused}
      data-again={count}
    >
      <h2>{t('batch.results')}</h2>
      <p className="batch-good" role="status">
        {t('batch.result-signed', { count: countText(tally.signed) })}
      </p>
      {tally.refused > 0 ? (
        <p className="batch-bad">{t('batch.result-refused', { count: countText(tally.refused) })}</p>
      ) : null}
      {count > 0 ? <p className="batch-bad">{t('batch.result-again', { count: countText(count) })}</p> : null}
      <ul className="batch-reasons">
        {tally.reasons.map((one) => (
          <li key={one.code}>
            <strong>{t('batch.reason-count', { count: countText(one.count) })}</strong> {sentence(one.code)}
          </li>
        ))}
      </ul>
      {count > 0 ? (
        <Certificates cards={cards} chosen={signer} onChoose={setPicked} label={t('certificate.choose')} />
      ) : null}
      <div className="full-acts">
        {count > 0 ? (
          <>
            <p className="step-note">{t('batch.again-about')}</p>
            <Button
              wide
              look="filled"
              shortcut="Ctrl+Enter"
              reason={reason}
              onClick={run}
              testId={testIds.batch.again}
            >
              {label}
            </Button>
          </>
        ) : null}
        <Button wide look={count > 0 ? 'plain' : 'filled'} onClick={close} testId={testIds.batch.close}>
          {t('batch.close')}
        </Button>
      </div>
    </section>
  );
}
