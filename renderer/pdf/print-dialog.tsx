// Asks whether the notes that are shown go onto the paper too. It prints nothing, and is not there where there is nothing to ask.
import { useState } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

export interface PrintDialogProps {
  /** How many notes are shown. */
  readonly notes: number;
  readonly onPrint: (withNotes: boolean) => void;
  readonly onClose: () => void;
}

export function PrintDialog({ notes, onPrint, onClose }: PrintDialogProps) {
  const { t } = useWords();
  const [withNotes, setWithNotes] = useState(false);
  const ids = testIds.viewer;
  const choice = (value: boolean, label: string, testId: string) => (
    <label className="check">
      <input
        type="radio"
        name="print-notes"
        checked={withNotes === value}
        data-testid={testId}
        onChange={() => setWithNotes(value)}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <Dialog
      title={t('viewer.print-title')}
      onClose={onClose}
      onSubmit={() => onPrint(withNotes)}
      testId={ids.printDialog}
      actions={
        <>
          <Button look="filled" type="submit" autoFocus testId={ids.printNow}>
            {t('viewer.print')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </>
      }
    >
      <fieldset className="print-choice">
        <legend>{t('viewer.print-what')}</legend>
        {choice(false, t('viewer.print-plain'), ids.printPlain)}
        {choice(true, t('viewer.print-notes', { count: notes }), ids.printNotes)}
      </fieldset>
      {withNotes ? <p className="quiet">{t('viewer.print-notes-about')}</p> : null}
    </Dialog>
  );
}
