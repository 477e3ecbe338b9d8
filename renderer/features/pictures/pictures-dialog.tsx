// Ảnh nét ký và ảnh dấu: each holder of a certificate that is there, or whose picture is kept, with that picture. Main checks and
// keeps the bytes; nothing stays here.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import { mostPictureBytes, type PictureCard } from '../../../preload/contract/pictures';
import type { SignerCard } from '../../../preload/contract/signing-request';
import { useDesk } from '../../app/desk';
import { answerOf, type Told, told } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { type Params, type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { MessageBar } from '../../ui/message-bar';
import { millimetreText, OnePicture } from './one-picture';
import './pictures.css';

type Said =
  | { readonly kind: 'done'; readonly key: TextKey; readonly params: Params }
  | { readonly kind: 'failed'; readonly told: Told };

interface Holder {
  readonly name: string;
  readonly fingerprint: Sha256 | null;
  readonly picture: PictureCard | null;
}

/** Holders of certificates that can sign, then those whose device is away. */
export function holdersOf(
  signers: readonly SignerCard[],
  pictures: readonly PictureCard[],
): readonly Holder[] {
  const holders = new Map<string, Holder>();
  for (const { holder, fingerprint } of signers) {
    if (holders.has(holder)) continue;
    const picture = pictures.find((one) => one.holder === holder) ?? null;
    holders.set(holder, { name: holder, fingerprint, picture });
  }
  for (const picture of pictures) {
    if (holders.has(picture.holder)) continue;
    holders.set(picture.holder, { name: picture.holder, fingerprint: null, picture });
  }
  return [...holders.values()];
}

export function PicturesDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, signers } = useDesk();
  const { t, sentence } = useWords();
  const [pictures, setPictures] = useState<readonly PictureCard[] | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const running = useRef(false);

  /** One act at a time; what it ended in is said here, since the desk below is inert. */
  const run = useCallback(
    async (work: () => Promise<Said | null>): Promise<void> => {
      if (running.current) return;
      running.current = true;
      try {
        const ended = await work();
        setPictures((await answerOf(api.pictures.list({}))).pictures);
        setSaid(ended);
      } catch (error) {
        setSaid({ kind: 'failed', told: told(error) });
      } finally {
        running.current = false;
      }
    },
    [api],
  );

  useEffect(() => void run(async () => null), [run]);

  const choose = (fingerprint: Sha256, file: File) =>
    run(async () => {
      if (file.size > mostPictureBytes) {
        return { kind: 'failed', told: { code: 'picture-too-large', ref: null } };
      }
      const png = new Uint8Array(await file.arrayBuffer());
      const { picture } = await answerOf(api.pictures.put({ fingerprint, png, widthMm: null }));
      return { kind: 'done', key: 'pictures.added', params: { holder: picture.holder } };
    });
  const resize = (id: string, widthMm: number) =>
    run(async () => {
      const { picture } = await answerOf(api.pictures.resize({ id, widthMm }));
      const params = { holder: picture.holder, mm: millimetreText(picture.widthMm) };
      return { kind: 'done', key: 'pictures.resized', params };
    });
  const remove = ({ id, holder }: PictureCard) =>
    run(async () => {
      await answerOf(api.pictures.remove({ id }));
      return { kind: 'done', key: 'pictures.removed', params: { holder } };
    });

  const holders = holdersOf(signers, pictures ?? []);
  return (
    <Dialog
      title={t('pictures.title')}
      onClose={onClose}
      wide
      testId={testIds.pictures.root}
      actions={
        <Button look="quiet" testId={testIds.pictures.close} onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p className="quiet">{t('pictures.about')}</p>
      {said === null ? null : (
        <MessageBar
          tone={said.kind === 'done' ? 'good' : 'bad'}
          testId={testIds.pictures.message}
          code={said.kind === 'failed' ? t('common.code', { code: said.told.code }) : undefined}
        >
          {said.kind === 'done' ? t(said.key, said.params) : sentence(said.told.code)}
        </MessageBar>
      )}
      {pictures !== null && holders.length === 0 ? <p>{t('pictures.none')}</p> : null}
      <ul
        className="attention"
        data-testid={testIds.pictures.list}
        aria-busy={pictures === null || undefined}
      >
        {holders.map(({ name, fingerprint, picture }) => (
          <OnePicture
            key={name}
            holder={name}
            picture={picture}
            onChoose={fingerprint === null ? undefined : (file) => void choose(fingerprint, file)}
            onResize={(mm) => void (picture === null ? undefined : resize(picture.id, mm))}
            onRemove={() => void (picture === null ? undefined : remove(picture))}
          />
        ))}
      </ul>
    </Dialog>
  );
}
