// The line in which words are sought in the shown file. It searches through pdf/find and shows where it stands.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { ToolButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { findInPdf, type Hit } from './find';
import type { LayerChoices } from './layers';

export interface FindState {
  readonly query: string;
  readonly active: Hit | null;
}

export interface FindBarProps {
  readonly pdf: PDFDocumentProxy;
  readonly layers: LayerChoices;
  readonly onChange: (state: FindState) => void;
  readonly onClose: () => void;
}

const pause = 200;

/** Looks for the typed words a moment after the last key; Enter goes to the next hit, Shift+Enter back. */
export function FindBar({ pdf, layers, onChange, onClose }: FindBarProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [at, setAt] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      findInPdf(pdf, query, layers, stop.signal).then(
        (found) => {
          if (stop.signal.aborted) return;
          setHits(found);
          setAt(0);
          onChange({ query, active: found[0] ?? null });
        },
        () => onChange({ query: '', active: null }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [pdf, query, layers, onChange]);

  const go = (step: number): void => {
    if (hits.length === 0) return;
    const next = (at + step + hits.length) % hits.length;
    setAt(next);
    onChange({ query, active: hits[next] ?? null });
  };
  const count =
    query.trim() === '' ? '' : hits.length === 0 ? t('viewer.find-none') : `${at + 1} / ${hits.length}`;

  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to the oldest runtime
    <div className="find-bar" role="search" data-own-keys="">
      <input
        className="input find-input"
        // biome-ignore lint/a11y/noAutofocus: the clerk just asked to type here
        autoFocus
        value={query}
        aria-label={t('viewer.find-words')}
        placeholder={t('viewer.find-words')}
        data-testid={testIds.viewer.findInput}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') onClose();
        }}
      />
      <span className="find-count number" role="status">
        {count}
      </span>
      <ToolButton label={t('viewer.find-previous')} onClick={() => go(-1)}>
        <Icon name="up" size={14} />
      </ToolButton>
      <ToolButton label={t('viewer.find-next')} onClick={() => go(1)}>
        <Icon name="down" size={14} />
      </ToolButton>
      <ToolButton label={t('common.close')} onClick={onClose}>
        <Icon name="cross" size={14} />
      </ToolButton>
    </div>
  );
}
