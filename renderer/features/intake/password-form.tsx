// Asks for the password of an encrypted PDF: over the page where it cannot be shown, and in a dialog while it comes in. The field
// is emptied as soon as it was given on; it is kept nowhere in the page.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CallOutput } from '../../../preload/contract/calls';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { answerOf, told } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { CheckField, TextField } from '../../ui/field';

export type Unlocked = CallOutput<'intake.unlock'>;
type File = Pick<Attachment, 'sha256' | 'name'>;

const ids = testIds.intake;

interface Asking {
  readonly fields: ReactNode;
  readonly busy: boolean;
  readonly submit: () => void;
}

/** `owner`: only the owner's password helps. A wrong one is said beside the field. */
function usePassword(file: File, owner: boolean, onUnlocked: (unlocked: Unlocked) => void): Asking {
  const { t, sentence } = useWords();
  const { api } = useDesk();
  const { busy, run } = useAct();
  const [password, setPassword] = useState('');
  const [keep, setKeep] = useState(false);
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const submit = (): void => {
    if (password === '') return;
    void run(async () => {
      setWrong(undefined);
      try {
        const unlocked = await answerOf(api.intake.unlock({ sha256: file.sha256, password, keep }));
        if (owner && unlocked.restricted) setWrong('pdf-changes-restricted');
        else onUnlocked(unlocked);
      } catch (error) {
        if (told(error).code !== 'pdf-password-wrong') throw error;
        setWrong('pdf-password-wrong');
      } finally {
        setPassword('');
      }
    });
  };
  const fields = (
    <>
      <TextField
        label={t(owner ? 'intake.owner-password' : 'intake.password')}
        value={password}
        onChange={setPassword}
        secret
        autoFocus
        maxLength={500}
        error={wrong === undefined ? undefined : sentence(wrong)}
        testId={ids.password}
      />
      <CheckField label={t('intake.keep')} checked={keep} onChange={setKeep} testId={ids.keep} />
      <p className="quiet">{t('intake.password-about')}</p>
    </>
  );
  return { fields, busy, submit };
}

export interface PasswordFormProps {
  readonly file: File;
  readonly onUnlocked: (unlocked: Unlocked) => void;
}

/** In the place of a page that cannot be shown. */
export function PasswordForm({ file, onUnlocked }: PasswordFormProps) {
  const { t } = useWords();
  const { fields, busy, submit } = usePassword(file, false, onUnlocked);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  return (
    <form className="password-form" onSubmit={onSubmit} data-testid={ids.passwordForm}>
      <p>{t('viewer.encrypted')}</p>
      {fields}
      <Button type="submit" look="filled" busy={busy} testId={ids.unlock}>
        {t('intake.unlock')}
      </Button>
    </form>
  );
}

export interface PasswordDialogProps {
  readonly file: File;
  readonly owner: boolean;
  /** true: it is open now. */
  readonly onAnswer: (yes: boolean) => void;
}

/** While a file comes in. The owner's password may be left for later: the file can be read without it. */
export function PasswordDialog({ file, owner, onAnswer }: PasswordDialogProps) {
  const { t, sentence } = useWords();
  const { fields, busy, submit } = usePassword(file, owner, () => onAnswer(true));
  const close = (): void => onAnswer(false);
  return (
    <Dialog
      title={t(owner ? 'intake.owner-title' : 'intake.password-title')}
      testId={ids.passwordForm}
      onClose={close}
      onSubmit={submit}
      actions={
        <>
          <Button type="submit" look="filled" busy={busy} testId={ids.unlock}>
            {t('intake.unlock')}
          </Button>
          <Button onClick={close} testId={ids.no}>
            {t(owner ? 'intake.owner-later' : 'common.cancel')}
          </Button>
        </>
      }
    >
      <p>{file.name}</p>
      {owner ? <p data-code="pdf-changes-restricted">{sentence('pdf-changes-restricted')}</p> : null}
      {fields}
    </Dialog>
  );
}
