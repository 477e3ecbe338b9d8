// The line in which words are sought in the shown file. It searches through pdf/find and shows where it stands.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';
import { ToolButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { type Found, findInPdf, type Hit } from './find';
import { begun, type Standing, stepped, toldOf, withFailure, withFound } from './find-standing';
import type { LayerChoices } from './layers';

export interface FindState {
  readonly query: string;
  readonly active: Hit | null;
}

export interface FindBarProps {
  readonly pdf: PDFDocumentProxy;
  readonly layers: LayerChoices;
  readonly onChange: (state: FindState) => void;
  readonly onProblem: (error: unknown) => void;
  readonly onClose: () => void;
}

const pause = 200;

/** Looks for the typed words a moment after the last key; Enter goes to the next hit, Shift+Enter back. */
export function FindBar({ pdf, layers, onChange, onProblem, onClose }: FindBarProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [standing, setStanding] = useState<Standing>(() => begun(''));

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    setStanding(begun(query));
    const timer = setTimeout(() => {
      let shown = false;
      onChange({ query, active: null });
      const tell = (found: Found): void => {
        setStanding((now) => withFound(now, query, found));
        const [first] = found.hits;
        if (shown || first === undefined) return;
        shown = true;
        onChange({ query, active: first });
      };
      findInPdf(pdf, { query, layers, signal, tell }).catch((error: unknown) => {
        if (signal.aborted) return;
        setStanding((now) => withFailure(now, query));
        onProblem(error);
      });
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [pdf, query, layers, onChange, onProblem]);

  const go = (step: 1 | -1): void => {
    const next = stepped(standing, query, step);
    if (next === standing) return;
    setStanding(next);
    onChange({ query, active: next.hits[next.at] ?? null });
  };
  const { kind, count } = toldOf(standing, query);
  const words = kind === 'none' || kind === 'searching' || kind === 'failed' ? t(`viewer.find-${kind}`) : '';

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
      {/* Read aloud once it stands still. */}
      <span className="find-count number" role="status" aria-busy={kind === 'searching'}>
        {[count, words].filter((part) => part !== '').join(' · ')}
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
