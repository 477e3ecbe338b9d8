// Kiểm tra chữ ký số: any PDF, whoever sent it, shown with its report. Nothing of it enters a register.
import { useState } from 'react';
import { newDeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Reader } from '../document/reader';
import { ChooseFile, DropPlace } from '../intake/choose-file';
import { useIntake } from '../intake/use-intake';
import { Report } from './report';

/** One file at a time. */
export function CheckScreen() {
  const { t } = useWords();
  const { share, bring, dialog } = useIntake();
  const [file, setFile] = useState<Attachment | null>(null);
  const [id] = useState(newDeskId);
  const choose = (files: readonly File[]): void =>
    bring(files.slice(0, 1), ([first]) => setFile(first ?? null));
  return (
    <main
      className="wide"
      data-pane="document"
      data-testid={testIds.check.root}
      aria-label={t('check.title')}
    >
      <DeskMessage />
      {dialog}
      {file === null ? (
        <DropPlace
          title="check.title"
          about="check.about"
          label="check.choose"
          alone
          share={share}
          onFiles={choose}
          testId={testIds.check.file}
        />
      ) : (
        <div className="full-body">
          <div className="full-page">
            <Reader key={file.sha256} documentId={id} files={[file]} marking={false} onUnlocked={setFile} />
          </div>
          <aside className="full-side" aria-label={t('report.title')}>
            <h1>{t('check.title')}</h1>
            <div className="acts-line">
              <ChooseFile
                label="check.choose-other"
                share={share}
                onFiles={choose}
                testId={testIds.check.file}
              />
            </div>
            {file.verdict === null ? (
              <p>{t('check.not-pdf')}</p>
            ) : (
              <Report name={file.name} verdict={file.verdict} at={file.verifiedAt} />
            )}
          </aside>
        </div>
      )}
    </main>
  );
}
