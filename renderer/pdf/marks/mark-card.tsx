// The card of an open mark: whose it is, its words, the answers to it, its colour and layer, and how to remove it. What is typed is
// kept at every letter.
import { useEffect, useRef, useState } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import { markLook } from '../../../preload/contract/mark-look';
import { testIds } from '../../app/test-ids';
import { instantText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { ColourChoice, LayerChoice } from './choices';
import { contentOf } from './content';
import { type MarkLayerProps, nameOf } from './mark-layer';
import type { Editing } from './mark-tools';
import { endTyping, endWords, mayChange, remove, type, typedSoFar } from './marking';
import { boundsOf } from './places';
import { Thread } from './thread';

const cardWidth = 300;

/** Under the mark, moved left as far as it must be to stay on its page. */
function cardPlace(mark: Pick<Editing, 'content'>['content'], { scale, size }: MarkLayerProps) {
  const { left, lower } = boundsOf(mark);
  const width = Math.min(cardWidth, Math.max(180, size.width * scale - 8));
  const shift = Math.max(-left * scale, Math.min(0, (size.width - left) * scale - width - 8));
  return { left: left * scale + shift, top: (size.height - lower) * scale + 6, width };
}

export interface MarkCardProps extends MarkLayerProps {
  readonly mark: Annotation;
  readonly answers: readonly Annotation[];
}

export function MarkCard(props: MarkCardProps) {
  const { marking, mark, answers } = props;
  const { t } = useWords();
  const may = mayChange(marking, mark);
  const close = (): void => {
    const { byKey } = marking.tools.state();
    marking.tools.select([]);
    props.onLeave(byKey ? mark.id : undefined);
  };
  const { tools } = marking;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (tools.state().byKey) card.current?.querySelector<HTMLElement>('textarea, select, button')?.focus();
  }, [tools]);
  const hasField = mark.kind === 'note' && may;
  useEffect(() => {
    if (hasField) return () => endWords(marking, mark.id);
    return undefined;
  }, [marking, mark.id, hasField]);
  return (
    <div className="note-place" style={cardPlace(mark, props)}>
      <section
        ref={card}
        className="mark-card"
        aria-label={nameOf(mark, answers.length, t)}
        data-own-keys=""
        data-testid={testIds.marks.card}
      >
        <About mark={mark} />
        {hasField ? (
          <WordsField
            label={t('viewer.note')}
            text={mark.text}
            testId={testIds.viewer.noteText}
            focus
            onText={(text) => type(marking, { id: mark.id, content: contentOf(mark) }, text)}
            onLeave={close}
          />
        ) : mark.text === '' ? null : (
          <p className="mark-words">{mark.text}</p>
        )}
        <Thread marking={marking} mark={mark} answers={answers} />
        {may && mark.kind !== 'note' && mark.picture === null ? (
          <ColourChoice marking={marking} now={mark.colour} />
        ) : null}
        {may ? <LayerChoice marking={marking} now={mark.layer} /> : null}
        <div className="mark-acts">
          {may ? (
            <Button
              testId={testIds.viewer.removeMark}
              onClick={() => {
                remove(marking, [mark.id]);
                props.onLeave();
              }}
            >
              {t('marks.remove')}
            </Button>
          ) : null}
          <Button onClick={close} testId={testIds.viewer.noteSave}>
            {t('marks.done')}
          </Button>
        </div>
      </section>
    </div>
  );
}

export function About({ mark }: { readonly mark: Annotation }) {
  const { t } = useWords();
  const changed =
    mark.changedAt === null ? '' : ` · ${t('marks.changed', { at: instantText(mark.changedAt) })}`;
  return (
    <p className="mark-about">
      {mark.author} · {instantText(mark.createdAt)}
      {changed}
    </p>
  );
}

/** A new note: nothing is kept until its first letter. */
export function NoteDraft(props: MarkLayerProps & { readonly editing: Editing }) {
  const { marking, editing } = props;
  const { t } = useWords();
  const { x, y } = editing.content.at;
  const { scale, size } = props;
  const leave = (): void => {
    endTyping(marking);
    props.onLeave();
  };
  return (
    <>
      <div
        className="mark-slip"
        style={{
          left: x * scale,
          top: (size.height - y - markLook.note) * scale,
          width: markLook.note * scale,
          height: markLook.note * scale,
        }}
      />
      <div className="note-place" style={cardPlace(editing.content, props)}>
        <section
          className="mark-card"
          aria-label={t('viewer.new-note')}
          data-own-keys=""
          data-testid={testIds.marks.card}
        >
          <p className="mark-about">{t('viewer.new-note')}</p>
          <WordsField
            label={t('viewer.note')}
            text={typedSoFar(marking, editing).text}
            testId={testIds.viewer.noteText}
            focus
            onText={(text) => type(marking, editing, text)}
            onLeave={leave}
          />
          <div className="mark-acts">
            <Button look="filled" onClick={leave} testId={testIds.viewer.noteSave}>
              {t('viewer.save-note')}
            </Button>
            <Button
              onClick={() => {
                marking.store.draft({ id: editing.id, content: null });
                leave();
              }}
            >
              {t('marks.remove')}
            </Button>
          </div>
        </section>
      </div>
    </>
  );
}

interface WordsFieldProps {
  readonly label: string;
  readonly text: string;
  readonly testId: string;
  readonly focus?: boolean;
  readonly onText: (text: string) => void;
  readonly onLeave: () => void;
}

/** Its own text while the clerk types; Escape and Ctrl+Enter leave it. */
function WordsField(props: WordsFieldProps) {
  const [text, setText] = useState(props.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const { focus = false } = props;
  useEffect(() => {
    if (focus) area.current?.focus({ preventScroll: true });
    area.current?.scrollIntoView({ block: 'nearest' });
  }, [focus]);
  return (
    <textarea
      ref={area}
      className="input"
      rows={3}
      maxLength={4000}
      value={text}
      aria-label={props.label}
      data-testid={props.testId}
      onChange={(event) => {
        setText(event.target.value);
        props.onText(event.target.value);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key !== 'Escape' && !(event.key === 'Enter' && event.ctrlKey)) return;
        event.preventDefault();
        props.onLeave();
      }}
    />
  );
}
