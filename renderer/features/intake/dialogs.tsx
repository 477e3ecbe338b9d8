// What the clerk is asked and told while files come in. It decides nothing and calls nobody.
import { assertNever } from '../../../preload/contract/failure';
import { testIds } from '../../app/test-ids';
import { sizeText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import type { Question } from './bring-in';
import { CodeNotes } from './code-notes';
import { PasswordDialog } from './password-form';
import { DamagedDialog, RepairedDialog } from './repair-dialogs';

const ids = testIds.intake;

export interface QuestionDialogProps {
  readonly question: Question;
  readonly onAnswer: (yes: boolean) => void;
}

/** One question, or one thing that has to be known before going on. */
export function QuestionDialog({ question, onAnswer }: QuestionDialogProps) {
  switch (question.kind) {
    case 'convert':
      return <ConvertDialog {...question} onAnswer={onAnswer} />;
    case 'no-pdf':
      return <NoPdfDialog {...question} onAnswer={onAnswer} />;
    case 'damaged':
      return <DamagedDialog {...question} onAnswer={onAnswer} />;
    case 'repaired':
      return <RepairedDialog {...question} onAnswer={onAnswer} />;
    case 'password':
      return <PasswordDialog {...question} onAnswer={onAnswer} />;
    case 'refused':
      return <RefusedDialog {...question} onAnswer={onAnswer} />;
    default:
      return assertNever(question);
  }
}

type Answering<K extends Question['kind']> = Extract<Question, { kind: K }> & {
  readonly onAnswer: (yes: boolean) => void;
};

function ConvertDialog({ files, look, onAnswer }: Answering<'convert'>) {
  const { t } = useWords();
  const close = (): void => onAnswer(false);
  return (
    <Dialog
      title={t('intake.convert-title')}
      testId={ids.convert}
      onClose={close}
      onSubmit={() => onAnswer(true)}
      actions={
        <>
          <Button type="submit" look="filled" autoFocus testId={ids.yes}>
            {t('intake.convert-do')}
          </Button>
          <Button onClick={close} testId={ids.no}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <ul className="intake-files">
        {files.map((file) => (
          <li key={file.sha256}>
            <span>{file.name}</span> <span className="quiet">{sizeText(file.size)}</span>
          </li>
        ))}
      </ul>
      <p>
        {look.by === 'office'
          ? t('intake.convert-office')
          : files.length > 1
            ? t('intake.convert-pictures', { count: files.length })
            : t('intake.convert-picture')}
      </p>
      <p className="quiet">{t('intake.convert-kept')}</p>
      <CodeNotes codes={look.notes} />
    </Dialog>
  );
}

function NoPdfDialog({ file, look, onAnswer }: Answering<'no-pdf'>) {
  const { t, sentence } = useWords();
  const close = (): void => onAnswer(false);
  return (
    <Dialog
      title={t('intake.no-pdf-title')}
      testId={ids.noPdf}
      onClose={close}
      onSubmit={close}
      actions={
        <Button type="submit" look="filled" autoFocus testId={ids.no}>
          {t('common.close')}
        </Button>
      }
    >
      <p>{file.name}</p>
      <p data-testid={ids.reason} data-code={look.code}>
        {sentence(look.code)}
      </p>
      <CodeNotes codes={look.notes} />
    </Dialog>
  );
}

function RefusedDialog({ refused, brought, onAnswer }: Answering<'refused'>) {
  const { t, sentence } = useWords();
  const close = (): void => onAnswer(true);
  return (
    <Dialog
      title={t('intake.refused-title', { count: refused.length })}
      testId={ids.refused}
      onClose={close}
      onSubmit={close}
      actions={
        <Button type="submit" look="filled" autoFocus testId={ids.yes}>
          {t('common.close')}
        </Button>
      }
    >
      {brought === 0 ? null : <p>{t('intake.refused-others', { count: brought })}</p>}
      <ul className="intake-files">
        {refused.map(({ name, told }) => (
          <li key={name} data-testid={ids.reason} data-code={told.code}>
            <strong>{name}</strong>
            <br />
            {sentence(told.code)}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export interface WorkDialogProps {
  readonly name: string;
  /** null: the end is not known. */
  readonly done: number | null;
  readonly onStop: () => void;
}

/** Long work in main; the one way out is to stop it. */
export function WorkDialog({ name, done, onStop }: WorkDialogProps) {
  const { t } = useWords();
  return (
    <Dialog
      title={t('intake.working-title')}
      testId={ids.working}
      onClose={onStop}
      actions={
        <Button onClick={onStop} testId={ids.stop} autoFocus>
          {t('intake.stop')}
        </Button>
      }
    >
      <p>{name}</p>
      <progress
        className="work"
        aria-label={t('intake.working-title')}
        {...(done === null ? {} : { max: 1, value: done })}
      />
      <p className="quiet">{t('intake.working-about')}</p>
    </Dialog>
  );
}
