// The frame of the three acts on a sent document: about, fields, the decision, and the one button that carries it out. No
// shortcut opens or confirms it.
import type { ReactNode } from 'react';
import { useAct } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';

export interface ChangeDialogProps {
  readonly title: TextKey;
  readonly about: TextKey;
  readonly confirm: TextKey;
  readonly danger: boolean;
  /** Why it cannot be confirmed yet, in words. */
  readonly lacks: string | undefined;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Closes itself when the act is saved; a failure stays in it. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { t } = useWords();
  const act = useAct();
  const confirm = async (): Promise<void> => {
    if (await act.run(props.onConfirm)) props.onClose();
  };
  return (
    <Dialog
      title={t(props.title)}
      wide
      onClose={props.onClose}
      testId={testIds.changes.dialog}
      actions={
        <>
          <Button
            look={props.danger ? 'danger' : 'filled'}
            busy={act.busy}
            reason={props.lacks}
            testId={testIds.changes.confirm}
            onClick={() => void confirm()}
          >
            {t(props.confirm)}
          </Button>
          <Button onClick={props.onClose} testId={testIds.changes.cancel}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <DeskMessage />
      <p>{t(props.about)}</p>
      {props.children}
    </Dialog>
  );
}
