// Asks why before an act that cannot be taken back: trả lại, thu hồi. It has no shortcut and its safe button has the focus last.
import type { DeskId } from '../../../preload/contract/ids';
import { useAct } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { useForget, useKept } from '../../app/kept';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/field';

export interface ReasonDialogProps {
  /** The document in question: a reason that was typed is there again when it is asked again. */
  readonly document: DeskId;
  readonly title: TextKey;
  readonly about: TextKey;
  readonly confirm: TextKey;
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The reason is required; Enter in the field makes a new line and never confirms. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useWords();
  const act = useAct();
  const owner = `${props.document}/${props.title}`;
  const [reason, setReason] = useKept(owner, 'reason', () => '');
  const forget = useForget(owner);
  const confirm = async (): Promise<void> => {
    if (!(await act.run(() => props.onConfirm(reason.trim())))) return;
    forget();
    props.onClose();
  };
  return (
    <Dialog
      title={t(props.title)}
      onClose={props.onClose}
      testId={testIds.reasonDialog.root}
      actions={
        <>
          <Button
            look="danger"
            busy={act.busy}
            reason={reason.trim() === '' ? t('reason.missing') : undefined}
            testId={testIds.reasonDialog.confirm}
            onClick={() => void confirm()}
          >
            {t(props.confirm)}
          </Button>
          <Button onClick={props.onClose} testId={testIds.reasonDialog.cancel}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <DeskMessage />
      <p>{t(props.about)}</p>
      <TextField
        label={t('reason.label')}
        value={reason}
        onChange={setReason}
        lines={4}
        required
        autoFocus
        testId={testIds.field.reason}
      />
    </Dialog>
  );
}
