// All marks of a file as a list that can be searched; a press goes to the mark and opens it. It changes none.
import { useState } from 'react';
import type { Annotation } from '../../preload/contract/annotation';
import { testIds } from '../app/test-ids';
import { fold } from '../i18n/folding';
import { instantText } from '../i18n/formats';
import { useWords } from '../i18n/text';

export interface NotesListProps {
  readonly marks: readonly Annotation[];
  readonly onGo: (mark: Annotation) => void;
}

/** In the order of pages, from the top of each. */
export function inReadingOrder(marks: readonly Annotation[]): Annotation[] {
  return [...marks].sort((a, b) => a.page - b.page || b.at.y - a.at.y || a.at.x - b.at.x);
}

export function NotesList({ marks, onGo }: NotesListProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const wanted = fold(query);
  const shown = inReadingOrder(marks).filter((mark) => fold(`${mark.text} ${mark.author}`).includes(wanted));
  if (marks.length === 0) return <p className="side-none">{t('viewer.no-notes')}</p>;
  return (
    <div className="notes-list" data-own-keys="">
      <input
        className="input"
        value={query}
        aria-label={t('viewer.notes-search')}
        placeholder={t('viewer.notes-search')}
        onChange={(event) => setQuery(event.target.value)}
      />
      {shown.length === 0 ? <p className="side-none">{t('viewer.find-none')}</p> : null}
      <ul>
        {shown.map((mark) => (
          <li key={mark.id}>
            <button
              type="button"
              className="notes-entry"
              data-testid={testIds.viewer.notesEntry}
              onClick={() => onGo(mark)}
            >
              <span className="notes-words">
                {mark.text === '' ? t(`viewer.kind-${mark.kind}`) : mark.text}
              </span>
              <span className="notes-about">
                {t('viewer.page')} {mark.page} · {mark.author} · {instantText(mark.createdAt)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
