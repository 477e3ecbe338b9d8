// The clerk's marks over one page: highlights and notes. They lie over the original, which never changes.
import { useEffect, useRef, useState } from 'react';
import type { Annotation } from '../../preload/contract/annotation';
import { testIds } from '../app/test-ids';
import { instantText } from '../i18n/formats';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { boxOf } from './geometry';
import type { PageSize } from './layout';

/** A note that is being written, not yet saved. */
export interface NewNote {
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

export interface AnnotationLayerProps {
  readonly scale: number;
  readonly size: PageSize;
  readonly marks: readonly Annotation[];
  readonly newNote: NewNote | null;
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
  readonly onSaveNote: (text: string) => void;
  readonly onChangeNote: (mark: Annotation, text: string) => void;
  readonly onRemove: (mark: Annotation) => void;
}

const cardWidth = 300;

/** How far a card must go left so that it stays on its page. */
function cardShift(left: number, pageWidth: number): number {
  return Math.max(-left, Math.min(0, pageWidth - left - cardWidth - 8));
}

/** All marks of a page, in pixels at `scale`. */
export function AnnotationLayer(props: AnnotationLayerProps) {
  const { scale, size, marks } = props;
  const { t } = useWords();
  return (
    <>
      {marks
        .filter((mark) => mark.kind === 'highlight')
        .map((mark) => (
          <HighlightMark key={mark.id} {...props} mark={mark} />
        ))}
      {marks
        .filter((mark) => mark.kind === 'note')
        .map((mark) => (
          <div
            key={mark.id}
            className="note-place"
            style={{ left: mark.at.x * scale, top: (size.height - mark.at.y) * scale }}
          >
            <button
              type="button"
              className="note-pin"
              aria-label={t('viewer.note-by', { author: mark.author, text: mark.text })}
              aria-expanded={props.opened === mark.id}
              data-testid={testIds.viewer.note}
              onClick={() => props.onOpen(props.opened === mark.id ? null : mark.id)}
            >
              <Icon name="note" />
            </button>
            {props.opened === mark.id ? (
              <NoteCard
                key={mark.id}
                shift={cardShift(mark.at.x * scale, size.width * scale)}
                text={mark.text}
                about={`${mark.author} · ${instantText(mark.createdAt)}`}
                onSave={(text) => props.onChangeNote(mark, text)}
                onRemove={() => props.onRemove(mark)}
                onClose={() => props.onOpen(null)}
              />
            ) : null}
          </div>
        ))}
      {props.newNote === null ? null : (
        <div
          className="note-place"
          style={{ left: props.newNote.x * scale, top: (size.height - props.newNote.y) * scale }}
        >
          <span className="note-pin">
            <Icon name="note" />
          </span>
          <NoteCard
            shift={cardShift(props.newNote.x * scale, size.width * scale)}
            text=""
            about={t('viewer.new-note')}
            onSave={props.onSaveNote}
            onClose={() => props.onOpen(null)}
          />
        </div>
      )}
    </>
  );
}

function HighlightMark(props: AnnotationLayerProps & { readonly mark: Annotation }) {
  const { mark, scale, size } = props;
  const { t } = useWords();
  const boxes = mark.quads.map((quad) => boxOf(quad, size.height, scale));
  const last = boxes.at(-1);
  return (
    <>
      {boxes.map((box) => (
        <button
          key={`${box.left}|${box.top}`}
          type="button"
          tabIndex={box === boxes[0] ? 0 : -1}
          className="highlight"
          style={box}
          aria-label={t('viewer.highlight-by', { author: mark.author })}
          aria-expanded={props.opened === mark.id}
          data-testid={testIds.viewer.highlight}
          onClick={() => props.onOpen(props.opened === mark.id ? null : mark.id)}
        />
      ))}
      {props.opened === mark.id && last !== undefined ? (
        <div className="note-place" style={{ left: last.left, top: last.top + last.height + 6 }}>
          <div className="mark-card" style={{ left: cardShift(last.left, size.width * scale) }}>
            <p className="mark-about">
              {mark.author} · {instantText(mark.createdAt)}
            </p>
            <Button look="plain" onClick={() => props.onRemove(mark)} testId={testIds.viewer.removeMark}>
              {t('viewer.remove-highlight')}
            </Button>
          </div>
        </div>
      ) : null}
    </>
  );
}

interface NoteCardProps {
  readonly shift: number;
  readonly text: string;
  readonly about: string;
  readonly onSave: (text: string) => void;
  readonly onRemove?: () => void;
  readonly onClose: () => void;
}

function NoteCard(props: NoteCardProps) {
  const { t } = useWords();
  const [text, setText] = useState(props.text);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const ready = text.trim() !== '' && text !== props.text;
  return (
    <form
      className="mark-card"
      style={{ left: props.shift }}
      data-own-keys=""
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) props.onSave(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') props.onClose();
        if (event.key === 'Enter' && event.ctrlKey && ready) props.onSave(text.trim());
      }}
    >
      <p className="mark-about">{props.about}</p>
      <textarea
        ref={area}
        className="input"
        rows={3}
        maxLength={4000}
        value={text}
        aria-label={t('viewer.note')}
        data-testid={testIds.viewer.noteText}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="mark-acts">
        <Button
          type="submit"
          look="filled"
          reason={ready ? undefined : t('viewer.note-empty')}
          testId={testIds.viewer.noteSave}
        >
          {t('viewer.save-note')}
        </Button>
        {props.onRemove === undefined ? null : (
          <Button onClick={props.onRemove} testId={testIds.viewer.removeMark}>
            {t('viewer.remove-note')}
          </Button>
        )}
        <Button onClick={props.onClose}>{t('common.close')}</Button>
      </div>
    </form>
  );
}
