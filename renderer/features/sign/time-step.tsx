// Step 4: dấu thời gian. Says the level of each signature, what waits and why; main does it by itself, a person may only ask sooner.
import type { LevelJob } from '../../../preload/contract/levels';
import type { Attachment, OutgoingDocument } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { timeText } from '../../i18n/formats';
import { useWords, type Words } from '../../i18n/text';
import { Button } from '../../ui/button';
import { outgoingFiles } from '../document/outgoing';
import type { Levels } from './use-levels';

export interface TimeStepProps {
  readonly document: OutgoingDocument;
  readonly levels: Levels;
}

/** Why a job is where it is, in one sentence; null where its level says it all. */
export function waitingWords(job: LevelJob, { t, sentence }: Pick<Words, 't' | 'sentence'>): string | null {
  const time = job.notBefore === null ? '' : timeText(job.notBefore);
  switch (job.state) {
    case 'reached':
      return null;
    case 'working':
      return t('time.working');
    case 'stopped':
      return job.code === null ? null : sentence(job.code);
    case 'waiting':
      switch (job.code) {
        case null:
          return t('time.waiting');
        case 'signing-timestamp-failed':
          return t('time.no-network', { time });
        case 'signing-timestamp-refused':
        case 'signing-timestamp-wrong':
          return t(job.code === 'signing-timestamp-wrong' ? 'time.wrong' : 'time.refused', {
            said: job.said,
            time,
          });
        case 'timestamp-limited':
          return t('time.limited', { time });
        case 'signing-validation-data-missing':
        case 'signing-level-lower':
          return t('time.no-data', { time });
        default:
          return t('time.again', { why: sentence(job.code), time });
      }
  }
}

interface Shown {
  readonly key: string;
  readonly signer: string;
  readonly name: string;
  readonly level: string;
}

function shownLevels(files: readonly Attachment[]): Shown[] {
  return files.flatMap((file) =>
    (file.verdict?.signatures ?? [])
      .filter((one) => one.kind === 'signature' && one.level !== 'none')
      .map((one) => ({
        key: `${file.sha256} ${one.field}`,
        signer: one.signer,
        name: file.name,
        level: one.level,
      })),
  );
}

/** Levels, reasons, the button that asks sooner, lasting copies of what was sent. */
export function TimeStep({ document, levels }: TimeStepProps) {
  const words = useWords();
  const { t } = words;
  const { api, done } = useDesk();
  const act = useAct();
  const files = outgoingFiles(document);
  const signatures = shownLevels(files);
  const reasons = [...new Set(levels.jobs.map((job) => waitingWords(job, words)))].filter(
    (one) => one !== null,
  );
  // An authority that limits its requests is not asked sooner by a button.
  const waits = levels.jobs.some((job) => job.state === 'waiting' && job.code !== 'timestamp-limited');
  return (
    <>
      <ul className="step-receivers">
        {signatures.map((one) => (
          <li key={one.key} data-testid={testIds.road.level} data-level={one.level}>
            {t(files.length > 1 ? 'time.file' : 'time.level', { ...one })}
          </li>
        ))}
      </ul>
      {reasons.map((reason) => (
        <p key={reason} className="step-note" role="status">
          {reason}
        </p>
      ))}
      {waits ? (
        <div className="acts-line">
          <Button
            busy={act.busy}
            testId={testIds.road.raiseNow}
            onClick={() =>
              void act.run(async () => {
                await answerOf(api.levels.raise({ documentId: document.id }));
              })
            }
          >
            {t('time.try-now')}
          </Button>
        </div>
      ) : null}
      {(document.lasting ?? []).map(({ of, level, file }) => (
        <div key={of} data-testid={testIds.road.lasting} data-level={level}>
          <p className="quiet">{t('time.lasting', { name: file.name, level })}</p>
          <Button
            look="quiet"
            onClick={() =>
              void act.run(async () => {
                const { saved } = await answerOf(
                  api.files.saveCopy({ sha256: file.sha256, name: file.name }),
                );
                if (saved) done(t('reader.saved'));
              })
            }
          >
            {t('time.save-lasting')}
          </Button>
        </div>
      ))}
    </>
  );
}
