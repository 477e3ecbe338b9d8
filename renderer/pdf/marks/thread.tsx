// The answers to a mark, by whom and when, and the field for the next one. An answer is a note that names the mark it answers; what
// is typed of it is kept at every letter.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { emptyContent } from './content';
import { About } from './mark-card';
import { type Marking, mayChange, remove } from './marking';

export interface ThreadProps {
  readonly marking: Marking;
  readonly mark: Annotation;
  readonly answers: readonly Annotation[];
}

export function Thread({ marking, mark, answers }: ThreadProps) {
  const { t } = useWords();
  const [typing, setTyping] = useState<string>(() => crypto.randomUUID());
  const field = useRef<HTMLTextAreaElement>(null);
  const first = useRef(typing);
  // What had the keys is gone with the answer that was given: they go on in the field for the next one.
  useEffect(() => {
    if (typing !== first.current) field.current?.focus({ preventScroll: true });
  }, [typing]);
  const given = answers.filter((answer) => answer.id !== typing);
  return (
    <>
      {given.length === 0 ? null : (
        <ul className="mark-answers" aria-label={t('marks.answers')}>
          {given.map((answer) => (
            <li key={answer.id} data-testid={testIds.marks.answer}>
              <About mark={answer} />
              <p className="mark-words">{answer.text}</p>
              {mayChange(marking, answer) ? (
                <Button
                  look="quiet"
                  onClick={() => {
                    remove(marking, [answer.id]);
                    marking.tools.select([mark.id], mark.id);
                    field.current?.focus({ preventScroll: true });
                  }}
                >
                  {t('marks.remove-answer')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {marking.may ? (
        <Answer
          key={typing}
          id={typing}
          marking={marking}
          mark={mark}
          field={field}
          onGiven={() => setTyping(crypto.randomUUID())}
        />
      ) : null}
    </>
  );
}

interface AnswerProps {
  readonly id: string;
  readonly marking: Marking;
  readonly mark: Annotation;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onGiven: () => void;
}

function Answer({ id, marking, mark, field, onGiven }: AnswerProps) {
  const { t } = useWords();
  const { store, tools } = marking;
  const [text, setText] = useState('');
  const ready = text.trim() !== '';
  const typed = (words: string): void => {
    setText(words);
    if (words.trim() === '') {
      if (store.content(id) !== null) store.draft({ id, content: null });
      return;
    }
    const { page, at } = mark;
    const empty = emptyContent({ page, kind: 'note', colour: 'yellow', layer: tools.state().layer, at });
    store.draft({ id, content: { ...empty, text: words, replyTo: mark.id } });
  };
  // Given by its button, or by leaving the card: it is there and can be taken back.
  useEffect(() => () => store.settle(id), [store, id]);
  return (
    <form
      className="mark-answer"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onGiven();
      }}
    >
      <textarea
        ref={field}
        className="input"
        rows={1}
        maxLength={4000}
        value={text}
        aria-label={t('marks.answer')}
        placeholder={t('marks.answer')}
        data-testid={testIds.marks.answerText}
        onChange={(event) => typed(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.key !== 'Enter' || !event.ctrlKey || !ready) return;
          event.preventDefault();
          onGiven();
        }}
      />
      {ready ? (
        <Button type="submit" testId={testIds.marks.answerGive}>
          {t('marks.answer-give')}
        </Button>
      ) : null}
    </form>
  );
}
