// The button of the reading view that saves a copy with notes, by mouse and by its command. It writes nothing itself.
import { useState, useSyncExternalStore } from 'react';
import type { Attachment } from '../../../preload/contract/records';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { shortcutFor } from '../../commands/commands';
import { useWords } from '../../i18n/text';
import type { MarkStore } from '../../pdf/marks/mark-store';
import { ToolButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { CopyDialog, type CopyDialogProps } from './copy-dialog';
import './marking.css';

export interface MarkedCopyProps {
  readonly file: Attachment;
  readonly store: MarkStore;
  readonly onDraft?: CopyDialogProps['onDraft'];
}

export function MarkedCopy({ file, store, onDraft }: MarkedCopyProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const marks = useSyncExternalStore(store.subscribe, store.shown);
  useSlot('fileActs', { saveMarked: () => setOpen(true) });
  return (
    <>
      <ToolButton
        label={t('marking.copy')}
        shortcut={shortcutFor('save-marked')}
        onClick={() => setOpen(true)}
        testId={testIds.marking.open}
      >
        <Icon name="save-marked" />
      </ToolButton>
      {open ? (
        <CopyDialog file={file} marks={marks} onDraft={onDraft} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
