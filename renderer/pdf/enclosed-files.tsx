// The files that lie inside a PDF: named, sized and saved to the machine, never opened here.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { testIds } from '../app/test-ids';
import { sizeText } from '../i18n/formats';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import { type Enclosed, type EnclosedFile, readEnclosed } from './enclosed';

export interface EnclosedFilesProps {
  readonly pdf: PDFDocumentProxy;
  readonly onSave: (file: EnclosedFile) => void;
  readonly onProblem: (error: unknown) => void;
}

const unread: Enclosed = { files: [], state: 'reading' };

/** Files as they are found; that there are none is said only once every page was looked at. */
export function EnclosedFiles({ pdf, onSave, onProblem }: EnclosedFilesProps) {
  const { t } = useWords();
  const [{ files, state }, setEnclosed] = useState(unread);
  useEffect(() => {
    const stop = new AbortController();
    setEnclosed(unread);
    readEnclosed(pdf, { signal: stop.signal, tell: setEnclosed, onProblem }).catch(onProblem);
    return () => stop.abort();
  }, [pdf, onProblem]);
  const none = files.length === 0 ? 'viewer.no-enclosed' : null;
  const said = state === 'whole' ? none : (`viewer.enclosed-${state}` as const);
  return (
    <>
      {files.length === 0 ? null : (
        <>
          <p className="side-none">{t('viewer.enclosed-about')}</p>
          <ul className="enclosed">
            {files.map((file, index) => (
              // Two enclosed files may have one name, and the list only grows at its end.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <li key={index} data-testid={testIds.viewer.enclosed}>
                <span className="enclosed-name">{file.name}</span>
                <span className="quiet">
                  {sizeText(file.bytes.length)}
                  {file.page === null ? '' : ` · ${t('viewer.enclosed-page', { page: file.page })}`}
                </span>
                <Button onClick={() => onSave(file)}>{t('reader.save')}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {said === null ? null : (
        <p className="side-none" role="status">
          {t(said)}
        </p>
      )}
    </>
  );
}
