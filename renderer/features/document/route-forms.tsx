// The way of a registered document: trình, chuyển giao theo ý kiến chỉ đạo, theo dõi, hoàn thành. One filled button each.
import { useEffect, useState } from 'react';
import type { IncomingDocument } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { useForget, useKept } from '../../app/kept';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';

interface FormProps {
  readonly document: IncomingDocument;
}

interface MainButtonProps {
  readonly label: TextKey;
  readonly reason: string | undefined;
  readonly testId: string;
  readonly run: () => Promise<void>;
}

/**
 * The one filled button of the pane, also under Ctrl+Enter. What stands against it is said when it is pressed all the same:
 * a device may be lost in the very moment of the press, and no press stays without an answer.
 */
export function MainButton({ label, reason, testId, run }: MainButtonProps) {
  const { t } = useWords();
  const act = useAct();
  const [explained, setExplained] = useState(false);
  // What was said is over with its reason: another one is said when it is asked for.
  useEffect(() => {
    if (reason === undefined) setExplained(false);
  }, [reason]);
  const start = (): void => {
    setExplained(false);
    void act.run(run);
  };
  const explain = (): void => setExplained(true);
  useSlot('mainAct', { label: t(label), reason: reason ?? null, run: start, explain });
  return (
    <>
      <Button
        wide
        look="filled"
        shortcut="Ctrl+Enter"
        busy={act.busy}
        reason={reason}
        onClick={start}
        onRefused={explain}
        testId={testId}
      >
        {t(label)}
      </Button>
      <p role="status" className="step-note" data-testid={testIds.act.reason}>
        {explained ? reason : undefined}
      </p>
    </>
  );
}

/** Trình người có thẩm quyền. */
export function PresentForm({ document }: FormProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const [to, setTo] = useKept(document.id, 'present-to', () => '');
  const [opinion, setOpinion] = useKept(document.id, 'present-note', () => '');
  const forget = useForget(document.id);
  return (
    <>
      <h2>{t('present.title')}</h2>
      <TextField
        label={t('present.to')}
        value={to}
        onChange={setTo}
        required
        maxLength={600}
        testId={testIds.field.presentTo}
      />
      <TextField
        label={t('present.note')}
        value={opinion}
        onChange={setOpinion}
        lines={2}
        testId={testIds.field.presentNote}
      />
      <MainButton
        label="act.present"
        reason={to.trim() === '' ? t('present.to-missing') : undefined}
        testId={testIds.act.present}
        run={async () => {
          await ledger.acts.present({ id: document.id, to: to.trim(), opinion: opinion.trim() });
          forget();
          done(t('done.presented', { to: to.trim() }));
        }}
      />
    </>
  );
}

/** Chuyển giao theo ý kiến chỉ đạo: the sender is told 04. */
export function AssignForm({ document }: FormProps) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const [to, setTo] = useKept(document.id, 'assign-to', () => '');
  const [opinion, setOpinion] = useKept(document.id, 'opinion', () => document.opinion);
  const forget = useForget(document.id);
  const missing =
    opinion.trim() === ''
      ? t('assign.opinion-missing')
      : to.trim() === ''
        ? t('assign.to-missing')
        : undefined;
  return (
    <>
      <h2>{t('assign.title')}</h2>
      <TextField
        label={t('assign.opinion', { who: document.presentedTo })}
        value={opinion}
        onChange={setOpinion}
        lines={3}
        required
        testId={testIds.field.opinion}
      />
      <TextField
        label={t('assign.to')}
        value={to}
        onChange={setTo}
        required
        maxLength={600}
        testId={testIds.field.assignTo}
      />
      <MainButton
        label="act.assign"
        reason={missing}
        testId={testIds.act.assign}
        run={async () => {
          await ledger.acts.assign({ id: document.id, to: to.trim(), opinion: opinion.trim() });
          forget();
          done(t('done.assigned', { to: to.trim() }));
        }}
      />
    </>
  );
}

/** Theo dõi, giải quyết: 05 once, then 06. */
export function FollowForm({ document, canProgress }: FormProps & { readonly canProgress: boolean }) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const act = useAct();
  const [note, setNote] = useKept(document.id, 'follow-note', () => '');
  const forget = useForget(document.id);
  const input = { id: document.id, note: note.trim() };
  const finish = async (): Promise<void> => {
    await ledger.acts.finish(input);
    forget();
    done(t('done.finished'));
  };
  return (
    <>
      <h2>{t('follow.title')}</h2>
      <p className="quiet">{t('follow.with', { who: document.assignedTo })}</p>
      <TextField
        label={t('follow.note')}
        value={note}
        onChange={setNote}
        lines={2}
        testId={testIds.field.note}
      />
      {canProgress ? (
        <>
          <MainButton
            key="progress"
            label="act.progress"
            reason={undefined}
            testId={testIds.act.progress}
            run={async () => {
              await ledger.acts.progress(input);
              setNote('');
              done(t('done.progress'));
            }}
          />
          <Button wide busy={act.busy} onClick={() => void act.run(finish)} testId={testIds.act.finish}>
            {t('act.finish')}
          </Button>
        </>
      ) : (
        <MainButton
          key="finish"
          label="act.finish"
          reason={undefined}
          testId={testIds.act.finish}
          run={finish}
        />
      )}
    </>
  );
}
