// The words of a text mark while they are typed: a field exactly where they will stand, each letter kept at once. An input method
// composes in it undisturbed.
import { useEffect, useRef, useState } from 'react';
import { markLook } from '../../../preload/contract/mark-look';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { PageSize } from '../layout';
import { cssInk } from './ink-canvas';
import type { Editing } from './mark-tools';
import { endTyping, fitted, type Marking, type, typedSoFar } from './marking';
import { boundsOf } from './places';
import { markFont } from './text-width';

export interface MarkEditorProps {
  readonly marking: Marking;
  readonly editing: Editing;
  readonly scale: number;
  readonly size: PageSize;
  /** The keys go back to the pages. */
  readonly onLeave: () => void;
}

export function MarkEditor({ marking, editing, scale, size, onLeave }: MarkEditorProps) {
  const { t } = useWords();
  const kept = typedSoFar(marking, editing);
  const [text, setText] = useState(kept.text);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = field.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
    area?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { left, upper, right, lower } = boundsOf(fitted({ ...kept, text }));
  return (
    <textarea
      ref={field}
      className="mark-editor"
      data-own-keys=""
      data-testid={testIds.marks.editor}
      aria-label={t('marks.text-words')}
      value={text}
      maxLength={20_000}
      spellCheck={false}
      style={{
        left: left * scale,
        top: (size.height - upper) * scale,
        width: (right - left) * scale,
        height: (upper - lower) * scale,
        padding: markLook.padding * scale,
        color: cssInk(kept.colour),
        fontFamily: markFont,
        fontSize: markLook.text * scale,
        lineHeight: markLook.lineHeight,
      }}
      onChange={(event) => {
        setText(event.target.value);
        type(marking, editing, event.target.value);
      }}
      onBlur={() => endTyping(marking)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const done = event.key === 'Escape' || (event.key === 'Enter' && event.ctrlKey);
        if (!done) return;
        event.preventDefault();
        onLeave();
      }}
    />
  );
}
