// One step of the road: its number or its tick, its fact when it is done, its form when it is open, its reason when closed.
import type { ReactNode } from 'react';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { testIds } from '../../app/test-ids';
import { dayText, instantText, numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Icon } from '../../ui/icon';
import { LeaderStep } from './leader-step';
import { NumberStep } from './number-step';
import { SealStep } from './seal-step';
import { SendStep, SentFact } from './send-step';
import { EvidenceNote } from './standing-note';
import type { Step } from './steps';
import { TimeStep } from './time-step';
import type { Levels } from './use-levels';
import type { Numbering } from './use-numbering';
import type { Placing } from './use-placement';

export interface StepItemProps {
  readonly step: Step;
  readonly index: number;
  readonly document: OutgoingDocument;
  readonly placing: Placing;
  readonly numbering: Numbering;
  readonly levels: Levels | null;
}

/** A list item with the step's state in words and as data. */
export function StepItem({ step, index, document, placing, numbering, levels }: StepItemProps) {
  const { t } = useWords();
  return (
    <li
      className={`step step-${step.state}`}
      data-testid={testIds.road.step(step.name)}
      data-state={step.state}
      aria-current={step.state === 'open' ? 'step' : undefined}
    >
      <span className="step-sign">
        {step.state === 'done' ? <Icon name="check" /> : <span aria-hidden="true">{index}</span>}
      </span>
      <div className="step-body">
        <h2>
          {t(`step.${step.name}`)}
          <span className="visually-hidden"> {t(`step-state.${step.state}`)}</span>
        </h2>
        <StepInside step={step} document={document} placing={placing} numbering={numbering} levels={levels} />
      </div>
    </li>
  );
}

function StepInside({ step, document, placing, numbering, levels }: Omit<StepItemProps, 'index'>): ReactNode {
  const { t } = useWords();
  switch (step.state) {
    case 'closed':
      return <p className="quiet">{step.reason === null ? '' : t(step.reason)}</p>;
    case 'absent':
      return <p className="quiet">{t('step.time-absent')}</p>;
    case 'waiting':
      return levels === null ? null : <TimeStep document={document} levels={levels} />;
    case 'done':
      return <DoneFact step={step} document={document} levels={levels} />;
    case 'open':
      return <OpenStep step={step} document={document} placing={placing} numbering={numbering} />;
  }
}

function OpenStep({
  step,
  document,
  placing,
  numbering,
}: Omit<StepItemProps, 'index' | 'levels'>): ReactNode {
  switch (step.name) {
    case 'leader':
      return <LeaderStep document={document} placing={placing} />;
    case 'number':
      return <NumberStep document={document} numbering={numbering} />;
    case 'seal':
      return <SealStep document={document} placing={placing} />;
    case 'send':
      return <SendStep document={document} />;
    case 'time':
      return null;
  }
}

function DoneFact({
  step,
  document,
  levels,
}: Pick<StepItemProps, 'step' | 'document' | 'levels'>): ReactNode {
  const { t } = useWords();
  switch (step.name) {
    case 'leader': {
      const signed = document.leaderSignature;
      if (signed === null) return null;
      const words = t(signed.elsewhere ? 'step.leader-elsewhere' : 'step.leader-here');
      return (
        <>
          <p className="quiet">
            {signed.signer} · {instantText(signed.at)} · {words}
          </p>
          <EvidenceNote sha256={signed.sha256} />
        </>
      );
    }
    case 'number': {
      const given = document.numberGiven;
      if (given === null) return null;
      const number = numberAndSymbol(String(given.number), document.facts.notation);
      return <p className="quiet">{t('step.number-done', { number, day: dayText(given.date) })}</p>;
    }
    case 'seal':
      return document.seal === null ? null : (
        <>
          <p className="quiet">
            {document.seal.signer} · {instantText(document.seal.at)} · {t('step.seal-done')}
          </p>
          <EvidenceNote sha256={document.seal.sha256} />
        </>
      );
    case 'send':
      return <SentFact document={document} />;
    case 'time':
      return levels === null ? null : <TimeStep document={document} levels={levels} />;
  }
}
