// A file that is no PDF, where a page would stand: as pages where they can be made, else its words or what it holds, else that it
// can be saved. It opens nothing outside the desk and takes nothing out of an archive.
import type { ReactNode } from 'react';
import type { FilePreview } from '../../../preload/contract/preview';
import type { Attachment } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { testIds } from '../../app/test-ids';
import { sizeText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { Skeleton } from '../../ui/skeleton';
import { useShown } from './use-shown';

export interface OtherFileProps {
  readonly file: Attachment;
  readonly end: ReactNode;
  readonly onSave: () => void;
  /** How the pages made of it are shown. */
  readonly onPdf: (made: Attachment) => ReactNode;
}

export function OtherFile({ file, end, onSave, onPdf }: OtherFileProps) {
  const { api } = useDesk();
  const { t, sentence } = useWords();
  const shown = useShown(api, file);
  if (shown.kind === 'pdf') return onPdf(shown.file);
  const why = file.problem ?? (shown.kind === 'preview' ? shown.code : null);
  const isWaiting = shown.kind === 'looking' || shown.kind === 'making';
  return (
    <div className="viewer" aria-busy={isWaiting}>
      <div className="toolbar">
        <span className="toolbar-end">{end}</span>
      </div>
      {isWaiting ? (
        <div className="viewer-scroll">
          <div className="viewer-waiting">
            {shown.kind === 'making' ? <p role="status">{t('kinds.making')}</p> : null}
            <Skeleton lines={9} />
          </div>
        </div>
      ) : shown.preview.kind === 'none' ? (
        <div className="viewer-scroll">
          <div className="other-file" data-testid={testIds.kinds.none}>
            <Icon name="file" size={32} />
            <p>
              <strong>{file.name}</strong>
              <br />
              <span className="quiet">{sizeText(file.size)}</span>
            </p>
            <p className="quiet">{why === null ? t('reader.not-shown') : sentence(why)}</p>
            <Button onClick={onSave}>{t('reader.save')}</Button>
          </div>
        </div>
      ) : (
        <>
          <p className="kinds-note" data-testid={testIds.kinds.note}>
            {shown.code === null ? '' : `${sentence(shown.code)} `}
            {noteOf(shown.preview, t)}
          </p>
          <section
            className="viewer-scroll"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it must scroll by keys
            tabIndex={0}
            aria-label={file.name}
            data-testid={testIds.kinds.content}
          >
            {shown.preview.kind === 'text' ? (
              <pre className="kinds-text">{shown.preview.text}</pre>
            ) : (
              <Entries preview={shown.preview} />
            )}
          </section>
        </>
      )}
    </div>
  );
}

function noteOf(preview: FilePreview, t: ReturnType<typeof useWords>['t']): string {
  if (preview.kind === 'none') return '';
  if (preview.kind === 'list') {
    return t('kinds.list-about', { count: preview.count, size: sizeText(preview.bytes) });
  }
  return `${t(`kinds.text-${preview.encoding}`)}${preview.cut ? ` ${t('kinds.cut')}` : ''}`;
}

function Entries({ preview }: { readonly preview: Extract<FilePreview, { readonly kind: 'list' }> }) {
  const { t } = useWords();
  const more = preview.count - preview.entries.length;
  return (
    <table className="kinds-list">
      <thead>
        <tr>
          <th scope="col">{t('kinds.entry-name')}</th>
          <th scope="col">{t('kinds.entry-size')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.entries.map((entry, index) => (
          // Two entries may have one name, and the list never changes while it is shown.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <tr key={index} data-testid={testIds.kinds.entry}>
            <td>
              {entry.name}
              {entry.locked ? <span className="quiet"> {t('kinds.entry-locked')}</span> : null}
            </td>
            <td className="number">{sizeText(entry.size)}</td>
          </tr>
        ))}
        {more > 0 ? (
          <tr>
            <td colSpan={2} className="quiet">
              {t('kinds.entries-more', { count: more })}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
