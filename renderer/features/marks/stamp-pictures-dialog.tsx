// The list of the clerk's own stamp pictures: added, looked at, taken off. Main checks and keeps the bytes; nothing stays here.
import { useState } from 'react';
import { mostPictureBytes } from '../../../preload/contract/pictures';
import { type Told, told } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FileButton } from '../../ui/file-button';
import { MessageBar } from '../../ui/message-bar';
import type { StampPictures } from './use-stamp-pictures';

export interface StampPicturesDialogProps {
  readonly pictures: StampPictures;
  readonly onClose: () => void;
}

/** A file's name without its ending is what the clerk reads in the list. */
export function stampName(fileName: string): string {
  const bare = fileName.replace(/\.png$/i, '').trim();
  return (bare === '' ? 'PNG' : bare).normalize('NFC').slice(0, 120);
}

export function StampPicturesDialog({ pictures, onClose }: StampPicturesDialogProps) {
  const { t, sentence } = useWords();
  const [failure, setFailure] = useState<Told | null>(null);
  const run = (work: () => Promise<void>): void => {
    setFailure(null);
    work().catch((error: unknown) => setFailure(told(error)));
  };
  const add = (file: File): void => {
    if (file.size > mostPictureBytes) setFailure({ code: 'picture-too-large', ref: null });
    else run(async () => pictures.put(stampName(file.name), new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <Dialog
      title={t('marks.pictures-title')}
      onClose={onClose}
      testId={testIds.marks.pictures}
      actions={
        <Button look="quiet" testId={testIds.marks.picturesClose} onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p className="quiet">{t('marks.pictures-about')}</p>
      {failure === null ? null : (
        <MessageBar tone="bad" code={t('common.code', { code: failure.code })}>
          {sentence(failure.code)}
        </MessageBar>
      )}
      {pictures.list.length === 0 ? <p>{t('marks.pictures-none')}</p> : null}
      <ul className="stamp-pictures">
        {pictures.list.map(({ sha256, name }) => {
          const address = pictures.addressOf(sha256);
          return (
            <li key={sha256}>
              {address === null ? null : <img src={address} alt={t('marks.picture-alt', { name })} />}
              <span>{name}</span>
              <Button
                look="quiet"
                testId={testIds.marks.pictureRemove}
                onClick={() => run(() => pictures.remove(sha256))}
              >
                {t('marks.picture-remove', { name })}
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="acts-line">
        <FileButton
          label={t('marks.picture-add')}
          accept="image/png,.png"
          testId={testIds.marks.pictureFile}
          onFiles={([file]) => {
            if (file !== undefined) add(file);
          }}
        />
      </div>
    </Dialog>
  );
}
