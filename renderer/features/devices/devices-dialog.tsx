// Thiết bị ký số: the drivers of this machine, what each shows, one more by the clerk’s choice, the text for support.
// It sees no path and asks no PIN.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DriverCard } from '../../../preload/contract/devices';
import { useDesk } from '../../app/desk';
import { answerOf, type Told, told } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { countText } from '../../i18n/formats';
import { type Params, type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { MessageBar } from '../../ui/message-bar';
import { Driver } from './driver';

/** What the last act ended in; it stands in the dialog, since the desk below is inert. */
type Said =
  | { readonly kind: 'done'; readonly key: TextKey; readonly params?: Params }
  | { readonly kind: 'failed'; readonly told: Told };

function withCard(cards: readonly DriverCard[], card: DriverCard): DriverCard[] {
  return cards.some((one) => one.id === card.id)
    ? cards.map((one) => (one.id === card.id ? card : one))
    : [card, ...cards];
}

export interface DevicesDialogProps {
  readonly onClose: () => void;
  /** Leaves for the pictures that signatures show. */
  readonly onPictures: () => void;
}

export function DevicesDialog({ onClose, onPictures }: DevicesDialogProps) {
  const { api, signers } = useDesk();
  const { t, sentence } = useWords();
  const [cards, setCards] = useState<readonly DriverCard[] | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const running = useRef(false);

  /** One act at a time; its failure is said here. */
  const run = useCallback(async (what: string, work: () => Promise<Said | null>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(what);
    try {
      setSaid(await work());
    } catch (error) {
      setSaid({ kind: 'failed', told: told(error) });
    } finally {
      running.current = false;
      setBusy(null);
    }
  }, []);

  const look = useCallback(
    () =>
      run('look', async () => {
        setCards((await answerOf(api.devices.look({}))).drivers);
        return null;
      }),
    [api, run],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a device that comes or goes is looked at again
  useEffect(() => void look(), [look, signers]);

  const choose = () =>
    run('choose', async () => {
      const { driver } = await answerOf(api.devices.choose({}));
      if (driver === null) return null;
      if (driver.code !== null) return { kind: 'failed', told: { code: driver.code, ref: null } };
      setCards((now) => withCard(now ?? [], driver));
      return { kind: 'done', key: 'devices.chosen', params: { file: driver.file } };
    });
  const test = (id: string) =>
    run(id, async () => {
      const card = await answerOf(api.devices.test({ id }));
      setCards((now) => withCard(now ?? [], card));
      return card.code === null
        ? { kind: 'done', key: 'devices.answers', params: { file: card.file, count: card.tokens.length } }
        : { kind: 'failed', told: { code: card.code, ref: null } };
    });
  const forget = (id: string) =>
    run(id, async () => {
      await answerOf(api.devices.forget({ id }));
      setCards((await answerOf(api.devices.look({}))).drivers);
      return null;
    });
  const copy = () =>
    run('copy', async () => {
      const { lines } = await answerOf(api.devices.copyDiagnostics({}));
      return { kind: 'done', key: 'devices.copied', params: { count: countText(lines) } };
    });

  return (
    <Dialog
      title={t('devices.title')}
      onClose={onClose}
      wide
      testId={testIds.devices.root}
      actions={
        <>
          <Button busy={busy === 'choose'} testId={testIds.devices.choose} onClick={() => void choose()}>
            {t('devices.choose')}
          </Button>
          <Button busy={busy === 'copy'} testId={testIds.devices.copy} onClick={() => void copy()}>
            {t('devices.copy')}
          </Button>
          <Button testId={testIds.devices.pictures} onClick={onPictures}>
            {t('devices.pictures')}
          </Button>
          <Button look="quiet" testId={testIds.devices.close} onClick={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <p className="quiet">{t('devices.about')}</p>
      {said === null ? null : (
        <MessageBar
          tone={said.kind === 'done' ? 'good' : 'bad'}
          testId={testIds.devices.message}
          code={said.kind === 'failed' ? t('common.code', { code: said.told.code }) : undefined}
        >
          {said.kind === 'done' ? t(said.key, said.params) : sentence(said.told.code)}
        </MessageBar>
      )}
      {cards === null ? <p role="status">{t('devices.looking')}</p> : null}
      {cards?.length === 0 ? <p>{t('devices.none')}</p> : null}
      <ul className="attention" aria-busy={busy === 'look' || undefined} data-testid={testIds.devices.list}>
        {cards?.map((card) => (
          <Driver
            key={card.id}
            card={card}
            busy={busy === card.id}
            onTest={() => void test(card.id)}
            onForget={() => void forget(card.id)}
          />
        ))}
      </ul>
    </Dialog>
  );
}
