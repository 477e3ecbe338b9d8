// All marks of a file as a list that can be searched and narrowed by kind, layer and author, each with the answers to it; a press
// goes to the mark and opens it. It changes none.
import { useState, useSyncExternalStore } from 'react';
import { type Annotation, markKinds, markLayers } from '../../preload/contract/annotation';
import { testIds } from '../app/test-ids';
import { fold } from '../i18n/folding';
import { instantText } from '../i18n/formats';
import { useWords } from '../i18n/text';
import type { Marking } from './marks/marking';
import { inReadingOrder } from './marks/note-steps';

export interface NotesListProps {
  readonly marking: Marking;
  /** `byKey`: the keys go there too. */
  readonly onGo: (mark: Annotation, byKey: boolean) => void;
}

/** A mark with the answers to it, oldest first. */
export interface Thread {
  readonly mark: Annotation;
  readonly answers: readonly Annotation[];
}

export interface Wanted {
  readonly words: string;
  readonly kind: string;
  readonly layer: string;
  readonly author: string;
}

/** The threads in which all that is wanted is found; an empty wish is met by every one. */
export function threadsOf(marks: readonly Annotation[], wanted: Wanted): readonly Thread[] {
  const words = fold(wanted.words);
  const ids = new Set(marks.map(({ id }) => id));
  // An answer to a mark that is gone stands by itself.
  const roots = marks.filter(({ replyTo }) => replyTo === null || !ids.has(replyTo));
  return inReadingOrder(roots)
    .map((mark) => ({ mark, answers: marks.filter(({ replyTo }) => replyTo === mark.id) }))
    .filter(({ mark, answers }) => {
      const all = [mark, ...answers];
      return (
        (wanted.kind === '' || mark.kind === wanted.kind) &&
        (wanted.layer === '' || mark.layer === wanted.layer) &&
        (wanted.author === '' || all.some(({ author }) => author === wanted.author)) &&
        all.some(({ text, author }) => fold(`${text} ${author}`).includes(words))
      );
    });
}

const everything: Wanted = { words: '', kind: '', layer: '', author: '' };

export function NotesList({ marking, onGo }: NotesListProps) {
  const { t } = useWords();
  const marks = useSyncExternalStore(marking.store.subscribe, marking.store.shown);
  const { hidden } = useSyncExternalStore(marking.tools.subscribe, marking.tools.state);
  const [wanted, setWanted] = useState(everything);
  const want = (part: Partial<Wanted>): void => setWanted((now) => ({ ...now, ...part }));
  if (marks.length === 0) return <p className="side-none">{t('viewer.no-notes')}</p>;
  const shown = threadsOf(marks, wanted);
  const authors = [...new Set(marks.map(({ author }) => author))].sort();
  return (
    <div className="notes-list" data-own-keys="">
      <input
        className="input"
        value={wanted.words}
        aria-label={t('viewer.notes-search')}
        placeholder={t('viewer.notes-search')}
        onChange={(event) => want({ words: event.target.value })}
      />
      <div className="notes-filters">
        <Filter
          label={t('marks.filter-kind')}
          all={t('marks.filter-kind-all')}
          testId={testIds.marks.filterKind}
          value={wanted.kind}
          choices={markKinds.map((kind) => [kind, t(`viewer.kind-${kind}`)])}
          onChoose={(kind) => want({ kind })}
        />
        <Filter
          label={t('marks.layer')}
          all={t('marks.filter-layer-all')}
          testId={testIds.marks.filterLayer}
          value={wanted.layer}
          choices={markLayers.map((layer) => [layer, t(`marks.layer-${layer}`)])}
          onChoose={(layer) => want({ layer })}
        />
        <Filter
          label={t('marks.filter-author')}
          all={t('marks.filter-author-all')}
          testId={testIds.marks.filterAuthor}
          value={wanted.author}
          choices={authors.map((author) => [author, author])}
          onChoose={(author) => want({ author })}
        />
      </div>
      {shown.length === 0 ? <p className="side-none">{t('viewer.find-none')}</p> : null}
      <ul>
        {shown.map(({ mark, answers }) => (
          <li key={mark.id}>
            <button
              type="button"
              className="notes-entry"
              data-testid={testIds.viewer.notesEntry}
              data-kind={mark.kind}
              onClick={(event) => onGo(mark, event.detail === 0)}
            >
              <span className="notes-kind">
                {mark.kind === 'note' ? t(`marks.layer-${mark.layer}`) : t(`viewer.kind-${mark.kind}`)}
                {mark.layer === 'directions' && mark.kind !== 'note'
                  ? ` · ${t('marks.layer-directions')}`
                  : ''}
              </span>
              {mark.text === '' ? null : <span className="notes-words">{mark.text}</span>}
              <span className="notes-about">
                {t('viewer.page')} {mark.page} · {mark.author} · {instantText(mark.createdAt)}
              </span>
              {answers.map((answer) => (
                <span key={answer.id} className="notes-answer">
                  <span className="notes-words">{answer.text}</span>
                  <span className="notes-about">
                    {answer.author} · {instantText(answer.createdAt)}
                  </span>
                </span>
              ))}
              {hidden.includes(mark.layer) ? (
                <span className="notes-about">{t('marks.hidden-here')}</span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FilterProps {
  readonly label: string;
  readonly all: string;
  readonly testId: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

function Filter({ label, all, testId, value, choices, onChoose }: FilterProps) {
  return (
    <select
      className="mark-select"
      aria-label={label}
      data-testid={testId}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{all}</option>
      {choices.map(([name, words]) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </select>
  );
}
