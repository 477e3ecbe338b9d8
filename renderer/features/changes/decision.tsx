// What the law asks of every recall, update and replacement: the reason and the person who decided it. It sends nothing.
import { useKept } from '../../app/kept';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { TextField } from '../../ui/field';

export interface Decision {
  readonly reason: string;
  readonly decidedBy: string;
  /** What it still lacks, in words. */
  readonly lacks: string | undefined;
  readonly fields: React.ReactNode;
}

/** Kept for `owner`: a reason that was typed is there again when the dialog is opened again. */
export function useDecision(owner: string): Decision {
  const { t } = useWords();
  const [reason, setReason] = useKept(owner, 'reason', () => '');
  const [decidedBy, setDecidedBy] = useKept(owner, 'decided-by', () => '');
  const lacks =
    reason.trim() === ''
      ? t('reason.missing')
      : decidedBy.trim() === ''
        ? t('decision.by-missing')
        : undefined;
  return {
    reason: reason.trim(),
    decidedBy: decidedBy.trim(),
    lacks,
    fields: (
      <>
        <TextField
          label={t('reason.label')}
          value={reason}
          onChange={setReason}
          lines={3}
          required
          autoFocus
          maxLength={1000}
          testId={testIds.field.reason}
        />
        <TextField
          label={t('decision.by')}
          value={decidedBy}
          onChange={setDecidedBy}
          required
          maxLength={300}
          testId={testIds.changes.decidedBy}
        />
      </>
    ),
  };
}
