// Lưu thêm bản có ghi chú: which layers, in which way, and whose signature would show a change. The original keeps every byte; main
// writes the copy, reads it again and asks where it goes.
import { useEffect, useMemo, useState } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import type { CallOutput } from '../../../preload/contract/calls';
import type { MarkingWay } from '../../../preload/contract/marking';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { useWords, type Words } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { CheckField } from '../../ui/field';
import { exportedMarks, type OwnLayer, ownLayers, wordsBehind } from './exported';
import { mayBeSigned, savedWords, touchedSentences } from './touched';
import { withUnshown } from './unshown';

const ids = testIds.marking;
const ways: readonly MarkingWay[] = ['annotations', 'flattened'];

export interface CopyDialogProps {
  readonly file: Attachment;
  readonly marks: readonly Annotation[];
  /** Puts the new file in the draft's place; left out where the file is no draft that nobody has signed. */
  readonly onDraft?: ((file: Attachment) => Promise<void>) | undefined;
  readonly onClose: () => void;
}

type Answer = CallOutput<'marking.check'> | 'failed';
type Checked = Answer | 'asking' | null;

/** Whose signatures the copy would touch, asked anew for each choice; null where there is nothing to ask. */
function useTouched(file: Attachment, marks: ReturnType<typeof exportedMarks>, how: MarkingWay): Checked {
  const { api, fail } = useDesk();
  const { sha256 } = file;
  const asks = mayBeSigned(file) && marks.length > 0;
  // The same marks read anew are no new question: an answer that goes and comes would move the buttons under the hand.
  const wish = JSON.stringify([sha256, how, marks]);
  const [answered, setAnswered] = useState<{ readonly wish: string; readonly answer: Answer } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failure told once is enough
  useEffect(() => {
    if (!asks) return;
    let wanted = true;
    answerOf(api.marking.check({ sha256, marks, how })).then(
      (answer) => wanted && setAnswered({ wish, answer }),
      (error) => {
        if (!wanted) return;
        setAnswered({ wish, answer: 'failed' });
        fail(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [api, asks, wish]);
  if (!asks) return null;
  // From the moment of a new choice on, the answer to the one before says nothing.
  return answered?.wish === wish ? answered.answer : 'asking';
}

export function CopyDialog({ file, marks, onDraft, onClose }: CopyDialogProps) {
  const { t } = useWords();
  const { api, done } = useDesk();
  const act = useAct();
  const [how, setHow] = useState<MarkingWay>('annotations');
  const [layers, setLayers] = useState<readonly OwnLayer[]>(ownLayers);
  const chosen = useMemo(() => exportedMarks(marks, layers), [marks, layers]);
  const checked = useTouched(file, chosen, how);
  const { sha256, name, description } = file;
  const reason = chosen.length === 0 ? t('marking.nothing') : undefined;
  const save = (): void => {
    void act.run(async () => {
      const answer = await answerOf(api.marking.saveCopy({ sha256, name, marks: chosen, how }));
      if (!answer.saved) return;
      onClose();
      done(withUnshown(savedWords(answer.written, answer.touched, t), answer.unshown, t));
    });
  };
  const intoDraft = (): void => {
    void act.run(async () => {
      const made = await answerOf(api.marking.draft({ sha256, name, description, marks: chosen, how }));
      await onDraft?.(made.file);
      onClose();
      done(withUnshown(t('marking.drafted', { count: chosen.length }), made.unshown, t));
    });
  };
  const behind = how === 'flattened' ? wordsBehind(chosen) : 0;
  return (
    <Dialog
      title={t('marking.copy')}
      onClose={onClose}
      testId={ids.root}
      actions={
        <>
          <Button
            look="filled"
            // Nobody saves a copy before it is said whose signature it touches.
            busy={act.busy || checked === 'asking'}
            reason={reason}
            onClick={save}
            testId={ids.save}
            autoFocus
          >
            {t('marking.save')}
          </Button>
          {onDraft === undefined ? null : (
            <Button busy={act.busy} reason={reason} onClick={intoDraft} testId={ids.draft}>
              {t('marking.into-draft')}
            </Button>
          )}
          <Button onClick={onClose} testId={ids.close}>
            {t('common.cancel')}
          </Button>
        </>
      }
    >
      <DeskMessage />
      <p>{t('marking.copy-about')}</p>
      <fieldset className="marking-choice">
        <legend>{t('marking.way')}</legend>
        {ways.map((way) => (
          <label key={way} className="check">
            <input
              type="radio"
              name="marking-way"
              checked={how === way}
              data-testid={ids.way(way)}
              onChange={() => setHow(way)}
            />
            <span>{t(`marking.way-${way}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="marking-choice">
        <legend>{t('marking.layers')}</legend>
        {ownLayers.map((layer) => (
          <CheckField
            key={layer}
            label={t('marking.layer-count', {
              layer: t(`marks.layer-${layer}`),
              count: exportedMarks(marks, [layer]).length,
            })}
            checked={layers.includes(layer)}
            onChange={(on) =>
              setLayers(ownLayers.filter((one) => (one === layer ? on : layers.includes(one))))
            }
            testId={ids.layer(layer)}
          />
        ))}
      </fieldset>
      {marks.some(({ layer }) => layer === 'imported') ? (
        <p className="quiet">{t('marking.imported-stay')}</p>
      ) : null}
      {behind === 0 ? null : <p className="step-note">{t('marking.words-behind', { count: behind })}</p>}
      <div role="status" data-testid={ids.signed}>
        {checked === null ? null : <SignedNote checked={checked} t={t} />}
      </div>
      {onDraft === undefined ? null : <p className="quiet">{t('marking.into-draft-about')}</p>}
    </Dialog>
  );
}

export interface SignedNoteProps {
  readonly checked: Exclude<Checked, null>;
  readonly t: Words['t'];
}

/** What the question for touched signatures has come to. */
export function SignedNote({ checked, t }: SignedNoteProps) {
  if (checked === 'asking') return <p className="quiet">{t('marking.checking')}</p>;
  if (checked === 'failed') return <p className="step-note">{t('marking.check-failed')}</p>;
  const sentences = touchedSentences(checked.touched, t);
  if (sentences.length > 0) {
    return (
      <div className="message message-warning">
        <span>{[...sentences, t('marking.signed-about')].join(' ')}</span>
      </div>
    );
  }
  return checked.signed === 0 ? null : <p className="quiet">{t('marking.signed-none')}</p>;
}
