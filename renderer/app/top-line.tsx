// The line at the top: the name, the search over everything, the act that begins a văn bản đi, language and help.
import { type RefObject, useEffect, useState } from 'react';
import { shortcutFor } from '../commands/commands';
import { countText } from '../i18n/formats';
import { useWords } from '../i18n/text';
import { Button, ToolButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Keys } from '../ui/keys';
import { useDesk, useLive } from './desk';
import { testIds } from './test-ids';
import type { Travel } from './use-trail';
import type { ViewAct } from './view';

export interface TopLineProps {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly go: (act: ViewAct) => void;
  readonly travel: Travel;
  readonly onHelp: () => void;
}

/** A moment after the last key, so that Telex can finish its word. */
const pause = 250;

/** The search asks while the clerk types, never inside a composition. */
export function TopLine({ search, text, go, travel, onHelp }: TopLineProps) {
  const { info, ledger } = useDesk();
  const { t, language, setLanguage } = useWords();
  const [typed, setTyped] = useState(text);
  const [composing, setComposing] = useState(false);
  const counts = useLive(ledger.folders);
  const known =
    counts.kind === 'read'
      ? Object.entries(counts.value).reduce(
          (sum, [folder, count]) =>
            folder.startsWith('in-') || folder.startsWith('out-') ? sum + count : sum,
          0,
        ) - counts.value['in-overdue']
      : 0;
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (composing || typed === text) return;
    const timer = setTimeout(() => go({ kind: 'search', text: typed }), pause);
    return () => clearTimeout(timer);
  }, [typed, text, composing, go]);
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <header className="top">
      <span className="top-start">
        <span className="top-name">{t('app.name')}</span>
        {(['back', 'forward'] as const).map((direction) => (
          <ToolButton
            key={direction}
            label={t(`trail.${direction}`)}
            shortcut={shortcutFor(direction)}
            disabled={travel[direction] === 0}
            testId={testIds.trail(direction)}
            onClick={() => travel.run(direction)}
          >
            <Icon name={direction} />
          </ToolButton>
        ))}
      </span>
      <span className="top-agency">{info.agency.name}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to the oldest runtime */}
      <div className="top-search" role="search">
        <Icon name="search" />
        <input
          ref={search}
          className="top-input"
          value={typed}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder', { count: countText(known) })}
          data-testid={testIds.search}
          maxLength={200}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Keys shortcut={shortcutFor('search') ?? ''} />
      </div>
      <span className="top-end">
        <ToolButton label={t('app.language')} testId={testIds.language} onClick={() => setLanguage(other)}>
          {t('app.other-language')}
        </ToolButton>
        <ToolButton label={t('help.title')} shortcut={shortcutFor('help')} onClick={onHelp}>
          ?
        </ToolButton>
        {info.profile === 'clerk' ? (
          <Button look="quiet" onClick={() => go({ kind: 'copy', of: null })} testId={testIds.act.copy}>
            {t('act.copy')}
          </Button>
        ) : null}
        <Button
          shortcut={shortcutFor('issue')}
          onClick={() => go({ kind: 'draft', document: null })}
          testId={testIds.act.issue}
        >
          {t(info.profile === 'clerk' ? 'act.issue' : 'act.open-for-signing')}
        </Button>
      </span>
    </header>
  );
}
