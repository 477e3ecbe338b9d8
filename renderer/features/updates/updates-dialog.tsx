// Cập nhật ứng dụng: what there is, what it brings, and the one act that fits. Restarting is always the clerk's own act, and
// what stands in its way is said.
import { useContext, useState } from 'react';
import type { RestartObstacle, UpdateView } from '../../../preload/contract/updates';
import { useDesk } from '../../app/desk';
import { answerOf, type Told, told } from '../../app/failures';
import { SlotContext } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { countText, instantText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { MessageBar } from '../../ui/message-bar';
import { stateWords } from './words';

export interface UpdatesDialogProps {
  readonly view: UpdateView;
  readonly onClose: () => void;
}

export function UpdatesDialog({ view, onClose }: UpdatesDialogProps) {
  const { api } = useDesk();
  const slots = useContext(SlotContext);
  const { t, sentence } = useWords();
  const [failure, setFailure] = useState<Told | null>(null);
  const [obstacles, setObstacles] = useState<readonly RestartObstacle[]>([]);
  const [copied, setCopied] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    setObstacles([]);
    setCopied(null);
    try {
      await work();
    } catch (error) {
      setFailure(told(error));
    } finally {
      setBusy(false);
    }
  };
  const restart = () =>
    run(async () => {
      const open = slots.get('leaving') === undefined ? [] : (['draft'] as const);
      setObstacles((await answerOf(api.updates.restart({ obstacles: [...open] }))).obstacles);
    });
  const check = () => run(async () => void (await answerOf(api.updates.check({}))));
  const take = () => run(async () => void (await answerOf(api.updates.take({}))));
  const folder = () => run(async () => void (await answerOf(api.updates.chooseFolder({}))));
  const copy = () => run(async () => setCopied((await answerOf(api.updates.copyDiagnostics({}))).lines));

  const words = stateWords(view);
  const said = failure?.code ?? view.code;
  const canTake = view.mode !== 'managed' && view.release !== null;
  const canCheck = ['idle', 'offered', 'refused', 'failed'].includes(view.phase) && view.mode !== 'off';
  return (
    <Dialog
      title={t('updates.title')}
      onClose={onClose}
      wide
      testId={testIds.updates.root}
      actions={
        <>
          {view.phase === 'ready' ? (
            <Button look="filled" busy={busy} testId={testIds.updates.restart} onClick={() => void restart()}>
              {t('updates.restart')}
            </Button>
          ) : null}
          {view.phase === 'offered' && canTake ? (
            <Button look="filled" busy={busy} testId={testIds.updates.take} onClick={() => void take()}>
              {t('updates.take')}
            </Button>
          ) : null}
          {view.phase === 'failed' && canTake ? (
            <Button busy={busy} testId={testIds.updates.take} onClick={() => void take()}>
              {t('updates.again')}
            </Button>
          ) : null}
          {canCheck ? (
            <Button busy={busy} testId={testIds.updates.check} onClick={() => void check()}>
              {t('updates.check')}
            </Button>
          ) : null}
          {view.mode === 'offline' && canCheck ? (
            <Button busy={busy} testId={testIds.updates.folder} onClick={() => void folder()}>
              {t('updates.folder')}
            </Button>
          ) : null}
          <Button busy={busy} testId={testIds.updates.copy} onClick={() => void copy()}>
            {t('updates.copy')}
          </Button>
          <Button look="quiet" testId={testIds.updates.close} onClick={onClose}>
            {t('updates.later')}
          </Button>
        </>
      }
    >
      <p>{t('updates.current', { version: view.current })}</p>
      {words === null ? null : <p role="status">{t(words.key, words.params)}</p>}
      {view.updatedFrom === null ? null : (
        <p>{t('updates.came', { from: view.updatedFrom, version: view.current })}</p>
      )}
      {said === null ? null : (
        <MessageBar tone="bad" testId={testIds.updates.message} code={t('common.code', { code: said })}>
          {sentence(said)}
        </MessageBar>
      )}
      {obstacles.map((one) => (
        <MessageBar key={one} tone="warning" testId={testIds.updates.obstacle}>
          {t(`updates.obstacle-${one}`)}
        </MessageBar>
      ))}
      {copied === null ? null : (
        <MessageBar tone="good">{t('updates.copied', { count: countText(copied) })}</MessageBar>
      )}
      {view.phase === 'downloading' ? <progress value={view.done ?? 0} max={1} /> : null}
      {view.release?.rollback === true ? <p>{t('updates.rollback')}</p> : null}
      {view.release?.deadline == null ? null : (
        <p>
          {t(view.overdue ? 'updates.overdue' : 'updates.deadline', {
            time: instantText(view.release.deadline),
          })}
        </p>
      )}
      {view.release === null || view.release.notes === '' ? null : (
        <>
          <h3>{t('updates.notes')}</h3>
          <p className="quiet">{view.release.notes}</p>
        </>
      )}
      {view.checkedAt === null ? null : (
        <p className="quiet">{t('updates.checked', { time: instantText(view.checkedAt) })}</p>
      )}
    </Dialog>
  );
}
