// Kiểm tra chữ ký số: any PDF, whoever sent it, shown with its report. Nothing of it enters a register.
import { useState } from 'react';
import { newDeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { FileButton } from '../../ui/file-button';
import { Reader } from '../document/reader';
import { useUpload } from '../intake/use-upload';
import { Report } from './report';

/** One file at a time. */
export function CheckScreen() {
  const { t } = useWords();
  const { share, bring } = useUpload();
  const [file, setFile] = useState<Attachment | null>(null);
  const [id] = useState(newDeskId);
  const choose = (files: readonly File[]): void =>
    bring(files.slice(0, 1), ([first]) => setFile(first ?? null));
  const button = (
    <FileButton
      label={t(file === null ? 'check.choose' : 'check.choose-other')}
      look={file === null ? 'filled' : 'plain'}
      accept="application/pdf,.pdf"
      testId={testIds.check.file}
      disabled={share !== null}
      onFiles={choose}
    />
  );
  return (
    <main
      className="wide"
      data-pane="document"
      data-testid={testIds.check.root}
      aria-label={t('check.title')}
    >
      <DeskMessage />
      {file === null ? (
        <section
          className="drop"
          aria-label={t('check.choose')}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            choose([...event.dataTransfer.files]);
          }}
        >
          <h1>{t('check.title')}</h1>
          <p className="quiet">{t('check.about')}</p>
          {share === null ? button : <progress max={1} value={share} aria-label={t('draft.uploading')} />}
        </section>
      ) : (
        <div className="full-body">
          <div className="full-page">
            <Reader key={file.sha256} documentId={id} files={[file]} marking={false} />
          </div>
          <aside className="full-side" aria-label={t('report.title')}>
            <h1>{t('check.title')}</h1>
            <div className="acts-line">
              {button}
              {share === null ? null : <progress max={1} value={share} aria-label={t('draft.uploading')} />}
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
