// The column beside the pages: small pictures, outline, notes, enclosed files, layers, one at a time. It keeps which one is open.
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { testIds } from '../app/test-ids';
import { useWords } from '../i18n/text';

const always = ['pages', 'outline', 'notes', 'enclosed'] as const;
export type SideTab = (typeof always)[number] | 'layers';

export interface SidePanelProps {
  readonly tab: SideTab;
  /** The file has layers; without them there is no tab for them. */
  readonly withLayers: boolean;
  readonly onTab: (tab: SideTab) => void;
  readonly children: ReactNode;
}

/** Tabs with arrow keys; the shown one is what Tab reaches. */
export function SidePanel({ tab, withLayers, onTab, children }: SidePanelProps) {
  const { t } = useWords();
  const id = useId();
  const sideTabs: readonly SideTab[] = withLayers ? [...always, 'layers'] : always;
  const row = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (sideTabs.indexOf(tab) + by + sideTabs.length) % sideTabs.length;
    onTab(sideTabs[index] ?? 'pages');
    row.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <section className="side-panel" aria-label={t('viewer.side')} data-testid={testIds.viewer.side}>
      <div
        ref={row}
        className="side-tabs"
        role="tablist"
        aria-label={t('viewer.side')}
        onKeyDown={step}
        tabIndex={-1}
      >
        {sideTabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            className="side-tab"
            aria-selected={one === tab}
            aria-controls={`${id}-body`}
            tabIndex={one === tab ? 0 : -1}
            data-testid={testIds.viewer.sideTab(one)}
            onClick={() => onTab(one)}
          >
            {t(`viewer.side-${one}`)}
          </button>
        ))}
      </div>
      <div id={`${id}-body`} className="side-body" role="tabpanel" aria-labelledby={`${id}-${tab}`}>
        {children}
      </div>
    </section>
  );
}
