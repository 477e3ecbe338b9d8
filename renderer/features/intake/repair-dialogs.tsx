// What the clerk is asked of a damaged PDF: whether a new one is made of what is left, and whether that one is used once it is
// said what it lacks. It decides nothing and calls nobody.
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { Question } from './bring-in';
import { CodeNotes } from './code-notes';

const ids = testIds.intake;

type Answering<K extends Question['kind']> = Extract<Question, { kind: K }> & {
  readonly onAnswer: (yes: boolean) => void;
};

export function DamagedDialog({ file, code, onAnswer }: Answering<'damaged'>) {
  const { t, sentence } = useWords();
  const close = (): void => onAnswer(false);
  return (
    <Dialog
      title={t('intake.damaged-title')}
      testId={ids.damaged}
      onClose={close}
      onSubmit={() => onAnswer(true)}
      actions={
        <>
          <Button type="submit" testId={ids.yes}>
            {t('intake.repair')}
          </Button>
          <Button look="filled" autoFocus onClick={close} testId={ids.no}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <p>{file.name}</p>
      <p data-testid={ids.reason} data-code={code}>
        {sentence(code)}
      </p>
      <p>{t('intake.repair-about')}</p>
    </Dialog>
  );
}

export function RepairedDialog({ original, file, report, onAnswer }: Answering<'repaired'>) {
  const { t } = useWords();
  const { pages, declaredPages, foundPages, signatures } = report;
  const close = (): void => onAnswer(false);
  const lost = signatures.filter((one) => one !== '?').join(', ');
  return (
    <Dialog
      title={t('intake.repaired-title')}
      testId={ids.repaired}
      onClose={close}
      onSubmit={() => onAnswer(true)}
      actions={
        <>
          <Button type="submit" testId={ids.yes}>
            {t('intake.repaired-use')}
          </Button>
          <Button look="filled" autoFocus onClick={close} testId={ids.no}>
            {t('intake.repaired-leave')}
          </Button>
        </>
      }
    >
      <p data-testid={ids.repairedPages} data-pages={pages}>
        {declaredPages === null
          ? t('intake.repaired-pages', { pages })
          : t('intake.repaired-pages-of', { pages, declared: declaredPages })}
      </p>
      {foundPages === 0 ? null : <p>{t('intake.repaired-found', { count: foundPages })}</p>}
      {signatures.length === 0 ? null : (
        <p className="field-error">
          {t('intake.repaired-signatures', { count: signatures.length })} {lost}
        </p>
      )}
      <CodeNotes codes={file.madeFrom?.notes ?? []} />
      <p className="quiet">{t('intake.repaired-kept', { name: original.name })}</p>
    </Dialog>
  );
}
